/** What an approver may choose, and what is wrong with a decision as it was typed (design 6). Pure. */
import type { Application } from "./application.ts";
import type { Decision } from "./approval.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { underDecisionFen } from "./fast-track.ts";
import type { Tier } from "./organisation.ts";
import { isReviewed } from "./review.ts";
import { needsMinutes } from "./route.ts";

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

/**
 * What the person asked may choose: the rules' refusal is confirmed or the case returned; an award is decided; an
 * objection or appeal is answered. To stand aside is offered to everybody, apart from these.
 */
export const offeredDecisions = (
  application: Pick<Application, "status" | "recommendation">,
): readonly Decision["kind"][] => {
  if (isReviewed(application.status)) return ["uphold", "dismiss"];
  return application.recommendation === "refuse"
    ? ["confirm_refusal", "return"]
    : ["approve", "return", "reject"];
};

/** What is never done without words: the applicant, or the office, has to be told why. */
const explainedKinds: readonly Decision["kind"][] = [
  "return",
  "reject",
  "recuse",
  "uphold",
  "dismiss",
];

export const decisionProblem = (
  application: Application,
  decision: Decision,
  tier: Tier,
  policy: CommonPolicy,
): DecisionProblem | null => {
  const offered = [...offeredDecisions(application), "recuse"];
  if (!offered.includes(decision.kind)) return "decision_not_offered";
  if (decision.kind === "approve") {
    if (decision.amountFen <= 0) return "amount_not_valid";
    if (decision.amountFen > underDecisionFen(application)) return "amount_above_assessed";
    if ((decision.minutesNumber?.length ?? 0) > minutesMaxLength) return "minutes_too_long";
    if (needsMinutes(tier, decision.amountFen, policy.route) && !decision.minutesNumber) {
      return "minutes_required";
    }
  }
  if (decision.reason.length > reasonMaxLength) return "reason_too_long";
  const lowered = decision.kind === "approve" && decision.amountFen < underDecisionFen(application);
  const explained = lowered || explainedKinds.includes(decision.kind);
  return explained && !decision.reason ? "reason_required" : null;
};
