/** What winter warmth asks beside the common questions (policy 3.2). */
import { choice, defineForm, type FactsOf } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";
import { sectionOf } from "#shared/domain/question-pages.ts";

const fields = {
  ...commonFields,
  modelWorker: choice({
    label: { zh: "劳模类型", en: "Model worker" },
    options: [
      { value: "none", label: { zh: "不是劳模", en: "None" } },
      { value: "national", label: { zh: "全国劳模", en: "National" } },
      { value: "provincial", label: { zh: "省部级劳模", en: "Provincial or ministerial" } },
      { value: "city", label: { zh: "市级劳模", en: "City" } },
      { value: "other", label: { zh: "其他（含工匠）", en: "Other, craftsmen among them" } },
    ],
  }),
};

export type WinterWarmthFacts = FactsOf<typeof fields>;

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...householdSections,
    sectionOf({
      title: { zh: "劳模情况", en: "Model worker" },
      pages: [
        {
          title: { zh: "您是劳模吗？", en: "Are you a model worker?" },
          why: {
            zh: "劳模的慰问标准不同。以证书为准。",
            en: "Model workers have a rate of their own. The certificate counts.",
          },
          fields: ["modelWorker"],
        },
      ],
    }),
    ...paymentSections,
  ],
});
