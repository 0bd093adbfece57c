/**
 * Deciding a case at a tier (design 6, policy 4): who may, on what, and what follows. The rules recommended;
 * here a person decides. Pure: whoever calls has loaded everything and saves what comes back.
 */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { StaffId } from "../kernel/ids.ts";
import { zeroFen, type Fen } from "../kernel/money.ts";
import type { Application } from "./application.ts";
import type { Decision } from "./approval.ts";
import { decisionWorkingDays } from "./approver.ts";
import type { CommonPolicy } from "./common-policy.ts";
import {
  advanceTierAbove,
  decidedAmounts,
  dutyAdvanceEnds,
  isAdvance,
  isFollowUp,
  offTrack,
  restFen,
  underDecisionFen,
} from "./fast-track.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { unitAtTier, type Organisation, type Tier } from "./organisation.ts";
import type { Window } from "./policy.ts";
import type { Delivery, FastTrackClock, FinalNotice } from "./programme.ts";
import { claimRecovery, type RecoveryCause } from "./recovery.ts";
import { approversNeeded, routeOf } from "./route.ts";
import { supplementEnds } from "./supplement.ts";

export interface DecisionContext {
  readonly application: Application;
  readonly staffId: StaffId;
  readonly decision: Decision;
  readonly now: Instant;
  readonly policy: CommonPolicy;
  readonly organisation: Organisation;
  /** Whether the base office posts a notice before the case goes up (policy 8.6). */
  readonly grassRootsNotice: boolean;
  readonly finalNotice: FinalNotice;
  /** The days between which the programme's money is to arrive, where it has its own. */
  readonly delivery: Delivery | null;
  /** The season the case was sent in, which says until when papers are admitted; null all year. */
  readonly season: Window | null;
  /** The hours of an advance, where the programme has a fast track. */
  readonly advanceClock: FastTrackClock | null;
}

/** What a decision leads to. A final approval is offered to funds in turn (reservation.ts). */
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
  if (isAdvance(application)) return advanceTierAbove(application, policy.route);
  const route = routeOf(line, amountFen, policy.route);
  const ladder = policy.route.ladders[line];
  const place = ladder.indexOf(tier);
  invariant(place >= 0, "a tier of another line can't decide");
  return place >= route.length - 1 ? null : (ladder[place + 1] ?? null);
};

export const staffActor = (staffId: StaffId) => ({ kind: "staff", staffId }) as const;

/**
 * The case with its tier's decision on it. Who agreed before the last seat decided is not forgotten: they
 * decided this case, so they may not do so at another tier (policy 4.4).
 */
export const decided = (
  { tier, decidedBy, coApprovedBy, excluded }: Application,
  staffId: StaffId,
): Pick<Application, "decidedBy" | "coApprovedBy" | "excluded"> => {
  invariant(tier !== null, "a case in approval has a tier");
  return {
    decidedBy: { ...decidedBy, [tier]: staffId },
    coApprovedBy: [],
    excluded: [...excluded, ...coApprovedBy],
  };
};

/** Where a case stands when it is a tier's turn: in its office's queue, with that tier's own limit. */
export const beforeTier = (
  { unitId }: Pick<Application, "unitId">,
  tier: Tier,
  { policy, organisation, now }: Pick<DecisionContext, "policy" | "organisation" | "now">,
): Pick<Application, "tier" | "atUnitId" | "deadlineAt"> => {
  const unit = unitId && unitAtTier(organisation, unitId, tier);
  invariant(unit, "the ladder has an office at every tier");
  return {
    tier,
    atUnitId: unit.id,
    deadlineAt: deadlineAfter(now, decisionWorkingDays(tier, policy), policy.calendar),
  };
};

const isBaseTier = ({ line, tier }: Application, { route }: CommonPolicy): boolean =>
  line !== null && route.ladders[line][0] === tier;

/** What every event of a tier's decision says. */
const inputOf = ({ application, decision, now, staffId }: DecisionContext) => ({
  at: now,
  actor: staffActor(staffId),
  detail: { tier: application.tier },
  confidential: decision.reason ? { reason: decision.reason } : null,
});

/**
 * How many people of the tier stand behind the amount, with this one. An amount that is lowered was seen by
 * nobody else of the tier: what they agreed to before is void, and they are asked anew (quality I8).
 */
const agreeing = ({ application, decision, staffId }: DecisionContext): readonly StaffId[] =>
  decision.amountFen < underDecisionFen(application)
    ? [staffId]
    : [...application.coApprovedBy, staffId];

/** An advance is one person's of each of its two offices (policy 8.5 `er.advance`). */
const neededAt = (application: Application, tier: Tier, { route }: CommonPolicy): number =>
  isAdvance(application) ? 1 : approversNeeded(tier, route);

/** An advance has hours where an award has working days. */
const advanceDeadline = ({
  application,
  now,
  advanceClock,
}: DecisionContext): Partial<Pick<Application, "deadlineAt">> =>
  isAdvance(application) && advanceClock
    ? { deadlineAt: dutyAdvanceEnds(application.deadlineAt, now, advanceClock) }
    : {};

