/** Winter warmth's rules (policy 3.2, 8.3): a flat sum by category, and more for a model worker. */
import type {
  Assessment,
  AssessmentContext,
  Category,
  RuleStep,
} from "#shared/domain/assessment.ts";
import type { AwardTerms } from "#shared/domain/award.ts";
import { hardshipOf } from "#shared/domain/category.ts";
import {
  conclude,
  employedFor,
  memberBeforeApproval,
  rulesOn,
} from "#shared/domain/eligibility.ts";
import { householdOf } from "#shared/domain/means.ts";
import { addFen, displayYuan, percentOf, zeroFen } from "#shared/kernel/money.ts";
import type { WinterWarmthFacts } from "./form.ts";
import { programmeId, type WinterWarmthFigures } from "./policy.ts";

export const assess = (facts: WinterWarmthFacts, context: AssessmentContext): Assessment => {
  const rules = rulesOn<WinterWarmthFigures>(programmeId, context);
  const hardship = hardshipOf(householdOf(facts), rules, context.onFile);
  return conclude({
    rules,
    context,
    category: hardship.category,
    findings: [
      hardship,
      memberBeforeApproval(facts.unionMember, rules.common.membershipRequired),
      employedFor(facts.employmentMonths, rules.common.employmentMonthsFiled),
    ],
    award: hardship.category && winterAid(hardship.category, facts, rules.figures),
  });
};

const ruleOf: Readonly<Record<Category, string>> = {
  DEEP: "ww.deep",
  RELATIVE: "ww.relative",
  ACCIDENT: "ww.accident",
  TEMPORARY: "ww.temporary",
};

/** `ww.deep` … `ww.temporary`, and `ww.modelWorkerSupplement` on top, which nobody gets without a category. */
const winterAid = (
  category: Category,
  { modelWorker }: WinterWarmthFacts,
  figures: WinterWarmthFigures,
): AwardTerms => {
  const baseFen = figures.amountFen[category];
  const supplementFen = modelWorker === "none" ? zeroFen : figures.modelWorkerSupplementFen;
  const base: RuleStep = {
    rule: ruleOf[category],
    inputs: { category },
    threshold: null,
    outcome: "applied",
    clause: `8.3 ${ruleOf[category]} (W2, W3b, W5, F5)`,
    says: {
      zh: `每户每冬 ${displayYuan(baseFen)} 元。`,
      en: `${displayYuan(baseFen)} yuan a household and winter.`,
    },
  };
  const supplement: RuleStep = {
    rule: "ww.modelWorkerSupplement",
    inputs: { modelWorker, supplementFen },
    threshold: null,
    outcome: "applied",
    clause: "8.3 ww.modelWorkerSupplement (INF, cf. W2)",
    says: {
      zh: `困难劳模增加 ${displayYuan(supplementFen)} 元。`,
      en: `${displayYuan(supplementFen)} yuan more for a model worker in hardship.`,
    },
  };
  return {
    rate: {
      hundredths: percentOf(addFen(baseFen, supplementFen), 100),
      steps: supplementFen > 0 ? [base, supplement] : [base],
    },
    fundOrder: figures.funds,
    fundLimits: figures.fundLimits,
  };
};
