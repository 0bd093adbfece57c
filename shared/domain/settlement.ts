/**
 * What a batch does to its cases: into it, out of it, paid, failed. Pure: each gives the step to be
 * written.
 */
import type { CalendarAdditions, Instant } from "../kernel/calendar.ts";
import { deadlineAfter } from "../kernel/calendar.ts";
import type { Application } from "./application.ts";
import { isMendedByApplicant } from "./bank-words.ts";
import {
  itemReference,
  settledBy,
  type Batch,
  type BatchItem,
  type FailureCode,
} from "./disbursement.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";

/** A case on its way into a batch or out of it. */
export interface ItemStep {
  readonly step: Step;
  readonly item: BatchItem;
}

/**
 * One item's settlement: the case's step, the item afterwards and, when paid, the ledger's
 * transfer.
 */
export interface Settlement extends ItemStep {
  readonly transfer: Transfer | null;
}

const systemActor = (task: string) => ({ kind: "system", task }) as const;

/**
 * Puts a payable case of the batch's fund into it. @returns null when the case is not payable out
 * of this fund.
 */
export const enterBatch = (
  application: Application,
  batch: Batch,
  at: Instant,
): ItemStep | null => {
  if (application.fundId !== batch.fundId) return null;
  const reference = itemReference(application.id, application.attempt);
  const taken = takeStep(
    application,
    "batched",
    {
      type: "batched",
      at,
      actor: { kind: "staff", staffId: batch.makerId },
      detail: { batchId: batch.id, reference },
    },
    { batchId: batch.id },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    item: {
      batchId: batch.id,
      applicationId: application.id,
      cycle: application.cycle,
      attempt: application.attempt,
      reference,
      amountFen: application.amountFen,
      status: "ready",
      failureCode: null,
      settledBy: null,
      mailedAt: null,
    },
  };
};

/**
 * Whether the case is in this batch for this very payment; anything else must not be touched by it.
 */
const isInBatch = (application: Application, item: BatchItem): boolean =>
  application.status === "batched" &&
  application.batchId === item.batchId &&
  application.cycle === item.cycle &&
  application.attempt === item.attempt &&
  application.amountFen === item.amountFen;

/** Takes a case back out of a voided batch. @returns null when it isn't in it any more. */
export const leaveBatch = (
  application: Application,
  item: BatchItem,
  at: Instant,
): ItemStep | null => {
  if (!isInBatch(application, item)) return null;
  const taken = takeStep(
    application,
    "reserved",
    {
      type: "batch_voided",
      at,
      actor: systemActor("void-batch"),
      detail: { batchId: item.batchId },
    },
    { batchId: null },
  );
  return taken.kind === "refused"
    ? null
    : { step: taken.step, item: { ...item, status: "voided" } };
};

interface BankWord {
  readonly batch: Batch;
  readonly returnKey: string;
  readonly line: number;
  readonly at: Instant;
}

/**
 * The bank paid: the reservation becomes a payment, once for application and cycle. @returns null
 * when the case moved.
 */
export const settlePaid = (
  application: Application,
  item: BatchItem,
  { batch, returnKey, line, at }: BankWord,
): Settlement | null => {
  if (!isInBatch(application, item)) return null;
  const taken = takeStep(
    application,
    "paid",
    {
      type: "paid",
      at,
      actor: systemActor("settle-batch"),
      detail: {
        batchId: item.batchId,
        reference: item.reference,
        amountFen: item.amountFen,
        makerId: batch.makerId,
        checkerId: batch.checkerId,
      },
    },
    { deadlineAt: null, failureCode: null },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    item: { ...item, status: "paid", settledBy: settledBy(returnKey, line) },
    transfer: caseTransfer(application.id, application.cycle, {
      kind: "post",
      fundId: batch.fundId,
      amountFen: item.amountFen,
      at,
      by: batch.checkerId,
    }),
  };
};

export interface RepairClock {
  /** Working days in which the applicant is to mend the card details (policy 8.6). */
  readonly repairWorkingDays: number;
  readonly calendar: CalendarAdditions;
}

/**
 * The bank refused. A fault of the payee's account waits for the applicant; any other is payable
 * again at once. The money stays reserved either way (quality I21). @returns null when the case
 * moved.
 */
export const settleFailed = (
  application: Application,
  item: BatchItem,
  failureCode: FailureCode,
  { returnKey, line, at }: BankWord,
  clock: RepairClock,
): Settlement | null => {
  if (!isInBatch(application, item)) return null;
  const mend = isMendedByApplicant(failureCode);
  const taken = takeStep(
    application,
    mend ? "payment_failed" : "reserved",
    {
      type: mend ? "payment_failed" : "payment_requeued",
      at,
      actor: systemActor("settle-batch"),
      detail: { batchId: item.batchId, reference: item.reference, failureCode },
    },
    {
      batchId: null,
      attempt: application.attempt + 1,
      failureCode,
      ...(mend ? { deadlineAt: deadlineAfter(at, clock.repairWorkingDays, clock.calendar) } : {}),
    },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    item: { ...item, status: "failed", failureCode, settledBy: settledBy(returnKey, line) },
    transfer: null,
  };
};

/**
 * Whether a batch's items are all explained. Its count and sum were fixed when it was assembled.
 */
export const isExplained = (items: readonly BatchItem[]): boolean =>
  items.every(({ status }) => status !== "ready");
