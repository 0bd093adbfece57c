/** What emergency relief asks beside the common questions, and the papers it wants (policy 3.4). */
import {
  choice,
  date,
  defineForm,
  idNumber,
  optionalMoney,
  yesNo,
  type FactsOf,
} from "#shared/domain/form.ts";
import { commonFields, householdSections, paymentSections } from "#shared/domain/household.ts";
import { householdPapers, paperList } from "#shared/domain/papers.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";

const eventFields = {
  eventDate: date({
    label: { zh: "事发日期", en: "Day of the event" },
    hint: {
      zh: "请尽快申请，事发过久不再受理",
      en: "Apply soon: an event too long ago is not taken up",
    },
  }),
  eventKind: choice({
    label: { zh: "事件类型", en: "What happened" },
    options: [
      { value: "disaster", label: { zh: "自然灾害", en: "Natural disaster" } },
      { value: "fire", label: { zh: "火灾", en: "Fire" } },
      { value: "traffic", label: { zh: "交通事故", en: "Traffic accident" } },
      { value: "work_injury", label: { zh: "工伤（含工亡）", en: "Accident at work" } },
      {
        value: "other_accident",
        label: {
          zh: "其他意外（溺水、触电、中毒等）",
          en: "Other accident (drowning, shock, poisoning …)",
        },
      },
      { value: "sudden_illness", label: { zh: "突发重病", en: "Sudden serious illness" } },
    ],
  }),
  affectedIdNumber: idNumber({
    label: { zh: "伤、病、亡者身份证号", en: "ID number of the person hurt, ill or dead" },
    hint: { zh: "只有财产损失的，填申请人的", en: "If only property was lost, the applicant's" },
  }),
  earnerDied: yesNo({
    label: {
      zh: "职工本人或家庭主要收入者是否因此死亡",
      en: "Did the worker or the household's main earner die of it?",
    },
  }),
  injuryGrade: choice({
    label: { zh: "伤残程度", en: "Injury" },
    hint: {
      zh: "以劳动能力鉴定或相当的鉴定为准",
      en: "By the work-injury assessment or an equal one",
    },
    options: [
      { value: "none", label: { zh: "无，或未鉴定", en: "None, or not assessed" } },
      { value: "grade_1_4", label: { zh: "1至4级或相当", en: "Grade 1 to 4, or equal" } },
      { value: "grade_5_10", label: { zh: "5至10级或相当", en: "Grade 5 to 10, or equal" } },
    ],
  }),
  homeUninhabitable: yesNo({
    label: { zh: "住房是否已不能居住", en: "Is the home uninhabitable?" },
  }),
  lossBeforeRelief: optionalMoney({
    label: { zh: "损失和必要支出合计（元）", en: "Loss and necessary expense in all (yuan)" },
    hint: {
      zh: "财产损失、自付医疗费等；没有的不填",
      en: "Property, self-paid medical cost and the like; leave empty if none",
    },
  }),
  reliefReceived: optionalMoney({
    label: {
      zh: "已得到的赔偿、保险、救助（元）",
      en: "Compensation, insurance and relief received (yuan)",
    },
  }),
  migrant: yesNo({
    label: { zh: "是否为无本市户籍的外来务工人员", en: "A migrant worker without local hukou?" },
  }),
};

const fields = { ...commonFields, ...eventFields };

export type EmergencyFacts = FactsOf<typeof fields>;
export type EventKind = EmergencyFacts["eventKind"];
export type InjuryGrade = EmergencyFacts["injuryGrade"];

/** The net loss follows from the event's own figures, so the common question about it is not asked. */
const householdSectionsWithoutLoss = householdSections.map((section) => ({
  ...section,
  fields: section.fields.filter((name) => name !== "netLoss"),
}));

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...householdSectionsWithoutLoss,
    {
      title: { zh: "突发事件", en: "The event" },
      fields: [
        "eventDate",
        "eventKind",
        "affectedIdNumber",
        "earnerDied",
        "injuryGrade",
        "homeUninhabitable",
        "lossBeforeRelief",
        "reliefReceived",
        "migrant",
      ],
    },
    ...paymentSections,
  ],
});

const eventProof: PaperRequirement = {
  kind: "event_proof",
  title: {
    zh: "事件证明（消防、交警、医院、单位、社区等出具）或现场照片",
    en: "Proof of the event (fire brigade, police, hospital, employer, community) or photos of it",
  },
  required: true,
};

const deathCertificate: PaperRequirement = {
  kind: "death_certificate",
  title: { zh: "死亡证明", en: "Death certificate" },
  required: true,
};

const injuryAssessment: PaperRequirement = {
  kind: "injury_assessment",
  title: { zh: "劳动能力鉴定结论或相当的鉴定", en: "Work-injury assessment or an equal one" },
  required: true,
};

const residencePermit: PaperRequirement = {
  kind: "residence_and_work_proof",
  title: {
    zh: "居住证，劳动合同或务工证明",
    en: "Residence permit, and labour contract or proof of work",
  },
  required: true,
};

/**
 * Aid first, papers later (policy 3.4, 8.5 `er.advance`): what shows the event and the people is wanted at
 * once; the household's other papers may follow within the fast track's days.
 */
export const papers = (facts: EmergencyFacts): readonly PaperRequirement[] => {
  const later = householdPapers(facts).map((paper) => ({
    ...paper,
    required: paper.kind === "id_cards",
  }));
  return paperList(
    [eventProof],
    facts.earnerDied ? [deathCertificate] : [],
    facts.injuryGrade === "none" ? [] : [injuryAssessment],
    facts.migrant ? [residencePermit] : [],
    later,
  );
};
