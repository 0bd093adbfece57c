/**
 * Deciding a case at a tier (design 6, policy 4): who may, on what, and what follows. The rules recommended;
 * here a person decides. Pure: whoever calls has loaded everything and saves what comes back.
 */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import type { Application } from "./application.ts";
import type { Decision } from "./approval.ts";
import { decisionWorkingDays } from "./approver.ts";
import type { CommonPolicy } from "./common-policy.ts";
import type { Fund } from "./fund.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { ladderOf, unitAtTier, type Organisation, type Tier } from "./organisation.ts";
import type { FinalNotice } from "./programme.ts";
import { needsMinutes, routeOf } from "./route.ts";

/** Why a decision as typed can't be taken; the page comes back with it, and everything typed is kept. */
export type DecisionProblem =
  | "decision_required"
  | "decision_not_offered"
  | "reason_required"
  | "reason_too_long"
  | "amount_not_valid"
  | "amount_above_assessed"
  | "minutes_required"
  | "minutes_too_long";

export const reasonMaxLength = 500;
const minutesMaxLength = 40;

/** What an approver may choose: the rules' refusal is confirmed or the case returned; an award is decided. */
export const offeredDecisions = (application: Application): readonly Decision["kind"][] =>
  application.recommendation === "refuse"
    ? ["confirm_refusal", "return"]
    : ["approve", "return", "reject"];

export const decisionProblem = (
  application: Application,
  decision: Decision,
  tier: Tier,
  policy: CommonPolicy,
): DecisionProblem | null => {
  if (!offeredDecisions(application).includes(decision.kind)) return "decision_not_offered";
  if (decision.kind === "approve") {
    if (decision.amountFen <= 0) return "amount_not_valid";
    if (decision.amountFen > application.amountFen) return "amount_above_assessed";
    if ((decision.minutesNumber?.length ?? 0) > minutesMaxLength) return "minutes_too_long";
    if (needsMinutes(tier, decision.amountFen, policy.route) && !decision.minutesNumber) {
      return "minutes_required";
    }
  }
  if (decision.reason.length > reasonMaxLength) return "reason_too_long";
  const lowered = decision.kind === "approve" && decision.amountFen < application.amountFen;
  const explained = lowered || decision.kind === "return" || decision.kind === "reject";
  return explained && !decision.reason ? "reason_required" : null;
};

export interface DecisionContext {
  readonly application: Application;
  readonly staffId: StaffId;
  readonly decision: Decision;
  readonly now: Instant;
  readonly policy: CommonPolicy;
  readonly organisation: Organisation;
  readonly finalNotice: FinalNotice;
}

/** What a decision leads to. A final approval is offered to funds in turn by `reserveFrom`. */
export type Decided =
  | { readonly kind: "step"; readonly step: Step }
  | { readonly kind: "final_approval" }
  | { readonly kind: "refused"; readonly code: "not_in_this_state" };

/** The tier above that has to decide as well, or null when this tier decides finally. */
export const tierAbove = (
  application: Application,
  amountFen: Fen,
  policy: CommonPolicy,
): Tier | null => {
  const { line, tier } = application;
  invariant(line !== null && tier !== null, "a case is decided on a line and at a tier");
  const route = routeOf(line, amountFen, policy.route);
  const place = ladderOf[line].indexOf(tier);
  invariant(place >= 0, "a tier of another line can't decide");
  return place >= route.length - 1 ? null : (ladderOf[line][place + 1] ?? null);
};

const staffActor = (staffId: StaffId) => ({ kind: "staff", staffId }) as const;

/** What the tier above gets: the case with this tier's decision on it, in its own queue, with its own limit. */
const upTo = (context: DecisionContext, tier: Tier): Partial<Application> => {
  const { application, policy, organisation, now } = context;
  invariant(application.unitId && application.tier, "a case in approval has an office and a tier");
  const unit = unitAtTier(organisation, application.unitId, tier);
  invariant(unit, "the ladder has an office at every tier");
  return {
    tier,
    atUnitId: unit.id,
    decidedBy: { ...application.decidedBy, [application.tier]: context.staffId },
    deadlineAt: deadlineAfter(now, decisionWorkingDays(tier, policy), policy.calendar),
  };
};

