/** What an assessment makes of a case: it goes to its base office, or back to where it had been returned. */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { Application, CaseEvent } from "./application.ts";
import { decisionWorkingDays } from "./approver.ts";
import type { Assessment } from "./assessment.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { baseAdvanceEnds, fundsForRest, goesAhead, isFollowUp } from "./fast-track.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { waitBegan } from "./supplement.ts";
import { unitAtTier, type Organisation, type Tier } from "./organisation.ts";
import type { FastTrackClock } from "./programme.ts";

/** Whether a new assessment says the same as the one that earlier tiers decided on. */
const saysTheSame = (assessment: Assessment, previous: Assessment | null): boolean =>
  previous !== null &&
  previous.recommendation === assessment.recommendation &&
  previous.category === assessment.category &&
  previous.refusal?.code === assessment.refusal?.code &&
  previous.amountFen === assessment.amountFen;

/** Where a case may go on after it came back from its applicant. */
const resumable = ["in_acceptance", "in_verification", "in_approval"] as const;
type Resumable = (typeof resumable)[number];

/**
 * Where a case stood when it was returned for what has now come. Null for a new one, and for one that its
 * applicant corrected: that begins again with the acceptance check.
 */
export const leftFrom = (
  events: readonly Pick<CaseEvent, "type" | "from" | "to">[],
): Resumable | null => {
  const sent = events.findLast(({ to }) => to === "submitted");
  if (sent?.type !== "information_given") return null;
  const left = waitBegan(events)?.from;
  return resumable.find((status) => status === left) ?? null;
};

export interface Screening {
  readonly application: Application;
  readonly assessment: Assessment;
  /** What the rules said before the case was returned; null the first time. */
  readonly previous: Assessment | null;
  /** Where it stood then (`leftFrom`). */
  readonly left: Resumable | null;
  readonly organisation: Organisation;
  readonly now: Instant;
  readonly policy: CommonPolicy;
  /** The hours of an advance, where the programme has a fast track. */
  readonly advanceClock: FastTrackClock | null;
}

const workingDaysIn = (status: Resumable, tier: Tier, policy: CommonPolicy): number => {
  switch (status) {
    case "in_acceptance":
      return policy.flowClock.acceptance;
    case "in_verification":
      return policy.flowClock.visitAndInitialReview;
    case "in_approval":
      return decisionWorkingDays(tier, policy);
  }
};

/** Approvals that another assessment voids: the approvers of a new round must have seen what is paid (I8). */
const roundAfter = ({ application, left }: Screening): number => {
  const handled = left === "in_acceptance" || left === "in_verification";
  return application.tier === null || handled ? application.round : application.round + 1;
};

type Track = Pick<Application, "fastTrack" | "advanceFen">;

/**
 * The fast track (先救助后补手续): the base office decides the advance at once, without acceptance check or visit.
 * A case that could still get an advance and isn't recommended for one leaves it. Null: nothing changes.
 */
const trackOf = ({
  application,
  assessment,
  advanceClock,
}: Screening): (Track & Partial<Pick<Application, "deadlineAt">>) | null => {
  if (advanceClock && goesAhead(application, assessment)) {
    return {
      fastTrack: "advance",
      advanceFen: assessment.advanceFen,
      deadlineAt: baseAdvanceEnds(application.since, advanceClock),
    };
  }
  return isFollowUp(application) ? null : { fastTrack: null, advanceFen: null };
};

/**
 * Records an assessment. A new case goes to the acceptance check of its base office. One that was returned and
 * comes back with the same assessment goes on where it left, with what was decided, a lowered amount too; with
 * another one it begins again, because every approver must have seen what is paid (quality I8). A home visit
 * that stands needn't be made again (`visitStands`).
 * @throws InvariantBroken for a case that isn't waiting to be assessed.
 */
export const assessmentStep = (screening: Screening): Step => {
  const { application, assessment, left, now, policy } = screening;
  const { line, unitId } = application;
  invariant(line && unitId, "a case that was sent has a line and an office");
  const returning =
    application.tier !== null && left !== null && saysTheSame(assessment, screening.previous);
  const track = trackOf(screening);
  const isAhead = track?.fastTrack === "advance";
  const status = isAhead ? "in_approval" : returning ? left : "in_acceptance";
  const [base] = policy.route.ladders[line];
  const tier = returning && application.tier ? application.tier : base;
  invariant(tier, "a ladder begins with a tier");
  const unit = unitAtTier(screening.organisation, unitId, tier);
  invariant(unit, "the case's office stands on its ladder");
  const code = assessment.refusal?.code ?? null;
  const taken = takeStep(
    application,
    status,
    {
      type: "assessed",
      at: now,
      actor: { kind: "system", task: "assess-application" },
      detail: {
        recommendation: assessment.recommendation,
        category: assessment.category,
        code,
        amountFen: assessment.amountFen,
        policyVersion: assessment.policyVersion,
        answersVersion: application.answersVersion,
      },
      confidential: { assessment },
    },
    {
      tier,
      atUnitId: unit.id,
      round: returning ? application.round : roundAfter(screening),
      ...(returning ? {} : { decidedBy: {}, coApprovedBy: [] }),
      category: assessment.category,
      recommendation: assessment.recommendation,
      refusalCode: code,
      policyVersion: assessment.policyVersion,
      amountFen: returning ? application.amountFen : assessment.amountFen,
      fundOrder: fundsForRest(application, assessment.fundOrder),
      deadlineAt: deadlineAfter(now, workingDaysIn(status, tier, policy), policy.calendar),
      ...track,
    },
  );
  invariant(taken.kind === "step", "only a case that was sent is assessed");
  return taken.step;
};
