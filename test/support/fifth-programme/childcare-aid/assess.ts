/** Childcare aid's rules: a flat sum for each child in a nursery, up to a number of children. */
import type { Assessment, AssessmentContext, RuleStep } from "#shared/domain/assessment.ts";
import type { AwardTerms } from "#shared/domain/award.ts";
import { hardshipOf } from "#shared/domain/category.ts";
import { conclude, memberBeforeApproval, rulesOn } from "#shared/domain/eligibility.ts";
import { householdOf } from "#shared/domain/means.ts";
import { displayYuan, percentOf, timesFen } from "#shared/kernel/money.ts";
import type { ChildcareFacts } from "./form.ts";
import { programmeId, type ChildcareFigures } from "./policy.ts";

export const assess = (facts: ChildcareFacts, context: AssessmentContext): Assessment => {
  const rules = rulesOn<ChildcareFigures>(programmeId, context);
  const hardship = hardshipOf(householdOf(facts), rules, context.onFile);
  return conclude({
    rules,
    context,
    category: hardship.category,
    findings: [hardship, memberBeforeApproval(facts.unionMember, rules.common.membershipRequired)],
    award: hardship.category && nurseryAid(facts, rules.figures),
  });
};

const nurseryAid = ({ nurseryChildren }: ChildcareFacts, figures: ChildcareFigures): AwardTerms => {
  const { perChildFen, childrenMax, funds } = figures;
  const children = Math.min(nurseryChildren, childrenMax);
  const step: RuleStep = {
    rule: "ca.perChild",
    inputs: { nurseryChildren, children },
    threshold: childrenMax,
    outcome: "applied",
    clause: "9.9 ca.perChild",
    says: {
      zh: `每名入托婴幼儿 ${displayYuan(perChildFen)} 元，按 ${children} 名计。`,
      en: `${displayYuan(perChildFen)} yuan a child in a nursery, for ${children} of them.`,
    },
  };
  const hundredths = percentOf(timesFen(perChildFen, children), 100);
  return { rate: { hundredths, steps: [step] }, fundOrder: funds };
};
