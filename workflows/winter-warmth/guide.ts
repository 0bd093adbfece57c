/** What to know before applying for winter warmth (policy 3.2, 8.3). */
import { categoryTitles, type Category } from "#shared/domain/assessment.ts";
import { choice } from "#shared/domain/form.ts";
import {
  commonExclusions,
  meansConditions,
  plainAmount,
  upToAmount,
  workConditions,
  type Guide,
} from "#shared/domain/guide.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { inForce } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import type { PreCheck } from "#shared/domain/pre-check.ts";
import {
  causeQuestion,
  commonFactsOf,
  commonQuestions,
  commonTicks,
  limitsOn,
} from "#shared/domain/pre-check-questions.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { addFen, maxFen } from "#shared/kernel/money.ts";
import { assess } from "./assess.ts";
import { form, type WinterWarmthFacts } from "./form.ts";
import { programmeId, type WinterWarmthFigures } from "./policy.ts";

const figuresOn = ({ appliedOn, pack }: PolicyDay): WinterWarmthFigures =>
  inForce(programmePolicies<WinterWarmthFigures>(pack, programmeId), appliedOn).figures;

const categories: readonly Category[] = ["DEEP", "RELATIVE", "ACCIDENT", "TEMPORARY"];

const preCheck = (day: PolicyDay): PreCheck => {
  const limits = limitsOn(day, ({ employmentMonthsFiled }) => employmentMonthsFiled);
  return {
    fields: {
      ...commonQuestions(),
      cause: causeQuestion(),
      modelWorker: choice({
        label: { zh: "是不是劳模、工匠", en: "Are you a model worker or craftsman?" },
        options: form.fields.modelWorker.options ?? [],
      }),
    },
    ticks: commonTicks(limits, limits.workMonths),
    assess: (given, context) =>
      assess(
        {
          ...commonFactsOf(given, limits, given.own["cause"] as CommonFacts["cause"]),
          modelWorker: given.own["modelWorker"] as WinterWarmthFacts["modelWorker"],
        },
        context,
      ),
  };
};

export const guide: Guide = {
  upTo: (day) => {
    const { amountFen, modelWorkerSupplementFen } = figuresOn(day);
    const { DEEP, RELATIVE, ACCIDENT, TEMPORARY } = amountFen;
    return upToAmount(
      addFen(maxFen(DEEP, RELATIVE, ACCIDENT, TEMPORARY), modelWorkerSupplementFen),
    );
  },
  amounts: (day) => {
    const { amountFen, modelWorkerSupplementFen } = figuresOn(day);
    const more = plainAmount(modelWorkerSupplementFen);
    return [
      ...categories.map((category) => {
        const { zh, en } = plainAmount(amountFen[category]);
        return {
          whom: categoryTitles[category],
          amount: { zh: `每户 ${zh}`, en: `${en} a household` },
        };
      }),
      {
        whom: { zh: "其中的劳模、工匠", en: "Model workers among them" },
        amount: { zh: `另加 ${more.zh}`, en: `${more.en} more` },
      },
    ];
  },
  amountNotes: () => [
    {
      zh: "每户每冬一次。属于哪一类由工会核对收入和支出后认定。",
      en: "Once a household and winter. Which group it is, the union finds out from income and expenses.",
    },
  ],
  who: (day) => workConditions(day, ({ employmentMonthsFiled }) => employmentMonthsFiled),
  means: meansConditions,
  notFor: commonExclusions,
  preCheck,
  notRenewed: [],
};
