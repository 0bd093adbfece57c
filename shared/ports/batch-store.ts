import type { ReturnException } from "#shared/domain/bank-return.ts";
import type { Batch, BatchItem, LateReturn } from "#shared/domain/disbursement.ts";
import type { ReturnedPayment } from "#shared/domain/late-return.ts";
import type { PaymentRemark } from "#shared/domain/payment-check.ts";
import type { ItemStep, Settlement } from "#shared/domain/settlement.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId, FundId, StaffId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";

/** Payee as the bank must get it; sealed at rest, under the case's salt. */
export interface Payee {
  readonly name: string;
  readonly bankName: string;
  readonly cardNumber: string;
}

/** A case on its way into a batch, with the payee as the answers name them now. */
export interface BatchEntry extends ItemStep {
  readonly payee: Payee;
}

/** "stale": the case or the item is no longer as it was read, so nothing of it was written. */
export type ItemOutcome = "committed" | "stale";

/** "taken": the same batch was made before. */
export type BatchCreation = "created" | "taken" | "fund_frozen";

/** What an execution waits for. */
export type BatchWait = "authorisation" | "bank_return";

/** What a person found out about a line that moved nothing. */
export interface ExceptionAnswer {
  readonly by: StaffId;
  readonly at: Instant;
  readonly words: string;
}

/** A listed line with the return file it stands in, and what became of it. */
export type ListedException = ReturnException & {
  readonly returnKey: string;
  readonly answer: ExceptionAnswer | null;
};

export interface BatchStore {
  readonly get: (id: BatchId) => Promise<Batch | null>;
  /** Refused by the store while the fund is frozen by the nightly audit (ADR 0036). */
  readonly create: (batch: Batch) => Promise<BatchCreation>;
  /**
   * Writes the batch on the condition that the stored one has `before`'s version and, for an
   * authorisation, another maker than its checker.
   */
  readonly update: (before: Batch, after: Batch) => Promise<boolean>;
  /** The newest first; eventually consistent, for showing and for finding work. */
  readonly list: (which: "open" | "done", limit: number) => Promise<readonly Batch[]>;
  /** Keeps the token of a waiting execution; a later one takes its place. */
  readonly putWait: (id: BatchId, wait: BatchWait, taskToken: string) => Promise<void>;
  readonly wait: (id: BatchId, wait: BatchWait) => Promise<string | null>;
  /**
   * Puts cases into a batch: the step to `batched` and the item, so that a case can't enter two.
   * Several in one transaction; one that is stale doesn't keep the others out. The batch's count
   * and sum rise with them, on the condition that it is still being assembled. @returns what
   * happened to each, in order.
   */
  readonly addItems: (
    id: BatchId,
    entries: readonly BatchEntry[],
  ) => Promise<readonly ItemOutcome[]>;
  /** Takes cases back out: the step `batch_voided` and the item `voided`. */
  readonly voidItems: (entries: readonly ItemStep[]) => Promise<readonly ItemOutcome[]>;
  /**
   * Settles items of one fund: step, item, transfer and the fund's balances, at most 24 in a
   * transaction.
   */
  readonly settle: (
    settlements: readonly Settlement[],
    fundId: FundId,
  ) => Promise<readonly ItemOutcome[]>;
  /** All items, by reference. */
  readonly items: (id: BatchId) => Promise<readonly BatchItem[]>;
  /**
   * Those of many items of one batch, by reference. `salts`: of their cases, by id.
   * @throws when the salt of one of the cases is gone.
   */
  readonly payees: (
    items: readonly BatchItem[],
    salts: ReadonlyMap<ApplicationId, string>,
  ) => Promise<ReadonlyMap<string, Payee>>;
  /** @throws when the case's salt is gone: then nobody can read it any more. */
  readonly payee: (item: BatchItem, salt: string) => Promise<Payee>;
  /**
   * What the ledger's transfers say was paid for these items; read from the transfers themselves.
   */
  readonly postedFen: (items: readonly BatchItem[]) => Promise<Fen>;
  /** Takes down that the applicant was told of a failed payment. */
  readonly markMailed: (item: BatchItem, at: Instant) => Promise<void>;
  /** Keeps what a return file could not settle; writing the same line again changes nothing. */
  readonly putExceptions: (
    id: BatchId,
    returnKey: string,
    exceptions: readonly ReturnException[],
  ) => Promise<void>;
  readonly exceptions: (id: BatchId) => Promise<readonly ListedException[]>;
  /** Keeps what a person says of a line; the words are sealed. @returns false when it was answered before. */
  readonly answerException: (
    id: BatchId,
    exception: Pick<ListedException, "returnKey" | "line">,
    answer: ExceptionAnswer,
  ) => Promise<boolean>;
  /** Takes down that a payment came back. @returns false unless it is paid and nobody has said so before. */
  readonly noteLateReturn: (item: BatchItem, said: LateReturn) => Promise<boolean>;
  /** Takes that back. @returns false when it was agreed to or taken back before. */
  readonly dropLateReturn: (item: BatchItem, said: LateReturn) => Promise<boolean>;
  /**
   * Books a payment that came back, in one transaction: refund and reservation, the item, the case's step, the batch's
   * history and the fund's balances. The store refuses whoever said it as the one who agrees.
   */
  readonly bookLateReturn: (
    returned: ReturnedPayment,
    batch: { readonly before: Batch; readonly after: Batch },
  ) => Promise<ItemOutcome>;
  /** Keeps why cases were left out of a batch, and what to look at; one remark a case, the last one stands. */
  readonly putRemarks: (id: BatchId, remarks: readonly PaymentRemark[]) => Promise<void>;
  readonly remarks: (id: BatchId) => Promise<readonly PaymentRemark[]>;
}
