/**
 * 退票 after a success: the bank had said that it paid, and the money came back later (policy 6: every 退票 is booked back
 * to the fund before it is paid again). One person says so by the bank's voucher, a second one agrees; then the
 * payment is booked back and set aside anew in one step. Pure.
 */
import type { CalendarAdditions, Instant } from "../kernel/calendar.ts";
import { deadlineAfter } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";
import type { Application, CaseEvent } from "./application.ts";
import { isMendedByApplicant } from "./bank-words.ts";
import type { BatchItem } from "./disbursement.ts";
import { caseTransfer, refundTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { claimIn } from "./recovery.ts";

/** Why a payment can't be booked back as returned. */
export type LateReturnRefusal =
  | "not_paid"
  /** The case goes on from an advance: its money is got back by a recovery. */
  | "advance"
  /** The case has moved on: an objection stands, or money was claimed back. */
  | "case_moved";

export const lateReturnRefusals: Readonly<Record<LateReturnRefusal, Text>> = {
  not_paid: { zh: "这笔付款没有发放成功", en: "This payment was not paid" },
  advance: {
    zh: "先行救助金已转入后续手续，请在“先行救助与追回”中办理",
    en: "The case has gone on from this advance: see to it among advances and recoveries",
  },
  case_moved: {
    zh: "案件有异议在处理，或已追回款项，不能按退票办理",
    en: "An objection is being looked into, or money was claimed back: it can't be booked as returned",
  },
};

const returnable: readonly Application["status"][] = ["paid", "post_review", "closed"];

export const lateReturnRefusal = (
  application: Application,
  item: BatchItem,
  events: readonly CaseEvent[],
): LateReturnRefusal | null => {
  if (item.status !== "paid") return "not_paid";
  if (item.isAdvance) return "advance";
  const isItsPayment =
    application.cycle === item.cycle &&
    application.attempt === item.attempt &&
    application.batchId === item.batchId &&
    returnable.includes(application.status);
  return isItsPayment && claimIn(events) === undefined ? null : "case_moved";
};

export interface ReturnClock {
  /** Working days in which the applicant is to mend the card details (policy 8.6). */
  readonly repairWorkingDays: number;
  readonly calendar: CalendarAdditions;
  /** Until when it is to be paid where nothing is to be mended. */
  readonly payBy: Instant;
}

/** What is written together when a second person agrees. */
export interface ReturnedPayment {
  readonly step: Step;
  readonly item: BatchItem;
  readonly refund: Transfer;
  readonly reserve: Transfer;
}

/**
 * Books a payment back and sets its money aside anew: the ledger's next cycle, the bank's next attempt. The caller has
 * checked `lateReturnRefusal`. @returns null where the case or the proposal doesn't allow it.
 */
export const bookLateReturn = (
  application: Application,
  item: BatchItem,
  given: { readonly by: StaffId; readonly at: Instant },
  clock: ReturnClock,
): ReturnedPayment | null => {
  const { lateReturn, amountFen, cycle } = item;
  const { fundId, attempt, id } = application;
  if (!lateReturn || lateReturn.by === given.by || fundId === null) return null;
  invariant(application.cycle === cycle, "what comes back is the case's last payment");
  const { failureCode, voucher } = lateReturn;
  const mend = isMendedByApplicant(failureCode);
  const { by, at } = given;
  const taken = takeStep(
    application,
    mend ? "payment_failed" : "reserved",
    {
      type: "payment_returned",
      at,
      actor: { kind: "staff", staffId: by },
      detail: {
        batchId: item.batchId,
        reference: item.reference,
        amountFen,
        failureCode,
        voucher,
        proposedBy: lateReturn.by,
      },
    },
    {
      cycle: cycle + 1,
      attempt: attempt + 1,
      batchId: null,
      failureCode,
      noticeEndsAt: null,
      deadlineAt: mend ? deadlineAfter(at, clock.repairWorkingDays, clock.calendar) : clock.payBy,
    },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    item: { ...item, status: "returned" },
    refund: refundTransfer(id, cycle, voucher, { fundId, amountFen, at, by }),
    reserve: caseTransfer(id, cycle + 1, { kind: "reserve", fundId, amountFen, at, by }),
  };
};
