/** What an assessment makes of a case: it goes before its first tier, or back to the one that had returned it. */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { Application } from "./application.ts";
import { decisionWorkingDays } from "./approver.ts";
import type { Assessment } from "./assessment.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { ladderOf, unitAtTier, type Organisation } from "./organisation.ts";

/** Whether a new assessment says the same as the one that earlier tiers decided on. */
const saysTheSame = (assessment: Assessment, previous: Assessment | null): boolean =>
  previous !== null &&
  previous.recommendation === assessment.recommendation &&
  previous.category === assessment.category &&
  previous.refusal?.code === assessment.refusal?.code &&
  previous.amountFen === assessment.amountFen;

export interface Screening {
  readonly application: Application;
  readonly assessment: Assessment;
  /** What the rules said before the case was returned; null the first time. */
  readonly previous: Assessment | null;
  readonly organisation: Organisation;
  readonly now: Instant;
  readonly policy: CommonPolicy;
}

/**
 * Records an assessment. A case that was returned and comes back with the same assessment goes on where it
 * left, with what was decided, a lowered amount too; with another one it begins again at the first tier,
 * because every approver must have seen what is paid (quality I8).
 * @throws InvariantBroken for a case that isn't waiting to be assessed.
 */
export const assessmentStep = (screening: Screening): Step => {
  const { application, assessment, now, policy } = screening;
  const { line, unitId } = application;
  invariant(line && unitId, "a case that was sent has a line and an office");
  const returning = application.tier !== null && saysTheSame(assessment, screening.previous);
  const tier = returning && application.tier ? application.tier : ladderOf[line][0];
  invariant(tier, "a ladder begins with a tier");
  const unit = unitAtTier(screening.organisation, unitId, tier);
  invariant(unit, "the case's office stands on its ladder");
  const code = assessment.refusal?.code ?? null;
  const taken = takeStep(
    application,
    "in_approval",
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
      round: returning || application.tier === null ? application.round : application.round + 1,
      decidedBy: returning ? application.decidedBy : {},
      category: assessment.category,
      recommendation: assessment.recommendation,
      refusalCode: code,
      policyVersion: assessment.policyVersion,
      amountFen: returning ? application.amountFen : assessment.amountFen,
      fundOrder: assessment.fundOrder,
      deadlineAt: deadlineAfter(now, decisionWorkingDays(tier, policy), policy.calendar),
    },
  );
  invariant(taken.kind === "step", "only a case that was sent is assessed");
  return taken.step;
};
