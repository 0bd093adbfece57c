/** What the assessments of all programmes share, so that each of them reads like its page of the policy. */
import { invariant } from "../kernel/assert.ts";
import { zeroFen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type {
  Assessment,
  AssessmentContext,
  Category,
  Finding,
  RefusalReason,
  RuleStep,
} from "./assessment.ts";
import { awardOf, type AwardTerms } from "./award.ts";
import type { HardshipRules } from "./common-policy.ts";
import { inForce, livingStandardOn } from "./policy.ts";
import { programmePolicies } from "./policy-pack.ts";

/** Every figure in force on a day: the programme's, the common ones and L, with their versions. */
export interface RulesInForce<Figures> extends HardshipRules {
  readonly programmeId: string;
  readonly figures: Figures;
  readonly policyVersion: string;
}

/** @throws PolicyNotConfirmed for a day without a policy, or in a year whose L is not confirmed. */
export const rulesOn = <Figures>(
  programmeId: string,
  { pack, appliedOn: on }: Pick<AssessmentContext, "pack" | "appliedOn">,
): RulesInForce<Figures> => {
  const own = inForce(programmePolicies<Figures>(pack, programmeId), on);
  const common = inForce(pack.common, on);
  const livingStandard = inForce(pack.livingStandards, on);
  return {
    programmeId,
    figures: own.figures,
    common: common.figures,
    livingStandardFen: livingStandardOn(pack.livingStandards, on),
    policyVersion: `${own.version} ${common.version} ${livingStandard.version}`,
  };
};

/** A condition as a finding: met, or missed and then the reason for a refusal. */
export const condition = (asked: {
  readonly met: boolean;
  readonly rule: string;
  readonly clause: string;
  readonly inputs: RuleStep["inputs"];
  readonly threshold: RuleStep["threshold"];
  readonly says: Text;
  readonly refusal: RefusalReason;
}): Finding => ({
  steps: [
    {
      rule: asked.rule,
      inputs: asked.inputs,
      threshold: asked.threshold,
      outcome: asked.met ? "met" : "missed",
      clause: asked.clause,
      says: asked.met ? asked.says : asked.refusal.says,
    },
  ],
  flags: [],
  refusal: asked.met ? null : asked.refusal,
});

/** Something a person should look into; it refuses nothing. */
export const flagged = (step: Omit<RuleStep, "outcome">): Finding => ({
  steps: [{ ...step, outcome: "flagged" }],
  flags: [step.says],
  refusal: null,
});

export const nothingFound: Finding = { steps: [], flags: [], refusal: null };

/** `employment.minMonths` (policy 2.2, 8.1): months of work in the unit or the city, `monthsMin` included. */
export const employedFor = (months: number, monthsMin: number): Finding =>
  condition({
    met: months >= monthsMin,
    rule: "employment.minMonths",
    clause: "2.2, 8.1 employment.minMonths (H4, E1)",
    inputs: { months },
    threshold: monthsMin,
    says: {
      zh: `连续工作 ${months} 个月，达到 ${monthsMin} 个月。`,
      en: `${months} months of continuous work, at least ${monthsMin}.`,
    },
    refusal: {
      code: "EMPLOYMENT_TOO_SHORT",
      says: {
        zh: `连续工作 ${months} 个月，不满 ${monthsMin} 个月。`,
        en: `${months} months of continuous work, fewer than ${monthsMin}.`,
      },
      suggests: {
        zh: `满 ${monthsMin} 个月后可再申请。`,
        en: `Apply again after ${monthsMin} months.`,
      },
    },
  });

/** `membership.required`: one may still join before the decision, so it is for a person to see to (policy 8.1). */
export const memberBeforeApproval = (unionMember: boolean, required: boolean): Finding =>
  unionMember || !required
    ? nothingFound
    : flagged({
        rule: "membership.required",
        clause: "2.2, 8.1 membership.required (F1, INF)",
        inputs: { unionMember },
        threshold: null,
        says: {
          zh: "申请人还不是工会会员，须在审批前办理入会。",
          en: "The applicant is not a union member yet and must join before the decision.",
        },
      });

/**
 * Draws the findings together. The first refusal, in the order given, is the reason; all of them are shown.
 * `award` may be null only when something refuses.
 */
export const conclude = <Figures>(asked: {
  readonly rules: RulesInForce<Figures>;
  readonly context: AssessmentContext;
  readonly category: Category | null;
  readonly findings: readonly Finding[];
  readonly award: AwardTerms | null;
}): Assessment => {
  const { rules, context, category, findings, award } = asked;
  const frame = {
    programmeId: rules.programmeId,
    policyVersion: rules.policyVersion,
    category,
    advanceFen: zeroFen,
    flags: findings.flatMap((finding) => finding.flags),
  };
  const steps = findings.flatMap((finding) => finding.steps);
  const refused = (refusal: RefusalReason, shown: readonly RuleStep[]): Assessment => ({
    ...frame,
    recommendation: "refuse",
    refusal,
    amountFen: zeroFen,
    fundOrder: [],
    steps: shown,
  });
  const refusal = findings.find((finding) => finding.refusal !== null)?.refusal;
  if (refusal) return refused(refusal, steps);
  invariant(award !== null, "a case that nothing refuses has terms of an award");
  const given = awardOf(award, rules.common, context.history);
  const all = [...steps, ...given.steps];
  // What a limit of a fund did to the award is for the approver to know, too.
  const toKnow = given.steps.filter(({ outcome }) => outcome === "flagged");
  const flags = [...frame.flags, ...toKnow.map(({ says }) => says)];
  if (given.refusal) return { ...refused(given.refusal, all), flags };
  return {
    ...frame,
    flags,
    recommendation: "approve",
    refusal: null,
    amountFen: given.amountFen,
    fundOrder: given.fundOrder,
    steps: all,
  };
};
