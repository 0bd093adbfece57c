/** What every programme asks of the worker and the household (policy 2.3, 2.4, 2.7), and the words it asks in. */
import {
  choice,
  count,
  idNumber,
  money,
  optionalMoney,
  text,
  unit,
  yesNo,
  type FactsOf,
} from "./form.ts";
import { bankCard, optionalEmail, phone } from "./contact-fields.ts";
import { consent, consentForMinor } from "./consent.ts";
import { people } from "./people-field.ts";
import { relativeFields } from "./relative.ts";

/** The most people a household may have, the applicant among them. */
const householdMax = 20;

export const commonFields = {
  applicantName: text({
    label: { zh: "申请人姓名", en: "Applicant's full name" },
    hint: { zh: "与身份证、银行卡一致", en: "As on the ID card and the bank card" },
    personal: true,
    maxLength: 40,
  }),
  applicantIdNumber: idNumber({ label: { zh: "申请人身份证号", en: "Applicant's ID number" } }),
  phone: phone({ label: { zh: "联系电话", en: "Phone" } }),
  email: optionalEmail({
    label: { zh: "电子邮箱（选填）", en: "E-mail (optional)" },
    hint: { zh: "用于接收进度通知", en: "To be told how the case goes on" },
  }),
  address: text({
    label: { zh: "现住址", en: "Present address" },
    personal: true,
    maxLength: 120,
  }),
  unitId: unit({
    label: {
      zh: "所在工会（单位工会或街道服务站）",
      en: "Your union office (at work or in your street)",
    },
    hint: {
      zh: "单位有工会的选单位工会；没有的选居住地街道（乡镇）工会服务站",
      en: "The union at work; if there is none, the service station of the street you live in",
    },
  }),
  unionMember: yesNo({
    label: { zh: "是否为工会会员", en: "Are you a union member?" },
    hint: {
      zh: "还不是会员的，可以先申请，在审批前入会",
      en: "If not yet, you may apply now and join before the decision",
    },
  }),
  employmentMonths: count({
    label: { zh: "在本单位（本市）连续工作月数", en: "Months of continuous work here" },
    hint: {
      zh: "填整月数，例如满一年填 12",
      en: "Whole months: one year is 12",
    },
    min: 0,
    max: 720,
  }),
  householdSize: count({
    label: { zh: "共同生活的家庭成员人数", en: "People living in the household" },
    hint: {
      zh: "包括本人、配偶、未成年子女、上学（到本科）或不能独立生活的成年子女、共同生活的被赡养人；不包括已婚独立生活的子女",
      en: "You, husband or wife, minor children, grown children in full-time study up to a bachelor's degree or unable to live alone, and others you must support who live with you; not married children who live on their own",
    },
    min: 1,
    max: householdMax,
  }),
  members: people({
    label: { zh: "其他家庭成员", en: "Other members of the household" },
    hint: {
      zh: "除申请人以外，共同生活的每个人填一张",
      en: "One card for each person of the household other than the applicant",
    },
    fields: relativeFields,
    max: householdMax - 1,
  }),
  annualIncome: money({
    label: {
      zh: "家庭近12个月可支配收入（元）",
      en: "Household disposable income of the last 12 months (yuan)",
    },
    hint: {
      zh: "申请当月之前12个整月，全家工资、经营、财产、转移性收入之和，扣除个人所得税和社会保险费；例如 54000",
      en: "All members' wages, business, property and transfer income of the 12 full months before this one, after tax and social insurance; for example 54000",
    },
    per: "year",
  }),
  medicalExpense: optionalMoney({
    label: {
      zh: "刚性支出：自付医疗费（元）",
      en: "Rigid expenditure: self-paid medical cost (yuan)",
    },
    hint: {
      zh: "近12个月，报销后自己负担的部分；没有的不填（以下几项相同）",
      en: "Of the last 12 months, after all reimbursement; leave empty if none (so also below)",
    },
  }),
  educationExpense: optionalMoney({
    label: { zh: "刚性支出：教育费用（元）", en: "Rigid expenditure: education (yuan)" },
    hint: {
      zh: "公办标准的学费和住宿费",
      en: "Fees and board at the rate of public schools",
    },
  }),
  disabilityExpense: optionalMoney({
    label: { zh: "刚性支出：残疾康复照料（元）", en: "Rigid expenditure: disability care (yuan)" },
  }),
  employmentExpense: optionalMoney({
    label: {
      zh: "刚性支出：必要就业成本（元）",
      en: "Rigid expenditure: necessary employment cost (yuan)",
    },
    hint: {
      zh: "培训、求职等；房贷、车辆、日常消费不计",
      en: "Training, looking for work; not a mortgage, a car or daily expenses",
    },
  }),
  careExpense: optionalMoney({
    label: { zh: "刚性支出：长期照护（元）", en: "Rigid expenditure: long-term care (yuan)" },
  }),
  netLoss: optionalMoney({
    label: {
      zh: "意外事件净损失（元，扣除赔偿、保险、救助后）",
      en: "Net loss by a sudden event, after compensation, insurance and relief (yuan)",
    },
  }),
  designatedEventCasualty: yesNo({
    label: {
      zh: "是否为灾害、重大事故、疫情或公共安全事件的伤亡者家庭",
      en: "Casualty of a disaster, major accident, epidemic or public-security event?",
    },
  }),
  cause: choice({
    label: { zh: "主要致困原因", en: "Main cause of hardship" },
    options: [
      { value: "illness", label: { zh: "疾病", en: "Illness" } },
      { value: "schooling", label: { zh: "子女上学", en: "Cost of schooling" } },
      { value: "accident", label: { zh: "意外事故", en: "Accident" } },
      { value: "disaster", label: { zh: "灾害", en: "Disaster" } },
      { value: "low_income", label: { zh: "收入低", en: "Low income" } },
      {
        value: "conduct",
        label: {
          zh: "打架斗殴、交通肇事、酗酒、赌博、吸毒、参加被取缔组织",
          en: "Fighting, a traffic offence, drink, gambling, drugs or a banned organisation",
        },
      },
    ],
  }),
  homes: count({ label: { zh: "家庭住房套数", en: "Homes the household owns" }, min: 0, max: 99 }),
  ownsBusiness: yesNo({
    label: {
      zh: "是否拥有商铺或雇工经营",
      en: "Owns shop premises, or employs others in a business?",
    },
  }),
  highFeeSchool: yesNo({
    label: {
      zh: "子女是否就读高收费私立学校或自费留学",
      en: "A child in a high-fee private school, or abroad at own cost?",
    },
    hint: {
      zh: "高收费：收费超过同级公办学校的2倍",
      en: "High-fee: more than twice the fee of a public school of the same grade",
    },
  }),
  hasVehicle: yesNo({
    label: { zh: "家庭是否有机动车", en: "Does the household have a car?" },
    hint: {
      zh: "谋生用车、残疾人用车也填“是”，由工作人员核实",
      en: "Say yes too for one you live by or a disabled person needs; staff will look into it",
    },
  }),
  financialAssets: optionalMoney({
    label: { zh: "家庭金融资产（元）", en: "Household savings and investments (yuan)" },
    hint: { zh: "存款、理财、股票、基金等", en: "Deposits, shares, funds and the like" },
  }),
  bankName: text({ label: { zh: "开户银行", en: "Bank" }, maxLength: 60 }),
  bankCardNumber: bankCard({
    label: { zh: "本人银行卡号", en: "Applicant's own bank card number" },
  }),
  consentMeansCheck: consent({
    label: {
      zh: "本人及全体成年家庭成员同意核对家庭经济状况",
      en: "I and all adults of the household agree to the means check",
    },
  }),
  consentSensitiveData: consent({
    label: {
      zh: "同意为办理救助处理敏感个人信息（健康、账户等）",
      en: "I agree that sensitive data (health, accounts) is used to handle this case",
    },
  }),
  consentPublicNotice: consent({
    label: {
      zh: "同意按规定公示（隐去姓名和敏感信息）",
      en: "I agree to the public notice, with the name masked and no sensitive data",
    },
  }),
  consentGuardian: consentForMinor({
    label: {
      zh: "我是未满14周岁家庭成员的监护人，同意为办理救助处理孩子的个人信息",
      en: "I am the guardian of the household's members under 14, and agree that their data is used to handle this case",
    },
    hint: {
      zh: "家里有未满14周岁的孩子时需要勾选",
      en: "Needed when somebody of the household is under 14",
    },
  }),
} as const;

export type CommonFacts = FactsOf<typeof commonFields>;
/**
 * The number a household's claims go by: the household is one account (policy 8.1 `sameCauseOffset`), kept
 * under the applicant's number. Only its keyed hash is stored.
 */
export const householdSubject = (facts: CommonFacts): string => facts.applicantIdNumber;
