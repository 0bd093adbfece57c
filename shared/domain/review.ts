/**
 * Objections and appeals (异议, 复议; policy 4.3): somebody who has not touched the case answers in writing, and
 * what follows. Pure: whoever calls has loaded everything and saves what comes back.
 */
import { invariant } from "../kernel/assert.ts";
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import { payableFen, type Application, type CaseEvent, type Status } from "./application.ts";
import type { Decision } from "./approval.ts";
import { eligibleApprovers, firstPresent, mayDecide, type Choice } from "./approver.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { beforeTier, staffActor } from "./decision.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import type { Organisation, Staff, Tier } from "./organisation.ts";
import { hasTouched } from "./second-look.ts";
import type { Window } from "./policy.ts";
import { supplementEnds } from "./supplement.ts";

/** Where a reviewer's answer is waited for. */
export const isReviewed = (status: Status): status is "objection" | "under_appeal" =>
  status === "objection" || status === "under_appeal";

type Happened = Pick<CaseEvent, "actor" | "type" | "from">;

export interface ChoosingReviewer {
  readonly application: Application;
  readonly events: readonly Happened[];
  readonly organisation: Organisation;
  readonly policy: CommonPolicy;
  readonly today: LocalDate;
  readonly avoid: readonly StaffId[];
}

/**
 * The tiers whose approvers may answer, in the order in which they are asked: for an objection the notice's own
 * tier, then those above; for an appeal the tiers above the one that decided finally, the city for the city.
 */
const reviewTiers = ({ application, policy }: ChoosingReviewer): readonly Tier[] => {
  const { line, tier, status } = application;
  invariant(line !== null && tier !== null, "a case that was decided has a line and a tier");
  const ladder = policy.route.ladders[line];
  const own = ladder.indexOf(tier);
  const above = ladder.slice(own + 1);
  if (status === "objection") return [tier, ...above];
  return above.length > 0 ? above : [tier];
};

/** Who answers: the first approver on the way up who has not touched the case. @returns null when there is nobody. */
export const whoReviews = (choosing: ChoosingReviewer): Choice | null => {
  const { application, events, organisation, today, avoid } = choosing;
  const untouched = (staff: Staff): boolean => !hasTouched(application, events, staff);
  const [lowest = null] = reviewTiers(choosing);
  return firstPresent({
    organisation,
    application,
    today,
    avoid,
    candidates: reviewTiers(choosing)
      .flatMap((tier) => eligibleApprovers(organisation, application, tier))
      .filter(untouched),
    mayStandIn: (staff) =>
      lowest !== null && mayDecide(application, staff, lowest) && untouched(staff),
  });
};

/** The status from which a case came under review, or null when its trail doesn't say. */
export const reviewedFrom = (events: readonly Pick<CaseEvent, "type" | "from">[]): Status | null =>
  events.findLast(({ type }) => type === "objection_raised" || type === "appealed")?.from ?? null;

export interface ReviewContext {
  readonly application: Application;
  readonly events: readonly Happened[];
  readonly staffId: StaffId;
  readonly decision: Decision;
  readonly now: Instant;
  readonly policy: CommonPolicy;
  readonly organisation: Organisation;
  /** The season the case was sent in, which says until when papers are admitted; null all year. */
  readonly season: Window | null;
}

/** What a review leads to, with the money it frees and what becomes of the case's claims. */
export interface Reviewed {
  readonly step: Step;
  readonly transfer?: Transfer;
  /** A case that ends frees its claims; one that lives again takes them anew, if nobody else has them. */
  readonly claims: "keep" | "release" | "retake";
}

const inputOf = ({ application, staffId, decision, now }: ReviewContext) => ({
  at: now,
  actor: staffActor(staffId),
  detail: { tier: application.tier },
  confidential: { reason: decision.reason },
});

/** Reviewing is a part in the case, too: whoever did decides nothing of it later. */
const reviewed = ({ application, staffId }: ReviewContext): Pick<Application, "excluded"> => ({
  excluded: [...application.excluded, staffId],
});

