/** Rows of an exported trail: all that a proof needs, and nothing that can be read about people. */
import type { Transfer } from "./ledger.ts";
import type { Anchor, TrailLeaf } from "./trail.ts";

/** What the file is: its first row. */
export interface TrailRowStart {
  readonly kind: "trail";
  readonly format: 1;
  /** Everything that happened up to this instant is in it. */
  readonly at: string;
}

export interface AnchorRow extends Anchor {
  readonly kind: "anchor";
}
export interface LeafRow {
  readonly kind: "leaf";
  readonly date: string;
  readonly leaf: TrailLeaf;
}
export interface TransferRow {
  readonly kind: "transfer";
  readonly transfer: Transfer;
}

/** A fund's row; it stands behind its transfers, which must add up to it. */
export interface FundRow {
  readonly kind: "fund";
  readonly id: string;
  readonly code: string;
  readonly grantedFen: number;
  readonly availableFen: number;
  readonly reservedFen: number;
  readonly paidFen: number;
}

export interface BatchHistory {
  readonly type: string;
  readonly at: string;
  readonly by: string | null;
}

/** A batch without the words of whoever voided it. */
export interface BatchRow {
  readonly kind: "batch";
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly fundId: string;
  readonly makerId: string;
  readonly checkerId: string | null;
  readonly createdAt: string;
  readonly count: number;
  readonly sumFen: number;
  readonly fileSha256: string | null;
  readonly history: readonly BatchHistory[];
}

/** A payment of the batch before it, without its payee. */
export interface ItemRow {
  readonly kind: "item";
  readonly batchId: string;
  readonly reference: string;
  readonly applicationId: string;
  readonly cycle: number;
  readonly attempt: number;
  readonly amountFen: number;
  readonly status: string;
}

/** Where a chain stands: a case with its state, or a file of the archive. Its links follow. */
export interface HeadRow {
  readonly kind: "case" | "file";
  readonly id: string;
  readonly version: number;
  readonly head: string;
  /** Of a case: its state. */
  readonly status: string;
}

/** A link of a chain: an event of a case, or a version of a file; what is sealed stays so. */
export interface LinkRow {
  readonly kind: "event" | "version";
  readonly id: string;
  readonly version: number;
  /** All that the link says openly, as its hash covers it. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly sealed: string | null;
  readonly previousHash: string;
  readonly hash: string;
}

/** Somebody read sensitive fields. */
export interface AccessRow {
  readonly kind: "access";
  readonly day: string;
  readonly at: string;
  readonly staffId: string;
  readonly subject: string;
  readonly page: string;
  readonly fields: readonly string[];
}

/** The last row: how many there are of each kind, and what transfers moved, in fen, by their kind. */
export interface ManifestRow {
  readonly kind: "manifest";
  readonly counts: Readonly<Record<string, number>>;
  readonly sumsFen: Readonly<Record<string, number>>;
}

export type TrailRow =
  | TrailRowStart
  | AnchorRow
  | LeafRow
  | TransferRow
  | FundRow
  | BatchRow
  | ItemRow
  | HeadRow
  | LinkRow
  | AccessRow
  | ManifestRow;

/** What a batch's leaf and proof look at of its history: who did what when. */
export const historyTexts = (history: readonly BatchHistory[]): readonly BatchHistory[] =>
  history.map(({ type, at, by }) => ({ type, at, by: by ?? null }));

/** What of a payment never changes once its batch is locked. */
export const fixedOfItem = ({
  reference,
  applicationId,
  cycle,
  attempt,
  amountFen,
}: Omit<ItemRow, "kind" | "batchId" | "status">) => ({
  reference,
  applicationId,
  cycle,
  attempt,
  amountFen,
});

/** What a transfer's hash covers: what it says, and nothing of what it leaves out. */
export const saidOfTransfer = (transfer: Transfer): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(transfer).filter(([, value]) => value !== null));

/** What an access row's hash covers. */
export const saidOfAccess = ({ kind: _kind, ...said }: AccessRow): Omit<AccessRow, "kind"> => said;
