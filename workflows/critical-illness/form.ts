/** What critical-illness aid asks beside the common questions (policy 3.3). */
import {
  defineForm,
  date,
  idNumber,
  money,
  optionalDate,
  optionalMoney,
  text,
  type FactsOf,
} from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";
import { sectionOf } from "#shared/domain/question-pages.ts";

const patientFields = {
  patientName: text({
    label: { zh: "患者姓名", en: "Patient's full name" },
    personal: true,
    maxLength: 40,
  }),
  patientIdNumber: idNumber({
    label: { zh: "患者身份证号", en: "Patient's ID number" },
    hint: {
      zh: "本人或共同生活的家庭成员；每名患者每年救助一次",
      en: "You or a member of the household; each patient is helped once a year",
    },
  }),
  diagnosis: text({
    label: { zh: "诊断", en: "Diagnosis" },
    hint: {
      zh: "按诊断证明填写，不对外公开",
      en: "As the hospital wrote it; it is never published",
    },
    personal: true,
    maxLength: 80,
  }),
  accidentDate: optionalDate({
    label: {
      zh: "因意外受伤的，事发日期（选填）",
      en: "Day of the accident, if one caused it (optional)",
    },
    hint: {
      zh: "同一事件已领应急救助的，要从本次金额中扣除",
      en: "Emergency relief already given for the same event is taken off this award",
    },
  }),
};

const billFields = {
  treatmentFrom: date({
    label: { zh: "费用最早日期", en: "First day of the bills" },
    hint: {
      zh: "只计申请前12个月内的费用",
      en: "Only bills of the 12 months before the application count",
    },
  }),
  treatmentTo: date({ label: { zh: "费用最晚日期", en: "Last day of the bills" } }),
  invoiceNumbers: text({
    label: { zh: "医疗发票号码", en: "Numbers of the medical invoices" },
    hint: {
      zh: "多张用逗号隔开；每张发票只能用一次",
      en: "Several with commas between; each invoice can be used once only",
    },
    personal: true,
    maxLength: 600,
  }),
  totalBill: money({
    label: {
      zh: "医保目录内医疗费用总额（元）",
      en: "Medical cost in all, in the insurance catalogue (yuan)",
    },
  }),
  basicInsurance: optionalMoney({
    label: { zh: "基本医保报销（元）", en: "Paid by basic insurance (yuan)" },
    hint: { zh: "没有的不填（以下几项相同）", en: "Leave empty if none (so also below)" },
  }),
  seriousIllnessInsurance: optionalMoney({
    label: { zh: "大病保险报销（元）", en: "Paid by serious-illness insurance (yuan)" },
  }),
  supplementaryInsurance: optionalMoney({
    label: { zh: "补充医保、商业保险赔付（元）", en: "Paid by supplementary insurance (yuan)" },
  }),
  mutualAid: optionalMoney({
    label: { zh: "职工互助保障给付（元）", en: "Paid by union mutual aid (yuan)" },
  }),
  otherAid: optionalMoney({
    label: { zh: "民政等其他医疗救助（元）", en: "Civil-affairs and other medical aid (yuan)" },
  }),
};

const fields = {
  ...commonFields,
  // The patient's own cost follows from the bill below; what others of the household paid is asked here.
  medicalExpense: optionalMoney({
    label: {
      zh: "刚性支出：其他家庭成员自付医疗费（元）",
      en: "Rigid expenditure: self-paid medical cost of other members (yuan)",
    },
    hint: {
      zh: "不含本次申请的患者；没有的不填（以下几项相同）",
      en: "Without the patient of this application; leave empty if none (so also below)",
    },
  }),
  ...patientFields,
  ...billFields,
};

export type CriticalIllnessFacts = FactsOf<typeof fields>;

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...householdSections,
    sectionOf({
      title: { zh: "患者", en: "The patient" },
      pages: [
        {
          title: { zh: "谁生病了？", en: "Who is ill?" },
          fields: ["patientName", "patientIdNumber"],
        },
        {
          title: { zh: "得的是什么病？", en: "What is the illness?" },
          fields: ["diagnosis", "accidentDate"],
        },
      ],
    }),
    sectionOf({
      title: { zh: "医疗费用与报销", en: "Medical cost and what others paid" },
      pages: [
        {
          title: { zh: "费用是什么时候花的？", en: "When was the treatment?" },
          why: {
            zh: "看发票或结算单上的日期。",
            en: "See the days on the invoices or the hospital's account.",
          },
          fields: ["treatmentFrom", "treatmentTo"],
        },
        {
          title: { zh: "一共花了多少？", en: "What did it cost in all?" },
          why: {
            zh: "发票号码在发票右上角，例如 37010026000001。",
            en: "The number stands at the top right of the invoice, such as 37010026000001.",
          },
          fields: ["invoiceNumbers", "totalBill"],
        },
        {
          title: { zh: "别处已经报销了多少？", en: "How much was paid by others?" },
          why: {
            zh: "救助按自己负担的部分计算。",
            en: "Aid is worked out on what you paid yourself.",
          },
          fields: [
            "basicInsurance",
            "seriousIllnessInsurance",
            "supplementaryInsurance",
            "mutualAid",
            "otherAid",
          ],
        },
      ],
    }),
    ...paymentSections,
  ],
});

/** The invoices of a claim, as typed with commas or gaps between them; the same number twice is one. */
export const invoicesOf = ({ invoiceNumbers }: CriticalIllnessFacts): readonly string[] => [
  ...new Set(
    invoiceNumbers
      .toUpperCase()
      .split(/[\s,，、;；]+/u)
      .filter((number) => number !== ""),
  ),
];
