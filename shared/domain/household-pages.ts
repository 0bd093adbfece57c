/** The common questions in the order in which they are asked, one small topic a page, and why each is asked. */
import type { Section } from "./form.ts";
import type { commonFields } from "./household.ts";
import { sectionOf } from "./question-pages.ts";

type CommonSection = Section<typeof commonFields>;

const applicant: CommonSection = sectionOf({
  title: { zh: "申请人", en: "Applicant" },
  pages: [
    {
      title: { zh: "谁来申请？", en: "Who is applying?" },
      why: {
        zh: "填遇到困难的职工本人。救助款只打到本人的银行卡，所以姓名和身份证号要与证件一致。",
        en: "The worker in hardship. Money goes to the worker's own card only, so name and ID number must be as on the ID card.",
      },
      fields: ["applicantName", "applicantIdNumber"],
    },
    {
      title: { zh: "怎么联系您？", en: "How can we reach you?" },
      why: {
        zh: "缺材料、要上门核实或有了结果，会打这个电话。",
        en: "We call when something is missing, before a home visit, and when there is a result.",
      },
      fields: ["phone", "email"],
    },
    {
      title: { zh: "您现在住在哪里？", en: "Where do you live now?" },
      why: {
        zh: "写到门牌号，例如“示例区示例路1号2单元301”。工作人员可能上门核实。",
        en: "Down to the door number, such as “1 Example Road, unit 2, flat 301”. Somebody may come to visit.",
      },
      fields: ["address"],
    },
    {
      title: { zh: "您归哪个工会？", en: "Which union office is yours?" },
      why: { zh: "申请先由这个工会受理。", en: "It takes your application first." },
      fields: ["unitId"],
    },
    {
      title: {
        zh: "您入会了吗，工作多久了？",
        en: "Are you a member, and how long have you worked?",
      },
      why: {
        zh: "多数救助面向工会会员和有一定工作时间的职工。",
        en: "Most aid is for members who have worked for some time.",
      },
      fields: ["unionMember", "employmentMonths"],
    },
  ],
});

const family: CommonSection = sectionOf({
  title: { zh: "家庭成员", en: "The household" },
  pages: [
    {
      title: { zh: "家里一共几口人？", en: "How many people live in your household?" },
      why: {
        zh: "收入按人口平均来算，所以人数要准。把您自己也算上。",
        en: "Income is counted by the head, so the number must be right. Count yourself too.",
      },
      fields: ["householdSize"],
    },
    {
      title: { zh: "家里还有谁？", en: "Who else is in the household?" },
      why: {
        zh: "家庭情况要逐人核对。除您以外，每个人填一张。",
        en: "Each person is checked. Fill in one card for everybody but yourself.",
      },
      fields: ["members"],
    },
  ],
});

const money: CommonSection = sectionOf({
  title: { zh: "收入与刚性支出", en: "Income and rigid expenditure" },
  pages: [
    {
      title: { zh: "全家一年收入多少？", en: "What did the household earn in a year?" },
      why: {
        zh: "困难程度主要看收入减去刚性支出。工会会与有关部门核对。",
        en: "Hardship is mostly income less what has to be spent. The union checks it with other offices.",
      },
      fields: ["annualIncome"],
    },
    {
      title: { zh: "有哪些必须花的大额支出？", en: "What large expenses could not be avoided?" },
      why: {
        zh: "这些支出会从收入里减去。只填有票据的，没有的空着。",
        en: "They are taken off the income. Only what you have receipts for; leave the rest empty.",
      },
      fields: [
        "medicalExpense",
        "educationExpense",
        "disabilityExpense",
        "employmentExpense",
        "careExpense",
      ],
    },
  ],
});

const cause: CommonSection = sectionOf({
  title: { zh: "致困原因", en: "Cause of hardship" },
  pages: [
    {
      title: { zh: "家里困难主要是因为什么？", en: "What is the main cause of the hardship?" },
      why: { zh: "选影响最大的一项。", en: "Choose what weighs most." },
      fields: ["cause"],
    },
    {
      title: { zh: "有没有意外造成的损失？", en: "Was there a loss by a sudden event?" },
      why: {
        zh: "近12个月内的火灾、事故、灾害等。没有的，损失空着。",
        en: "A fire, an accident, a disaster of the last 12 months. Leave the loss empty if there was none.",
      },
      fields: ["netLoss", "designatedEventCasualty"],
    },
  ],
});

const property: CommonSection = sectionOf({
  title: { zh: "家庭财产", en: "What the household owns" },
  pages: [
    {
      title: { zh: "家里有哪些财产？", en: "What does the household own?" },
      why: {
        zh: "如实填写；唯一住房、谋生用车不影响申请。",
        en: "Say what there is: an only home, or a car you live by, does not keep you from aid.",
      },
      fields: ["homes", "hasVehicle", "financialAssets"],
    },
    {
      title: { zh: "有没有经营和高收费上学？", en: "Any business, or a school with high fees?" },
      fields: ["ownsBusiness", "highFeeSchool"],
    },
  ],
});

/** The common questions before a programme's own. */
export const householdSections: readonly CommonSection[] = [
  applicant,
  family,
  money,
  cause,
  property,
];

/** The common questions after a programme's own. */
export const paymentSections: readonly CommonSection[] = [
  sectionOf({
    title: { zh: "收款银行卡", en: "Bank card for payment" },
    pages: [
      {
        title: { zh: "救助款打到哪张卡？", en: "Which card should the money go to?" },
        why: {
          zh: "必须是申请人本人的借记卡。对照卡片逐位填写，例如 6222 0200 0000 0000 018。",
          en: "It must be the applicant's own debit card. Copy the number digit by digit, such as 6222 0200 0000 0000 018.",
        },
        fields: ["bankName", "bankCardNumber"],
      },
    ],
  }),
  sectionOf({
    title: { zh: "授权与同意", en: "Consents" },
    pages: [
      {
        title: { zh: "请逐项确认授权", en: "Please give each consent" },
        why: {
          zh: "每一项分别勾选。不同意其中一项，就无法核对或发放，可以到工会当面办理。",
          en: "Tick each by itself. Without one of them the case cannot be checked or paid; you may come to your union instead.",
        },
        fields: [
          "consentMeansCheck",
          "consentSensitiveData",
          "consentPublicNotice",
          "consentGuardian",
        ],
      },
    ],
  }),
];
