/** What a proof of a trail can find wrong, and where. */
import type { LineFault } from "./trail-lines.ts";

export type ProofCode =
  | LineFault
  /** The file's end: cut off, or its manifest counts something else. */
  | "cut_off"
  | "miscounted"
  /** The file is no trail, or breaks off in the middle of its compression. */
  | "not_a_trail"
  | "compression_broken"
  | "unknown_row"
  /** Chains. */
  | "version_missing"
  | "chain_broken"
  | "link_changed"
  | "move_not_allowed"
  | "head_differs"
  | "state_differs"
  | "link_of_nobody"
  /** Anchors. */
  | "root_differs"
  | "anchors_not_chained"
  | "leaves_miscounted"
  | "held_root_missing"
  | "anchored_head_differs"
  | "anchored_chain_missing"
  | "anchored_ledger_differs"
  | "anchored_batch_differs"
  | "anchored_access_differs"
  | "backdated"
  /** Books. */
  | "balance_differs"
  | "below_zero"
  | "accounts_differ"
  | "order_one_sided"
  | "booked_twice"
  | "resolved_twice"
  | "not_reserved"
  | "more_than_reserved"
  | "more_back_than_paid"
  | "transfer_without_event"
  | "event_without_transfer"
  | "transfer_of_nobody"
  /** Batches. */
  | "batch_sum_differs"
  | "own_batch"
  | "item_twice"
  | "item_not_paid"
  | "paid_without_item"
  | "item_of_nobody";

export interface ProofFault {
  /** The line of the file, 1 the first; 0 for what is wrong with the file as a whole. */
  readonly line: number;
  readonly code: ProofCode;
  /** What the row is of: a case's, file's, fund's or batch's number, a day; "" when it can't be told. */
  readonly subject: string;
  /** The version of a link, or the kind of a transfer. */
  readonly part: string;
}

export type NoteFault = (fault: ProofFault) => void;

/** What was found in order: how many of each. */
export interface Proved {
  readonly lines: number;
  readonly cases: number;
  readonly events: number;
  readonly files: number;
  readonly versions: number;
  readonly anchors: number;
  readonly anchoredHeads: number;
  readonly funds: number;
  readonly transfers: number;
  readonly batches: number;
  readonly items: number;
  readonly reads: number;
  /** What transfers paid, less what came back, in fen. */
  readonly paidFen: number;
}

export interface Verdict {
  /** The first wrong row, or null: all of it is proved. */
  readonly first: ProofFault | null;
  /** The others that were found, as far as they are kept, in the file's order. */
  readonly faults: readonly ProofFault[];
  /** How many faults there are, kept or not. */
  readonly faultCount: number;
  readonly proved: Proved;
  /** The newest anchor's date and root; null before the first. */
  readonly lastAnchor: { readonly date: string; readonly root: string } | null;
  /** Up to when the trail goes, and the hash of its last line. */
  readonly at: string;
  readonly hash: string;
  /** Steps of the last minutes whose counterpart was still on its way when the file was made. */
  readonly moving: number;
}
