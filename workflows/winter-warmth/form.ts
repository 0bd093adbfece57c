/** What winter warmth asks beside the common questions, and the papers it wants (policy 3.2). */
import { choice, defineForm, type FactsOf } from "#shared/domain/form.ts";
import { commonFields, householdSections, paymentSections } from "#shared/domain/household.ts";
import { householdPapers, paperList } from "#shared/domain/papers.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";

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
    { title: { zh: "劳模情况", en: "Model worker" }, fields: ["modelWorker"] },
    ...paymentSections,
  ],
});

const modelWorkerCertificate: PaperRequirement = {
  kind: "model_worker_certificate",
  title: { zh: "劳模证书", en: "Model worker certificate" },
  required: true,
};

export const papers = (facts: WinterWarmthFacts): readonly PaperRequirement[] =>
  paperList(householdPapers(facts), facts.modelWorker === "none" ? [] : [modelWorkerCertificate]);