/** Decides a case at its tier. The caller has checked `decisionRefusal` and `decisionProblem`. */
export const decide = (context: DecisionContext): Decided => {
  const { application, decision, now, policy, staffId } = context;
  const actor = staffActor(staffId);
  invariant(application.tier !== null, "a case in approval has a tier");
  const detail = { tier: application.tier };
  const confidential = decision.reason ? { reason: decision.reason } : null;
  const decidedBy = { ...application.decidedBy, [application.tier]: staffId };
  switch (decision.kind) {
    case "approve": {
      const above = tierAbove(application, decision.amountFen, policy);
      if (above === null) return { kind: "final_approval" };
      return takeStep(
        application,
        "in_approval",
        {
          type: "tier_approved",
          at: now,
          actor,
          detail: { ...detail, amountFen: decision.amountFen },
          confidential,
        },
        { ...upTo(context, above), amountFen: decision.amountFen },
      );
    }
    case "confirm_refusal": {
      const above = tierAbove(application, application.amountFen, policy);
      const input = {
        at: now,
        actor,
        detail: { ...detail, code: application.refusalCode },
        confidential,
      };
      return above === null
        ? takeStep(
            application,
            "ineligible",
            { ...input, type: "refusal_confirmed" },
            { decidedBy, deadlineAt: null },
          )
        : takeStep(
            application,
            "in_approval",
            { ...input, type: "refusal_confirmed_at_tier" },
            upTo(context, above),
          );
    }
    case "reject":
      return takeStep(
        application,
        "rejected",
        { type: "rejected", at: now, actor, detail, confidential },
        { decidedBy, deadlineAt: null },
      );
    case "return":
      return takeStep(
        application,
        "needs_information",
        { type: "returned", at: now, actor, detail, confidential },
        {
          deadlineAt: deadlineAfter(now, policy.flowClock.supplement, policy.calendar),
        },
      );
  }
};

/** What a case becomes when its money is reserved: noticed first where the programme wants it. */
const reservedState = (
  now: Instant,
  finalNotice: FinalNotice,
  policy: CommonPolicy,
): { status: "public_notice" | "reserved"; changes: Partial<Application> } => {
  const noticed = finalNotice === "before_payment";
  const noticeEndsAt = noticed
    ? deadlineAfter(now, policy.flowClock.finalNotice, policy.calendar)
    : null;
  return {
    status: noticed ? "public_notice" : "reserved",
    changes: {
      noticeEndsAt,
      deadlineAt: noticeEndsAt ?? deadlineAfter(now, policy.flowClock.payment, policy.calendar),
    },
  };
};

/** The fund that carries a whole award. */
type PayingFund = Pick<Fund, "id" | "code">;

type Reserving = { readonly step: Step; readonly transfer: Transfer } | null;

/** The last decision together with the reservation, out of one fund; they are written in one transaction. */
export const approveFrom = (context: DecisionContext, fund: PayingFund): Reserving => {
  const { application, decision, now, policy, staffId } = context;
  invariant(application.tier !== null, "a case in approval has a tier");
  const { status, changes } = reservedState(now, context.finalNotice, policy);
  const taken = takeStep(
    application,
    status,
    {
      type: "approved",
      at: now,
      actor: staffActor(staffId),
      detail: { tier: application.tier, amountFen: decision.amountFen, fundId: fund.id },
      confidential: decision.reason ? { reason: decision.reason } : null,
    },
    {
      ...changes,
      fundId: fund.id,
      fundOrder: [fund.code],
      atUnitId: null,
      amountFen: decision.amountFen,
      minutesNumber: decision.minutesNumber,
      decidedBy: { ...application.decidedBy, [application.tier]: staffId },
    },
  );
  if (taken.kind === "refused") return null;
  const transfer = caseTransfer(application.id, application.cycle, {
    kind: "reserve",
    fundId: fund.id,
    amountFen: decision.amountFen,
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
      amountFen: decision.amountFen,
      minutesNumber: decision.minutesNumber,
      atUnitId: null,
      deadlineAt: null,
      decidedBy: { ...application.decidedBy, [application.tier]: staffId },
    },
  );
  return taken.kind === "step" ? taken.step : null;
};

/** Money has come: a case that waited for it gets its reservation. */
export const reserveWaitingFrom = (
  application: Application,
  fund: PayingFund,
  now: Instant,
  finalNotice: FinalNotice,
  policy: CommonPolicy,
): Reserving => {
  const { status, changes } = reservedState(now, finalNotice, policy);
  const taken = takeStep(
    application,
    status,
    {
      type: "funds_reserved",
      at: now,
      actor: { kind: "system", task: "reserve-waiting" },
      detail: { fundId: fund.id, amountFen: application.amountFen },
    },
    { ...changes, fundId: fund.id, fundOrder: [fund.code] },
  );
  if (taken.kind === "refused") return null;
  const { id, cycle, amountFen } = application;
  return {
    step: taken.step,
    transfer: caseTransfer(id, cycle, { kind: "reserve", fundId: fund.id, amountFen, at: now }),
  };
};