/** An advance was paid, and the case ends without the award: what was paid comes back. */
const claimBack = (context: DecisionContext, cause: RecoveryCause, standsFen: Fen): Decided => {
  const { application, staffId } = context;
  const { advanceFen } = application;
  invariant(advanceFen !== null, "a case whose advance was paid knows how much that was");
  const claim = { ...inputOf(context), cause, paidFen: advanceFen, standsFen };
  return claimRecovery(application, claim, decided(application, staffId));
};

/**
 * The last approval of an award whose advance was all of it: nothing is left to pay, so its notice begins
 * (policy 8.5 `er.notice`). An award below the advance: the difference comes back. Null where money is to be paid.
 */
const approveWithoutPayment = (context: DecisionContext): Decided | null => {
  const { application, decision, now, policy, staffId } = context;
  const { amountFen, minutesNumber } = decision;
  const leftFen = restFen(application, amountFen);
  if (!isFollowUp(application) || leftFen > 0) return null;
  if (leftFen < 0) return claimBack(context, "lowered", amountFen);
  const { tier } = application;
  const noticeEndsAt = deadlineAfter(now, policy.flowClock.finalNotice, policy.calendar);
  return takeStep(
    application,
    "post_review",
    { ...inputOf(context), type: "approved", detail: { tier, amountFen } },
    {
      ...decided(application, staffId),
      amountFen,
      minutesNumber,
      atUnitId: null,
      noticeEndsAt,
      deadlineAt: noticeEndsAt,
    },
  );
};

const approve = (context: DecisionContext): Decided => {
  const { application, decision, now, policy, staffId } = context;
  const { tier } = application;
  invariant(tier !== null, "a case in approval has a tier");
  const { amountFen } = decision;
  const input = { ...inputOf(context), detail: { tier, amountFen } };
  const coApprovedBy = agreeing(context);
  if (coApprovedBy.length < neededAt(application, tier, policy)) {
    const changes = { amountFen, coApprovedBy };
    return takeStep(application, "in_approval", { ...input, type: "co_approved" }, changes);
  }
  const above = tierAbove(application, amountFen, policy);
  if (above === null) return approveWithoutPayment(context) ?? { kind: "final_approval" };
  const changes = { ...decided(application, staffId), ...decidedAmounts(application, amountFen) };
  if (context.grassRootsNotice && isBaseTier(application, policy)) {
    const { flowClock, calendar } = policy;
    const noticeEndsAt = deadlineAfter(now, flowClock.grassRootsNotice, calendar);
    return takeStep(
      application,
      "public_notice",
      { ...input, type: "tier_approved" },
      { ...changes, noticeEndsAt, deadlineAt: noticeEndsAt },
    );
  }
  return takeStep(
    application,
    "in_approval",
    { ...input, type: "tier_approved" },
    { ...changes, ...beforeTier(application, above, context), ...advanceDeadline(context) },
  );
};

/** A refusal that the rules recommend takes no money: one person of each tier confirms it. */
const confirmRefusal = (context: DecisionContext): Decided => {
  const { application, policy, staffId } = context;
  const { tier, refusalCode } = application;
  const input = { ...inputOf(context), detail: { tier, code: refusalCode } };
  const above = tierAbove(application, application.amountFen, policy);
  const changes = decided(application, staffId);
  if (above === null && isFollowUp(application)) return claimBack(context, "refused", zeroFen);
  return above === null
    ? takeStep(
        application,
        "ineligible",
        { ...input, type: "refusal_confirmed" },
        { ...changes, deadlineAt: null },
      )
    : takeStep(
        application,
        "in_approval",
        { ...input, type: "refusal_confirmed_at_tier" },
        { ...changes, ...beforeTier(application, above, context) },
      );
};

/**
 * Decides a case at its tier. The caller has checked `decisionRefusal` and `decisionProblem`. Where several of
 * the tier must agree, any one of them may return or reject. Standing aside is `recuse` (silence.ts), an answer
 * to an objection or appeal is `decideReview` (review.ts).
 */
export const decide = (context: DecisionContext): Decided => {
  const { application, decision, now, policy, staffId } = context;
  const input = inputOf(context);
  switch (decision.kind) {
    case "approve":
      return approve(context);
    case "confirm_refusal":
      return confirmRefusal(context);
    case "recuse":
    case "uphold":
    case "dismiss":
      return { kind: "refused", code: "not_in_this_state" };
    case "reject":
      if (isFollowUp(application)) return claimBack(context, "rejected", zeroFen);
      return takeStep(
        application,
        "rejected",
        { ...input, type: "rejected" },
        { ...decided(application, staffId), deadlineAt: null },
      );
    case "return": {
      const deadlineAt = supplementEnds(now, policy, context.season);
      // What comes back may be another case: whoever agreed at this tier is asked anew.
      return takeStep(
        application,
        "needs_information",
        { ...input, type: "returned" },
        { deadlineAt, coApprovedBy: [], ...(isAdvance(application) ? offTrack(application) : {}) },
      );
    }
  }
};
