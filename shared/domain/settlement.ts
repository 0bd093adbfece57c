/**
 * What a batch does to its cases: into it, out of it, paid, failed. Pure: each gives the step to be
 * written.
 */
import type { CalendarAdditions, Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import { deadlineAfter } from "../kernel/calendar.ts";
import { payableFen, type Application } from "./application.ts";
import { isMendedByApplicant } from "./bank-words.ts";
import { itemReference, settledBy, type Batch, type BatchItem } from "./disbursement.ts";
import type { FailureCode } from "./failure-code.ts";
import { isAdvance } from "./fast-track.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import type { FastTrackClock, FinalNotice } from "./programme.ts";

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
      amountFen: payableFen(application),
      isAdvance: isAdvance(application),
      status: "ready",
      failureCode: null,
      settledBy: null,
      // Made where the payee is sealed, by whoever holds the key.
      payeeHash: "",
      lateReturn: null,
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
  payableFen(application) === item.amountFen;

/**
 * Takes a case back out of a voided batch. `isReferenceSpent`: the bank had the file and refused it as a whole, so the
 * next payment has another reference and nobody can take the two for one. @returns null when it isn't in it any more.
 */
export const leaveBatch = (
  application: Application,
  item: BatchItem,
  at: Instant,
  isReferenceSpent = false,
): ItemStep | null => {
  if (!isInBatch(application, item)) return null;
  const taken = takeStep(
    application,
    "reserved",
    {
      type: "batch_voided",
      at,
      actor: systemActor("void-batch"),
      detail: { batchId: item.batchId, reference: item.reference },
    },
    { batchId: null, attempt: application.attempt + (isReferenceSpent ? 1 : 0) },
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

/** What follows a payment, by the programme and the policy that the case began under. */
export interface AfterPayment {
  readonly finalNotice: FinalNotice;
  readonly noticeWorkingDays: number;
  readonly fastTrack: FastTrackClock | null;
  readonly calendar: CalendarAdditions;
}

type Follows = Pick<Step["after"], "status"> & {
  readonly type: "paid" | "advance_paid";
  readonly changes: Partial<Application>;
};

/**
 * After an advance: the papers follow, and the rest of the award is a payment of its own. Its reservation has the
 * next cycle, and its count of payments goes on, so that no reference at the bank is ever used twice.
 */
const followUp = (
  { attempt, cycle, round }: Application,
  at: Instant,
  { fastTrack, calendar }: AfterPayment,
): Follows => {
  invariant(fastTrack, "only a programme with a fast track pays an advance");
  return {
    status: "needs_information",
    type: "advance_paid",
    changes: {
      fastTrack: "follow_up",
      cycle: cycle + 1,
      attempt: attempt + 1,
      // The award is another decision than the advance: it begins anew, at the base office.
      round: round + 1,
      tier: null,
      decidedBy: {},
      coApprovedBy: [],
      fundId: null,
      batchId: null,
      outcomeMailedAt: null,
      deadlineAt: deadlineAfter(at, fastTrack.fullPapersWorkingDays, calendar),
    },
  };
};

/** What a payment leads to: the end, the notice that stands after it, or the papers that follow an advance. */
const followsOf = (application: Application, at: Instant, after: AfterPayment): Follows => {
  if (isAdvance(application)) return followUp(application, at, after);
  const { finalNotice, noticeWorkingDays, calendar } = after;
  if (finalNotice !== "after_payment") {
    return { status: "paid", type: "paid", changes: { deadlineAt: null } };
  }
  const noticeEndsAt = deadlineAfter(at, noticeWorkingDays, calendar);
  return {
    status: "post_review",
    type: "paid",
    changes: { noticeEndsAt, deadlineAt: noticeEndsAt },
  };
};

/**
 * The bank paid: the reservation becomes a payment, once for application and cycle. Where the notice stands after
 * the payment (policy 8.5 `er.notice`), the case goes to it in the same step. @returns null when the case moved.
 */
export const settlePaid = (
  application: Application,
  item: BatchItem,
  { batch, returnKey, line, at }: BankWord,
  after: AfterPayment,
): Settlement | null => {
  if (!isInBatch(application, item)) return null;
  const { status, type, changes } = followsOf(application, at, after);
  const taken = takeStep(
    application,
    status,
    {
      type,
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
    { ...changes, failureCode: null },
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
      batchId: batch.id,
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
