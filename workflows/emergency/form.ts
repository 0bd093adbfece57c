/** What emergency relief asks beside the common questions (policy 3.4). */
import {
  choice,
  date,
  defineForm,
  idNumber,
  optionalMoney,
  yesNo,
  type FactsOf,
} from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";
import { onlyAsking, sectionOf, sectionsTogether } from "#shared/domain/question-pages.ts";

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

type CommonName = keyof typeof commonFields;

/** Amounts that may be left empty, and the family: an advance can be decided without (policy 8.5 `er.advance`). */
const mayFollow = (name: CommonName): boolean => {
  const { kind, optional } = commonFields[name];
  return kind === "people" || (kind === "money" && optional);
};

/** The net loss follows from the event's own figures, so the common question about it is not asked. */
const common = householdSections.map((section) =>
  onlyAsking(section, (name) => name !== "netLoss"),
);

const atOnce = common.map((section) => onlyAsking(section, (name) => !mayFollow(name)));

const later = {
  title: {
    zh: "家庭成员、大额支出和存款（可以以后再填）",
    en: "Family, large expenses and savings (may follow later)",
  },
  intro: {
    zh: "不填不影响先行救助，发放后补材料时再填。家庭收入较高、靠这些支出才算困难的，请现在填。",
    en: "An advance doesn't need them; you are asked again when the papers follow. If your income is high and it is these expenses that leave you in need, fill them in now.",
  },
  ...sectionsTogether(common.map((section) => onlyAsking(section, mayFollow))),
  mayFollow: true,
} as const;

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...atOnce,
    sectionOf({
      title: { zh: "突发事件", en: "The event" },
      pages: [
        {
          title: { zh: "什么时候出了什么事？", en: "What happened, and when?" },
          fields: ["eventDate", "eventKind"],
        },
        {
          title: { zh: "谁受了伤害？", en: "Who was hurt?" },
          fields: ["affectedIdNumber", "earnerDied", "injuryGrade"],
        },
        {
          title: { zh: "房子和财产损失多少？", en: "What was lost?" },
          why: {
            zh: "按现在知道的填，以后可以更正。",
            en: "As far as you know now; it can be corrected later.",
          },
          fields: ["homeUninhabitable", "lossBeforeRelief", "reliefReceived"],
        },
        {
          title: { zh: "您是外来务工人员吗？", en: "Are you a migrant worker?" },
          fields: ["migrant"],
        },
      ],
    }),
    later,
    ...paymentSections,
  ],
});
