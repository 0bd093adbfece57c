/**
 * Batches to the bank (policy 6). Pure: what a batch is, and who may move it from where to where.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, BatchId, FundId, StaffId } from "../kernel/ids.ts";
import { addFen, type Fen } from "../kernel/money.ts";
import type { FailureCode } from "./failure-code.ts";
import { wholeFund, type BatchScope } from "./batch-scope.ts";
import type { PayingAccount } from "./fund.ts";

export type BatchStatus =
  | "assembling"
  | "awaiting_authorisation"
  | "authorised"
  | "sent"
  | "closed"
  /** Voided, while its cases are still being put back among the payable ones. */
  | "voiding"
  | "voided";

/** What the bank says it took in: its number for the batch, and its count and sum. */
export interface Acceptance {
  readonly number: string;
  readonly count: number;
  readonly sumFen: Fen;
  readonly by: StaffId;
  readonly at: Instant;
}

/** The bank's word that it refused the whole file: the paper it came on, and who brought it. */
export interface WholeRefusal {
  readonly paperKey: string;
  readonly reason: string;
  readonly by: StaffId;
  readonly at: Instant;
}

/**
 * A list of payments out of one fund. Locked once assembled: nothing in it is edited, it is voided
 * as a whole.
 */
export interface Batch {
  readonly id: BatchId;
  /** Rises by one with every event. */
  readonly version: number;
  readonly status: BatchStatus;
  readonly fundId: FundId;
  /** Which of the fund's payable cases it takes in. */
  readonly scope: BatchScope;
  /** The fund's account when the batch was made: what it was checked against, authorised and written for. */
  readonly payingAccount: PayingAccount | null;
  /** The finance officer who assembled it (经办). */
  readonly makerId: StaffId;
  /** The second person who authorised it (授权); never the maker. */
  readonly checkerId: StaffId | null;
  readonly createdAt: Instant;
  /** When the present status began. */
  readonly since: Instant;
  /** Zero until the batch is assembled. */
  readonly count: number;
  readonly sumFen: Fen;
  /** What locks its payments from the assembling on (`batch-lock.ts`); null before, and of batches older than the lock. */
  readonly itemsSha256: string | null;
  readonly fileKey: string | null;
  readonly fileSha256: string | null;
  /** The bank's return files in the order they were given, and how many of them are read. */
  readonly returnKeys: readonly string[];
  readonly returnsRead: number;
  /** Lines of the returns that moved nothing and wait for a person. */
  readonly exceptions: number;
  /** How many of them somebody has answered in words. */
  readonly exceptionsAnswered: number;
  /** The bank's receipt (受理回执), as it was entered last. */
  readonly acceptance: Acceptance | null;
  /** The bank refused the file as a whole, as one person says and a second one is to confirm. */
  readonly refusal: WholeRefusal | null;
  readonly voidReason: string | null;
  /** What happened to it, oldest first. */
  readonly history: readonly BatchEvent[];
}

export type BatchEventType =
  | "created"
  | "assembled"
  | "found_empty"
  | "authorised"
  | "void_decided"
  | "voided"
  | "file_written"
  | "return_given"
  | "return_read"
  | "accepted"
  | "exceptions_answered"
  | "refusal_proposed"
  | "refusal_withdrawn"
  | "refusal_confirmed"
  | "payment_returned"
  | "closed";

export interface BatchEvent {
  readonly type: BatchEventType;
  readonly at: Instant;
  /** Null: the system did it. */
  readonly by: StaffId | null;
}

/**
 * Which event may move a batch from where to where; anything else is refused and changes nothing.
 */
const transitions: Readonly<
  Record<Exclude<BatchEventType, "created">, Readonly<Partial<Record<BatchStatus, BatchStatus>>>>
> = {
  assembled: { assembling: "awaiting_authorisation" },
  found_empty: { assembling: "voided" },
  authorised: { awaiting_authorisation: "authorised" },
  void_decided: { awaiting_authorisation: "voiding" },
  voided: { voiding: "voided" },
  file_written: { authorised: "sent" },
  // A bank may correct itself weeks later: its word is taken down even when the batch is closed.
  // And of a file it had refused as a whole it may still say that it paid: then somebody must ask at once.
  return_given: { sent: "sent", closed: "closed", voided: "voided" },
  return_read: { sent: "sent", closed: "closed", voided: "voided" },
  accepted: { sent: "sent" },
  exceptions_answered: { sent: "sent", closed: "closed", voided: "voided" },
  refusal_proposed: { sent: "sent" },
  refusal_withdrawn: { sent: "sent" },
  refusal_confirmed: { sent: "voiding" },
  // 退票: what had been paid came back. The batch stands as it was; the payment is made anew in another.
  payment_returned: { sent: "sent", closed: "closed" },
  closed: { sent: "closed" },
};

export type BatchMove =
  | { readonly kind: "moved"; readonly batch: Batch }
  /** Already there or beyond, or not yet that far. */
  | { readonly kind: "refused"; readonly code: "not_in_this_state" }
  /** Maker and checker must be two people (policy 4.4, quality I30). */
  | { readonly kind: "refused"; readonly code: "own_batch" }
  /** Who says that the bank refused the file does not confirm it. */
  | { readonly kind: "refused"; readonly code: "own_proposal" };

