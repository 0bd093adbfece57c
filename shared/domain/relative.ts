/** What an application and a hardship file ask about each member of the household (policy 2.7). */
import { choice, idNumber, optionalMoney, optionalText, text, type FactsOf } from "./form.ts";

export const relationOptions = [
  { value: "spouse", label: { zh: "配偶", en: "Husband or wife" } },
  { value: "child", label: { zh: "子女", en: "Child" } },
  { value: "parent", label: { zh: "父母", en: "Parent" } },
  { value: "other", label: { zh: "其他共同生活成员", en: "Other co-living member" } },
] as const;

/** The questions on a member's card; the applicant is asked elsewhere. */
export const relativeFields = {
  relation: choice({
    label: { zh: "与职工关系", en: "Relation to the worker" },
    options: relationOptions,
  }),
  name: text({ label: { zh: "姓名", en: "Full name" }, personal: true, maxLength: 40 }),
  idNumber: idNumber({ label: { zh: "身份证号", en: "ID number" } }),
  health: choice({
    label: { zh: "健康状况", en: "Health" },
    options: [
      { value: "good", label: { zh: "健康", en: "Good" } },
      { value: "cancer", label: { zh: "癌症", en: "Cancer" } },
      { value: "uraemia", label: { zh: "尿毒症", en: "Uraemia" } },
      { value: "cardiovascular", label: { zh: "心脑血管疾病", en: "Cardiovascular disease" } },
      { value: "other_illness", label: { zh: "其他疾病", en: "Other illness" } },
      { value: "disability", label: { zh: "残疾", en: "Disability" } },
    ],
  }),
  schoolOrUnit: optionalText({
    label: { zh: "学校或单位（选填）", en: "School or workplace (optional)" },
    personal: true,
    maxLength: 80,
  }),
  yearlyIncome: optionalMoney({
    label: { zh: "年收入（元）", en: "Yearly income (yuan)" },
    per: "year",
  }),
} as const;

export type Relative = FactsOf<typeof relativeFields>;