/** The reservation of a case that ends, given back to its fund. */
const released = (
  application: Application,
  now: Instant,
  by: StaffId,
): { readonly transfer?: Transfer; readonly changes: Partial<Application> } => {
  const { id, cycle, fundId } = application;
  if (fundId === null) return { changes: {} };
  return {
    transfer: caseTransfer(id, cycle, {
      kind: "release",
      fundId,
      amountFen: payableFen(application),
      at: now,
      by,
    }),
    changes: { fundId: null, cycle: cycle + 1 },
  };
};

const upholdObjection = (context: ReviewContext): Reviewed | null => {
  const { application, now, staffId } = context;
  const paid = reviewedFrom(context.events) === "post_review";
  const advanced = application.fastTrack === "follow_up";
  // What was paid is owed; what is only set aside goes back to its fund.
  const money = paid ? { changes: {} } : released(application, now, staffId);
  const taken = takeStep(
    application,
    paid || advanced ? "recovery_due" : "rejected",
    { ...inputOf(context), type: "objection_upheld" },
    {
      ...reviewed(context),
      ...money.changes,
      atUnitId: null,
      deadlineAt: null,
      noticeEndsAt: null,
      outcomeMailedAt: null,
    },
  );
  if (taken.kind === "refused") return null;
  const { transfer } = money;
  return {
    step: taken.step,
    ...(transfer ? { transfer } : {}),
    // Who owes the union money has had the award: it can't be claimed a second time.
    claims: taken.step.after.status === "rejected" ? "release" : "keep",
  };
};

const dismissObjection = (context: ReviewContext): Reviewed | null => {
  const { application, events } = context;
  const taken = takeStep(
    application,
    reviewedFrom(events) === "post_review" ? "post_review" : "public_notice",
    { ...inputOf(context), type: "objection_dismissed" },
    { ...reviewed(context), deadlineAt: application.noticeEndsAt },
  );
  return taken.kind === "step" ? { step: taken.step, claims: "keep" } : null;
};

/** Who refused is out of the case; the tiers below keep what they decided. */
const reopened = (context: ReviewContext): Partial<Application> => {
  const { tier, decidedBy, excluded } = context.application;
  invariant(tier !== null, "a case that was refused has a tier");
  const { [tier]: refuser, ...below } = decidedBy;
  return {
    decidedBy: below,
    coApprovedBy: [],
    excluded: [
      ...new Set([...excluded, ...(refuser === undefined ? [] : [refuser]), context.staffId]),
    ],
    noticeEndsAt: null,
    // What comes of the case now is another answer, which is still to be given.
    outcomeMailedAt: null,
  };
};

/**
 * An award goes back before the tier that refused it, where other people decide. What the rules refuse they
 * would refuse again: the applicant is asked for what the reviewer names.
 */
const upholdAppeal = (context: ReviewContext): Reviewed | null => {
  const { application, now, policy } = context;
  const { tier, recommendation } = application;
  invariant(tier !== null, "a case that was refused has a tier");
  const input = { ...inputOf(context), type: "appeal_upheld" } as const;
  const taken =
    recommendation === "approve"
      ? takeStep(application, "in_approval", input, {
          ...reopened(context),
          ...beforeTier(application, tier, context),
        })
      : takeStep(application, "needs_information", input, {
          ...reopened(context),
          deadlineAt: supplementEnds(now, policy, context.season),
        });
  return taken.kind === "step" ? { step: taken.step, claims: "retake" } : null;
};

const dismissAppeal = (context: ReviewContext): Reviewed | null => {
  const taken = takeStep(
    context.application,
    reviewedFrom(context.events) === "ineligible" ? "ineligible" : "rejected",
    { ...inputOf(context), type: "appeal_dismissed" },
    { ...reviewed(context), deadlineAt: null, outcomeMailedAt: null },
  );
  return taken.kind === "step" ? { step: taken.step, claims: "keep" } : null;
};

/**
 * Answers an objection or an appeal. The caller has checked `decisionRefusal` and `decisionProblem`.
 * @returns null when the case isn't under review, or the answer is none for a review.
 */
export const decideReview = (context: ReviewContext): Reviewed | null => {
  const { application, decision } = context;
  if (!isReviewed(application.status)) return null;
  if (decision.kind === "uphold") {
    return application.status === "objection" ? upholdObjection(context) : upholdAppeal(context);
  }
  if (decision.kind !== "dismiss") return null;
  return application.status === "objection" ? dismissObjection(context) : dismissAppeal(context);
};
