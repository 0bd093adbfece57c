/**
 * Proves an exported trail from its lines alone: the lines, every chain, the anchors, the books and the batches. Takes a
 * line at a time, so that a trail of any length is proved; needs no key, no system and no clock.
 */
import { msOfInstant, type Instant } from "../kernel/calendar.ts";
import { nextOfList, type Digest } from "./trail.ts";
import type { NoteFault, Proved, ProofFault, Verdict } from "./trail-fault.ts";
import { createLineReader } from "./trail-lines.ts";
import { createAccessProof } from "./trail-proof-access.ts";
import { createAnchorProof } from "./trail-proof-anchor.ts";
import { checkItems, createBatchProof } from "./trail-proof-batch.ts";
import { checkBooks, isOfItsKind } from "./trail-proof-books.ts";
import { createChainProof } from "./trail-proof-chain.ts";
import { createLedgerProof, type Moved } from "./trail-proof-ledger.ts";
import type { HeadRow, TrailRow, TransferRow } from "./trail-row.ts";
import { isWholeRow } from "./trail-shape.ts";

/** What a step of the last minutes may still lack: a batch of two thousand is settled in less. */
const movingMs = 15 * 60_000;
const faultsKept = 50;

interface Chain {
  readonly proof: ReturnType<typeof createChainProof>;
  readonly id: string;
}

/** Counts of what passed by. */
const createTally = () => {
  const counts = new Map<string, number>();
  const of = (kind: string): number => counts.get(kind) ?? 0;
  return {
    add: (kind: string): void => {
      counts.set(kind, of(kind) + 1);
    },
    of,
  };
};

/** Faults of lines come first: what else is wrong may follow from them. Each kind in the file's order. */
const createFaults = () => {
  const ofLines: ProofFault[] = [];
  const others: ProofFault[] = [];
  let count = 0;
  const order = (one: ProofFault, other: ProofFault): number => one.line - other.line;
  const noteIn =
    (list: ProofFault[]): NoteFault =>
    (fault) => {
      count += 1;
      list.push(fault);
      if (list.length <= faultsKept * 2) return;
      list.sort(order);
      list.length = faultsKept;
    };
  return {
    line: noteIn(ofLines),
    note: noteIn(others),
    count: () => count,
    sorted: (): readonly ProofFault[] =>
      [...ofLines.toSorted(order), ...others.toSorted(order)].slice(0, faultsKept),
  };
};

type Place = Pick<ProofFault, "subject" | "part">;

/** Of a line that is no row any more: the first number in it. */
const placeInText = (text: string): Place => {
  const { subject = "" } =
    /"(?:subject|reference|id|date)":"(?<subject>[^"]{1,80})"/u.exec(text)?.groups ?? {};
  return { subject, part: "" };
};

/** The first of some fields that says something; what was changed may be of any shape. */
const firstOf = (value: unknown, names: readonly string[]): string => {
  if (typeof value !== "object" || value === null) return "";
  const fields = value as Readonly<Record<string, unknown>>;
  const said = names.map((name) => fields[name]).find((field) => field !== undefined);
  return typeof said === "string" || typeof said === "number" ? String(said) : "";
};

/** What a line's fault is told of: whatever of it can be read. */
const placeOf = (row: TrailRow): Place => {
  const { transfer, leaf } = row as unknown as Readonly<Record<string, unknown>>;
  const named = transfer ?? leaf ?? row;
  return {
    subject: firstOf(named, ["subject", "reference", "id", "day", "date"]),
    part:
      firstOf(transfer, ["kind"]) || firstOf(row, ["version", "date", "page", "status", "kind"]),
  };
};

export interface TrailProof {
  /** Takes the file's next line, without its end. */
  readonly line: (text: string) => void;
  /** Takes down what is wrong with the file itself, at the line that came last. */
  readonly broken: (code: "compression_broken" | "not_a_trail") => void;
  readonly end: () => Verdict;
}

/** What each part of the proof keeps, put together once for a file. */
const createParts = (digest: Digest, note: NoteFault) => {
  const anchors = createAnchorProof(digest, note);
  return {
    note,
    digest,
    anchors,
    ledger: createLedgerProof(digest, note, anchors.known),
    batches: createBatchProof(digest, note, anchors.known),
    accesses: createAccessProof(
      (before, row) => nextOfList(digest, before, row),
      note,
      anchors.known,
    ),
    tally: createTally(),
    /** Transfers by the case they are of, until its chain comes. */
    moved: new Map<string, Moved[]>(),
    /** Up to when the file goes. */
    at: "",
    moving: 0,
    chain: null as Chain | null,
  };
};
type Parts = ReturnType<typeof createParts>;

/** Whether a counterpart of what happened then may have been on its way when the file was made. */
const isMovingIn =
  (parts: Parts) =>
  (then: string): boolean => {
    const isLate = msOfInstant(parts.at as Instant) - msOfInstant(then as Instant) <= movingMs;
    if (isLate) parts.moving += 1;
    return isLate;
  };

const closeChain = (parts: Parts): void => {
  if (!parts.chain) return;
  const { proof, id } = parts.chain;
  parts.chain = null;
  const proved = proof.end();
  if (proved.row.kind !== "case") return;
  const own = parts.moved.get(id) ?? [];
  parts.moved.delete(id);
  const isMoving = isMovingIn(parts);
  checkBooks(proved, own, parts.note, isMoving);
  const posts = own.flatMap(({ transfer, line }) =>
    transfer.kind === "post" ? [{ ...transfer, line }] : [],
  );
  checkItems(parts.batches.take(id), posts, parts.note, isMoving);
};

