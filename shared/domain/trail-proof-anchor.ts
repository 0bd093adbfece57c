/** Anchors: each root worked out again from its leaves, each chained to the one before; and what they hold others to. */
import type { AccessLeaf, BatchLeaf, Digest, FundLeaf, TrailLeaf } from "./trail.ts";
import { anchorRoot } from "./trail.ts";
import type { NoteFault } from "./trail-fault.ts";
import type { AnchorRow, LeafRow } from "./trail-row.ts";

/** A leaf with the day of its anchor and its line. */
export interface Anchored<Leaf> {
  readonly date: string;
  readonly line: number;
  readonly leaf: Leaf;
}

/** A head that an anchor holds a chain to. */
export type AnchoredHead = Anchored<{ readonly version: number; readonly head: string }>;

export interface AnchoredLeaves {
  readonly heads: Map<string, AnchoredHead[]>;
  readonly funds: Map<string, Anchored<FundLeaf>[]>;
  readonly batches: Map<string, Anchored<BatchLeaf>[]>;
  readonly accesses: Map<string, Anchored<AccessLeaf>>;
}

const push = <Value>(lists: Map<string, Value[]>, key: string, value: Value): void => {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
};

const keep = (known: AnchoredLeaves, { date, leaf }: LeafRow, line: number): void => {
  switch (leaf.type) {
    case "case":
    case "file":
      return push(known.heads, leaf.id, { date, line, leaf });
    case "fund":
      return push(known.funds, leaf.id, { date, line, leaf });
    case "batch":
      return push(known.batches, leaf.id, { date, line, leaf });
    case "access":
      known.accesses.set(leaf.day, { date, line, leaf });
  }
};

interface OpenAnchor {
  readonly row: AnchorRow;
  readonly line: number;
  readonly leaves: TrailLeaf[];
}

export const createAnchorProof = (
  digest: Digest,
  note: NoteFault,
): {
  readonly anchor: (row: AnchorRow, line: number) => void;
  readonly leaf: (row: LeafRow, line: number) => void;
  /** Called when no leaf of the last anchor can follow. */
  readonly close: () => void;
  readonly known: AnchoredLeaves;
  readonly roots: () => ReadonlySet<string>;
  readonly last: () => { readonly date: string; readonly root: string } | null;
} => {
  const known: AnchoredLeaves = {
    heads: new Map(),
    funds: new Map(),
    batches: new Map(),
    accesses: new Map(),
  };
  const roots = new Set<string>();
  let open: OpenAnchor | null = null;
  let last: { date: string; root: string } | null = null;
  const close = (): void => {
    if (!open) return;
    const { row, line, leaves } = open;
    open = null;
    const fault = { line, subject: row.date, part: "" };
    if (leaves.length !== row.leaves) note({ ...fault, code: "leaves_miscounted" });
    if (anchorRoot(digest, row, leaves) !== row.root) note({ ...fault, code: "root_differs" });
    const isNext = last === null ? row.previous === "" : row.previous === last.root;
    if (!isNext || (last !== null && row.date <= last.date)) {
      note({ ...fault, code: "anchors_not_chained" });
    }
    roots.add(row.root);
    last = { date: row.date, root: row.root };
  };
  return {
    anchor: (row, line) => {
      close();
      open = { row, line, leaves: [] };
    },
    leaf: (row, line) => {
      if (open?.row.date !== row.date) {
        note({ line, code: "leaves_miscounted", subject: row.date, part: row.leaf.type });
        return;
      }
      open.leaves.push(row.leaf);
      keep(known, row, line);
    },
    close,
    known,
    roots: () => roots,
    last: () => last,
  };
};