export type BatchRefusal = Extract<BatchMove, { readonly kind: "refused" }>["code"];

/**
 * Moves a batch by an event, if the table allows it and, for an authorisation, if `by` is another
 * person than the maker. `changes` are its other new facts; version, status, `since` and the
 * history are set here.
 */
export const moveBatch = (
  before: Batch,
  event: BatchEvent & { readonly type: Exclude<BatchEventType, "created"> },
  changes: Partial<
    Pick<
      Batch,
      | "count"
      | "sumFen"
      | "itemsSha256"
      | "fileKey"
      | "fileSha256"
      | "returnKeys"
      | "returnsRead"
      | "exceptions"
      | "exceptionsAnswered"
      | "acceptance"
      | "refusal"
      | "voidReason"
    >
  > = {},
): BatchMove => {
  const status = transitions[event.type][before.status];
  if (status === undefined) return { kind: "refused", code: "not_in_this_state" };
  const authorised = event.type === "authorised";
  if (authorised && (event.by === null || event.by === before.makerId)) {
    return { kind: "refused", code: "own_batch" };
  }
  if (event.type === "refusal_confirmed" && (!before.refusal || event.by === before.refusal.by)) {
    return { kind: "refused", code: "own_proposal" };
  }
  // A void batch of which no file ever left has nothing that a bank could speak of.
  if (before.status === "voided" && before.fileKey === null) {
    return { kind: "refused", code: "not_in_this_state" };
  }
  return {
    kind: "moved",
    batch: {
      ...before,
      ...changes,
      ...(authorised ? { checkerId: event.by } : {}),
      version: before.version + 1,
      status,
      since: status === before.status ? before.since : event.at,
      history: [...before.history, { type: event.type, at: event.at, by: event.by }],
    },
  };
};

/** A new batch: the desk makes it, the execution fills it. */
export const newBatch = (
  id: BatchId,
  input: {
    readonly fundId: FundId;
    readonly makerId: StaffId;
    readonly at: Instant;
    readonly scope?: BatchScope;
    readonly payingAccount?: PayingAccount | null;
  },
): Batch => ({
  id,
  version: 1,
  status: "assembling",
  fundId: input.fundId,
  scope: input.scope ?? wholeFund,
  payingAccount: input.payingAccount ?? null,
  makerId: input.makerId,
  checkerId: null,
  createdAt: input.at,
  since: input.at,
  count: 0,
  sumFen: addFen(),
  itemsSha256: null,
  fileKey: null,
  fileSha256: null,
  returnKeys: [],
  returnsRead: 0,
  exceptions: 0,
  exceptionsAnswered: 0,
  acceptance: null,
  refusal: null,
  voidReason: null,
  history: [{ type: "created", at: input.at, by: input.makerId }],
});

/**
 * The return file that was given and is not yet read, or null. They are read in the order they were
 * given.
 */
export const unreadReturn = (batch: Batch): string | null =>
  batch.returnKeys[batch.returnsRead] ?? null;

/** "returned" (退票): paid by the bank's word, and the money came back later. */
export type ItemStatus = "ready" | "paid" | "failed" | "voided" | "returned";

/** One person says, by the bank's voucher, that a payment came back; a second one is to agree. */
export interface LateReturn {
  readonly voucher: string;
  readonly failureCode: FailureCode;
  readonly by: StaffId;
  readonly at: Instant;
}

/**
 * One payment of a batch. `reference` is what the bank returns: application and attempt, so it is
 * paid once.
 */
export interface BatchItem {
  readonly batchId: BatchId;
  readonly applicationId: ApplicationId;
  readonly cycle: number;
  readonly attempt: number;
  readonly reference: string;
  readonly amountFen: Fen;
  /** An advance of the fast track: its papers follow, and the applicant is told so once it is paid. */
  readonly isAdvance: boolean;
  readonly status: ItemStatus;
  readonly failureCode: FailureCode | null;
  /** The line of a bank's return that settled it, as `settledBy` writes it. */
  readonly settledBy: string | null;
  /** Keyed hash of name and account, so that a list can be compared without opening them; of old items "". */
  readonly payeeHash: string;
  readonly lateReturn: LateReturn | null;
  /** When the applicant was told that it failed. */
  readonly mailedAt: Instant | null;
}

export const itemReference = (applicationId: ApplicationId, attempt: number): string =>
  `${applicationId}-${attempt}`;

/**
 * The line of a return file: what settled an item, so that reading the same file again is told
 * apart.
 */
export const settledBy = (returnKey: string, line: number): string => `${returnKey}#${line}`;

/** A batch may hold so many payments: one file a bank takes, and one task can write. */
export const batchItemsMax = 2_000;

export const sumOfItems = (items: readonly Pick<BatchItem, "amountFen">[]): Fen =>
  addFen(...items.map(({ amountFen }) => amountFen));