const openChain = (parts: Parts, row: HeadRow, line: number): void => {
  closeChain(parts);
  const { heads } = parts.anchors.known;
  const { digest, note } = parts;
  const proof = createChainProof(digest, note, { row, line }, heads.get(row.id) ?? []);
  heads.delete(row.id);
  parts.chain = { proof, id: row.id };
};

const takeTransfer = (parts: Parts, { transfer }: TransferRow, line: number): void => {
  const fault = { line, subject: transfer.subject, part: transfer.kind };
  if (!isOfItsKind(transfer)) parts.note({ ...fault, code: "accounts_differ" });
  parts.ledger.transfer({ transfer, line });
  if (transfer.applicationId === null) return;
  const list = parts.moved.get(transfer.applicationId);
  if (list) list.push({ transfer, line });
  else parts.moved.set(transfer.applicationId, [{ transfer, line }]);
};

const takeRow = (parts: Parts, row: TrailRow, line: number): void => {
  const { tally, anchors, chain, note } = parts;
  tally.add(row.kind);
  if (row.kind !== "leaf" && row.kind !== "anchor") anchors.close();
  switch (row.kind) {
    case "trail":
      parts.at = row.at;
      return;
    case "anchor":
      return anchors.anchor(row, line);
    case "leaf":
      if (row.leaf.type === "case" || row.leaf.type === "file") tally.add("head");
      return anchors.leaf(row, line);
    case "transfer":
      return takeTransfer(parts, row, line);
    case "fund":
      return parts.ledger.fund(row, line);
    case "batch":
      return parts.batches.batch(row, line);
    case "item":
      return parts.batches.item(row, line);
    case "case":
    case "file":
      parts.batches.close();
      return openChain(parts, row, line);
    case "event":
    case "version":
      if (chain?.id === row.id) return chain.proof.link(row, line);
      return note({ line, code: "link_of_nobody", subject: row.id, part: String(row.version) });
    case "access":
      return parts.accesses.access(row);
    case "manifest":
  }
};

/** A row without the fields of its kind proves nothing: it is a fault of its own. */
const takeWhole = (parts: Parts, row: TrailRow, line: number): void => {
  if (isWholeRow(row)) takeRow(parts, row, line);
  else parts.note({ line, code: "unknown_row", ...placeOf(row) });
};

/** What can only be said when all rows were seen: what others name is there, and nobody's rows are left over. */
const closeParts = (parts: Parts, heldRoots: readonly string[]): void => {
  const { anchors, batches, accesses, moved, note } = parts;
  anchors.close();
  closeChain(parts);
  batches.end();
  accesses.end();
  for (const [id, [first]] of anchors.known.heads) {
    if (!first) continue;
    const { line, leaf } = first;
    note({ line, code: "anchored_chain_missing", subject: id, part: String(leaf.version) });
  }
  for (const { transfer, line } of [...moved.values()].flat()) {
    note({ line, code: "transfer_of_nobody", subject: transfer.subject, part: transfer.kind });
  }
  for (const root of heldRoots) {
    if (anchors.roots().has(root)) continue;
    note({ line: 0, code: "held_root_missing", subject: root, part: "" });
  }
};

const provedOf = ({ tally }: Parts, lines: number, paidFen: number): Proved => ({
  lines,
  cases: tally.of("case"),
  events: tally.of("event"),
  files: tally.of("file"),
  versions: tally.of("version"),
  anchors: tally.of("anchor"),
  anchoredHeads: tally.of("head"),
  funds: tally.of("fund"),
  transfers: tally.of("transfer"),
  batches: tally.of("batch"),
  items: tally.of("item"),
  reads: tally.of("access"),
  paidFen,
});

/** `heldRoots`: roots that the reader has from elsewhere, a mail say; the trail must hold them. */
export const createTrailProof = (digest: Digest, heldRoots: readonly string[] = []): TrailProof => {
  const reader = createLineReader(digest);
  const faults = createFaults();
  const parts = createParts(digest, faults.note);
  const lines = (): number => reader.state().lines;
  return {
    line: (text) => {
      const { fault, row } = reader.read(text);
      const line = lines();
      if (fault) faults.line({ line, code: fault, ...(row ? placeOf(row) : placeInText(text)) });
      if (line === 1 && row?.kind !== "trail") {
        faults.line({ line, code: "not_a_trail", subject: "", part: "" });
      }
      if (row) takeWhole(parts, row, line);
    },
    broken: (code) => faults.line({ line: lines(), code, subject: "", part: "" }),
    end: () => {
      closeParts(parts, heldRoots);
      const end = reader.end();
      if (end !== "complete") faults.line({ line: lines(), code: end, subject: "", part: "" });
      const { paidFen } = parts.ledger.end();
      const kept = faults.sorted();
      return {
        first: kept[0] ?? null,
        faults: kept,
        faultCount: faults.count(),
        proved: provedOf(parts, lines(), paidFen),
        lastAnchor: parts.anchors.last(),
        at: parts.at,
        hash: reader.state().hash,
        moving: parts.moving,
      };
    },
  };
};
