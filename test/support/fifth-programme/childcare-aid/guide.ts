/** What to know before applying for childcare aid. */
import { count } from "#shared/domain/form.ts";
import {
  commonExclusions,
  meansConditions,
  plainAmount,
  upToAmount,
  type Guide,
} from "#shared/domain/guide.ts";
import { inForce } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import {
  commonFactsOf,
  commonQuestions,
  commonTicks,
  limitsOn,
} from "#shared/domain/pre-check-questions.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { timesFen } from "#shared/kernel/money.ts";
import { assess } from "./assess.ts";
import { programmeId, type ChildcareFigures } from "./policy.ts";

const figuresOn = ({ appliedOn, pack }: PolicyDay): ChildcareFigures =>
  inForce(programmePolicies<ChildcareFigures>(pack, programmeId), appliedOn).figures;

export const guide: Guide = {
  upTo: (day) => {
    const { perChildFen, childrenMax } = figuresOn(day);
    return upToAmount(timesFen(perChildFen, childrenMax));
  },
  amounts: (day) => [
    {
      whom: { zh: "每名入托婴幼儿", en: "Each child in a nursery" },
      amount: plainAmount(figuresOn(day).perChildFen),
    },
  ],
  amountNotes: () => [{ zh: "每户每年一次。", en: "Once a household and year." }],
  who: () => [{ zh: "孩子在入托。", en: "A child is in a nursery." }],
  means: meansConditions,
  notFor: commonExclusions,
  preCheck: (day) => {
    const limits = limitsOn(day, ({ employmentMonthsFiled }) => employmentMonthsFiled);
    return {
      fields: {
        ...commonQuestions(),
        nurseryChildren: count({
          label: { zh: "几个孩子入托", en: "How many children are in a nursery?" },
          min: 1,
          max: 9,
        }),
      },
      ticks: commonTicks(limits, limits.workMonths),
      assess: (given, context) =>
        assess(
          {
            ...commonFactsOf(given, limits, "low_income"),
            nurseryChildren: given.own["nurseryChildren"] as number,
          },
          context,
        ),
    };
  },
  notRenewed: [],
};
