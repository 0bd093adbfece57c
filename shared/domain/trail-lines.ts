/**
 * The lines of an exported trail. Each carries its number and a hash over its own text, its number and the line before:
 * a byte changed anywhere, a line gone or out of its place shows at that line.
 */
import type { Digest } from "./trail.ts";
import type { ManifestRow, TrailRow } from "./trail-row.ts";
import { isWholeRow } from "./trail-shape.ts";

const hashOf = (digest: Digest, before: string, number: number, text: string): string =>
  digest(`${before}\n${number}\n${text}`);

interface Counted {
  readonly counts: Map<string, number>;
  readonly sumsFen: Map<string, number>;
}

const add = (sums: Map<string, number>, name: string, by: number): void => {
  sums.set(name, (sums.get(name) ?? 0) + by);
};

const sorted = (sums: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));

const newCount = (): Counted => ({ counts: new Map(), sumsFen: new Map() });

const countRow = ({ counts, sumsFen }: Counted, row: TrailRow): void => {
  add(counts, row.kind, 1);
  if (row.kind === "transfer") add(sumsFen, row.transfer.kind, row.transfer.amountFen);
};

const manifestOf = ({ counts, sumsFen }: Counted): ManifestRow => ({
  kind: "manifest",
  counts: sorted(counts),
  sumsFen: sorted(sumsFen),
});

/** Writes rows as lines, the manifest last. Keeps counts only, however many lines there are. */
export const createLineWriter = (
  digest: Digest,
): {
  readonly line: (row: TrailRow) => string;
  readonly last: () => string;
  /** The hash of the last line written, and how many there are. */
  readonly state: () => { readonly hash: string; readonly lines: number };
} => {
  const counted = newCount();
  let hash = "";
  let lines = 0;
  const written = (row: TrailRow): string => {
    const text = JSON.stringify(row);
    lines += 1;
    hash = hashOf(digest, hash, lines, text);
    return `{"n":${lines},"hash":"${hash}","row":${text}}\n`;
  };
  return {
    line: (row) => {
      countRow(counted, row);
      return written(row);
    },
    last: () => written(manifestOf(counted)),
    state: () => ({ hash, lines }),
  };
};

/** Why a line can't be trusted. */
export type LineFault = "not_a_line" | "wrong_number" | "line_changed" | "after_the_end";

export interface ReadLine {
  readonly fault: LineFault | null;
  /** What the line says, as far as it can be read. */
  readonly row: TrailRow | null;
}

const linePattern = /^\{"n":(?<n>[1-9]\d*),"hash":"(?<hash>[\w-]{43})","row":(?<text>\{.*\})\}$/u;

const parsed = (text: string): TrailRow | null => {
  try {
    return JSON.parse(text) as TrailRow;
  } catch {
    return null;
  }
};

/** Reads lines in their order and checks each by itself; afterwards says whether the end is the manifest's. */
export const createLineReader = (
  digest: Digest,
): {
  readonly read: (line: string) => ReadLine;
  /** Whether the last line was a manifest that counts what was read. */
  readonly end: () => "complete" | "cut_off" | "miscounted";
  readonly state: () => { readonly hash: string; readonly lines: number };
} => {
  const counted = newCount();
  let hash = "";
  let lines = 0;
  let expected = 1;
  let manifest: ManifestRow | null = null;
  return {
    read: (line) => {
      lines += 1;
      const groups = linePattern.exec(line)?.groups;
      const { n = "", hash: claimed = "", text = "" } = groups ?? {};
      const row = parsed(text);
      const isNext = Number(n) === expected;
      const computed = hashOf(digest, hash, Number(n), text);
      // The next line is held to what this one claims, so that one changed line is one fault.
      hash = claimed || computed;
      expected = (Number(n) || expected) + 1;
      const isAfterEnd = manifest !== null;
      const isWhole = computed === claimed;
      if (row?.kind === "manifest") manifest = row;
      // Whatever a changed line says may be of any shape; that it isn't counted, the end tells once more.
      else if (row && isWhole && isWholeRow(row)) countRow(counted, row);
      if (!groups || !row) return { fault: "not_a_line", row };
      if (!isNext) return { fault: "wrong_number", row };
      if (!isWhole) return { fault: "line_changed", row };
      return { fault: isAfterEnd ? "after_the_end" : null, row };
    },
    end: () => {
      if (manifest === null) return "cut_off";
      return JSON.stringify(manifest) === JSON.stringify(manifestOf(counted))
        ? "complete"
        : "miscounted";
    },
    state: () => ({ hash, lines }),
  };
};
