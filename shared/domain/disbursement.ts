/**
 * Batches to the bank (policy 6). Pure: what a batch is, and who may move it from where to where.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, BatchId, FundId, StaffId } from "../kernel/ids.ts";
import { addFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";

export type BatchStatus =
  | "assembling"
  | "awaiting_authorisation"
  | "authorised"
  | "sent"
  | "closed"
  /** Voided, while its cases are still being put back among the payable ones. */
  | "voiding"
  | "voided";

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
  readonly fileKey: string | null;
  readonly fileSha256: string | null;
  /** The bank's return files in the order they were given, and how many of them are read. */
  readonly returnKeys: readonly string[];
  readonly returnsRead: number;
  /** Lines of the returns that moved nothing and wait for a person. */
  readonly exceptions: number;
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
  return_given: { sent: "sent", closed: "closed" },
  return_read: { sent: "sent", closed: "closed" },
  closed: { sent: "closed" },
};

export type BatchMove =
  | { readonly kind: "moved"; readonly batch: Batch }
  /** Already there or beyond, or not yet that far. */
  | { readonly kind: "refused"; readonly code: "not_in_this_state" }
  /** Maker and checker must be two people (policy 4.4, quality I30). */
  | { readonly kind: "refused"; readonly code: "own_batch" };

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
      | "fileKey"
      | "fileSha256"
      | "returnKeys"
      | "returnsRead"
      | "exceptions"
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
  input: { readonly fundId: FundId; readonly makerId: StaffId; readonly at: Instant },
): Batch => ({
  id,
  version: 1,
  status: "assembling",
  fundId: input.fundId,
  makerId: input.makerId,
  checkerId: null,
  createdAt: input.at,
  since: input.at,
  count: 0,
  sumFen: addFen(),
  fileKey: null,
  fileSha256: null,
  returnKeys: [],
  returnsRead: 0,
  exceptions: 0,
  voidReason: null,
  history: [{ type: "created", at: input.at, by: input.makerId }],
});

/**
 * The return file that was given and is not yet read, or null. They are read in the order they were
 * given.
 */
export const unreadReturn = (batch: Batch): string | null =>
  batch.returnKeys[batch.returnsRead] ?? null;

export type ItemStatus = "ready" | "paid" | "failed" | "voided";

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

/** Why a bank refuses, normalised (policy 6). */
export type FailureCode =
  | "account_not_found"
  | "name_mismatch"
  | "account_status"
  | "branch_code"
  | "no_cross_bank_agreement"
  | "limit_exceeded"
  | "file_format"
  | "payer_balance"
  | "other";

export const failureTitles: Readonly<Record<FailureCode, Text>> = {
  account_not_found: { zh: "账号不存在", en: "The account does not exist" },
  name_mismatch: { zh: "户名与账号不符", en: "The name does not match the account" },
  account_status: { zh: "账户状态异常", en: "The account is closed, frozen or dormant" },
  branch_code: { zh: "开户行或联行号错误", en: "Wrong bank branch or bank code" },
  no_cross_bank_agreement: { zh: "未签跨行代发", en: "No cross-bank agreement" },
  limit_exceeded: { zh: "超过次数或限额", en: "Over the bank's daily limit" },
  file_format: { zh: "文件格式错误", en: "Wrong file format" },
  payer_balance: { zh: "付款户余额不足", en: "The paying account is short" },
  other: { zh: "其他原因", en: "Another reason" },
};

/**
 * Faults of the payee's account: only the applicant can mend them. The rest is paid again as it is.
 */
export const mendedByApplicant: readonly FailureCode[] = [
  "account_not_found",
  "name_mismatch",
  "account_status",
  "branch_code",
  "other",
];
