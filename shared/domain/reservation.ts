/**
 * The last decision and its money (quality B): the award is set aside out of one fund in the transaction that
 * records the decision, or the case waits for money. Pure.
 */
import { invariant } from "../kernel/assert.ts";
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import type { Fen } from "../kernel/money.ts";
import { payableFen, type Application } from "./application.ts";
import { decided, staffActor, type DecisionContext } from "./decision.ts";
import { decidedAmounts, isAdvance, minutesFromForm, underDecisionFen } from "./fast-track.ts";
import type { Fund } from "./fund.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { paymentDeadline } from "./season.ts";

/** When money is set aside, and by which rules it then reaches people. */
export type Reservation = Pick<DecisionContext, "now" | "finalNotice" | "policy" | "delivery">;

/** What a case becomes when its money is reserved: noticed first where the programme wants it. */
const reservedState = ({
  now,
  finalNotice,
  policy,
  delivery,
}: Reservation): {
  status: "public_notice" | "reserved";
  changes: Partial<Application>;
} => {
  const noticed = finalNotice === "before_payment";
  const noticeEndsAt = noticed
    ? deadlineAfter(now, policy.flowClock.finalNotice, policy.calendar)
    : null;
  return {
    status: noticed ? "public_notice" : "reserved",
    changes: {
      noticeEndsAt,
      deadlineAt: noticeEndsAt ?? paymentDeadline(now, policy, delivery),
    },
  };
};

/** The fund that carries a whole award, and why those before it in the order don't. */
type PayingFund = Pick<Fund, "id" | "code"> & { readonly passedOver?: string };

/** Said in the trail only where there was anything to pass over. */
const passedOverIn = ({ passedOver = "" }: PayingFund): { readonly passedOver?: string } =>
  passedOver === "" ? {} : { passedOver };

type Reserving = { readonly step: Step; readonly transfer: Transfer } | null;

/** How long it took from the form until an advance can be paid; measured of nothing else. */
const timeTaken = (application: Application, now: Instant): { readonly minutes?: number } =>
  isAdvance(application) ? { minutes: minutesFromForm(application, now) } : {};

/** The last decision together with the reservation, out of one fund; they are written in one transaction. */
export const approveFrom = (context: DecisionContext, fund: PayingFund): Reserving => {
  const { application, decision, now, staffId } = context;
  invariant(application.tier !== null, "a case in approval has a tier");
  const { status, changes } = reservedState(context);
  const amounts = decidedAmounts(application, decision.amountFen);
  const taken = takeStep(
    application,
    status,
    {
      type: isAdvance(application) ? "advance_approved" : "approved",
      at: now,
      actor: staffActor(staffId),
      detail: {
        tier: application.tier,
        amountFen: decision.amountFen,
        fundId: fund.id,
        ...passedOverIn(fund),
        ...timeTaken(application, now),
      },
      confidential: decision.reason ? { reason: decision.reason } : null,
    },
    {
      ...changes,
      fundId: fund.id,
      fundOrder: [fund.code],
      atUnitId: null,
      ...amounts,
      minutesNumber: decision.minutesNumber,
      ...decided(application, staffId),
    },
  );
  if (taken.kind === "refused") return null;
  const transfer = caseTransfer(application.id, application.cycle, {
    kind: "reserve",
    fundId: fund.id,
    amountFen: payableFen({ ...application, ...amounts }),
    at: now,
    by: staffId,
  });
  return { step: taken.step, transfer };
};

/** The last decision when no fund has the money: recorded all the same, and the case waits for money. */
export const approveWithoutFunds = (context: DecisionContext): Step | null => {
  const { application, decision, now, staffId } = context;
  invariant(application.tier !== null, "a case in approval has a tier");
  const taken = takeStep(
    application,
    "waiting_for_funds",
    {
      type: "approved_without_funds",
      at: now,
      actor: staffActor(staffId),
      detail: { tier: application.tier, amountFen: decision.amountFen },
      confidential: decision.reason ? { reason: decision.reason } : null,
    },
    {
      ...decidedAmounts(application, decision.amountFen),
      minutesNumber: decision.minutesNumber,
      atUnitId: null,
      deadlineAt: null,
      ...decided(application, staffId),
    },
  );
  return taken.kind === "step" ? taken.step : null;
};

/** Money for a case that waits: all of its award or, by an allocation, a part of it. */
export interface WaitingShare {
  readonly fund: PayingFund;
  readonly amountFen: Fen;
  /** The allocation that gave it; null when money came back and the list moved on by itself. */
  readonly allocationId: string | null;
}

/**
 * Money has come: a case that waited for it gets its reservation. Where a short pot is shared in proportion, the
 * award becomes what its share is; the event says what was approved.
 */
export const reserveWaitingFrom = (
  application: Application,
  { fund, amountFen, allocationId }: WaitingShare,
  reservation: Reservation,
): Reserving => {
  invariant(amountFen <= application.amountFen, "a share is never above the award");
  const { now } = reservation;
  const { status, changes } = reservedState(reservation);
  const lowered = amountFen < application.amountFen;
  const taken = takeStep(
    application,
    status,
    {
      type: "funds_reserved",
      at: now,
      actor: { kind: "system", task: allocationId === null ? "reserve-waiting" : "allocate" },
      detail: {
        fundId: fund.id,
        amountFen: underDecisionFen({ ...application, amountFen }),
        ...passedOverIn(fund),
        ...timeTaken(application, now),
        ...(allocationId === null ? {} : { allocationId }),
        ...(lowered ? { approvedFen: application.amountFen } : {}),
      },
    },
    { ...changes, amountFen, fundId: fund.id, fundOrder: [fund.code] },
  );
  if (taken.kind === "refused") return null;
  const { id, cycle } = application;
  return {
    step: taken.step,
    transfer: caseTransfer(id, cycle, {
      kind: "reserve",
      fundId: fund.id,
      amountFen: payableFen(taken.step.after),
      at: now,
    }),
  };
};
