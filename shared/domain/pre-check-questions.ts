/** What a pre-check asks in every programme, and the minimal facts that follow from the answers. Nothing personal. */
import type { Fen } from "../kernel/money.ts";
import { zeroFen } from "../kernel/money.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { choice, optionalMoney, type Field, type Fields } from "./form.ts";
import { commonFields, type CommonFacts } from "./household.ts";
import { commonPolicyOn } from "./policy-pack.ts";
import type { PreCheckGiven, Tick } from "./pre-check.ts";
import type { PolicyDay } from "./programme.ts";

/** The common questions; a programme whose own questions say the same leaves the loss out. */
export const commonQuestions = (without: readonly "netLoss"[] = []): Fields => {
  const asked = {
    householdSize: commonFields.householdSize,
    annualIncome: commonFields.annualIncome,
    rigidExpense: optionalMoney({
      label: {
        zh: "这12个月里，看病、上学、残疾康复照料等必要支出一共多少（元）",
        en: "Necessary expenses of these 12 months in all: illness, schooling, disability care (yuan)",
      },
      hint: {
        zh: "只算自己负担的；房贷、车辆、日常消费不算；没有的不填",
        en: "Only what you paid yourselves; no mortgage, car or daily expenses; leave empty if none",
      },
    }),
    netLoss: optionalMoney({
      label: {
        zh: "这12个月里，因意外或灾害净损失多少（元）",
        en: "Net loss of these 12 months by an accident or a disaster (yuan)",
      },
      hint: {
        zh: "扣除赔偿、保险、救助以后；没有的不填",
        en: "After compensation, insurance and relief; leave empty if none",
      },
    }),
  } satisfies Fields;
  return Object.fromEntries(
    Object.entries(asked).filter(([name]) => !without.includes(name as "netLoss")),
  );
};

/** The main cause, without the one that nobody would choose here: that one is a tick. */
export const causeQuestion = (): Field<Exclude<CommonFacts["cause"], "conduct">> =>
  choice({
    label: { zh: "家里困难主要是因为什么", en: "What is the main cause of the hardship?" },
    options: [
      { value: "illness", label: { zh: "生病", en: "Illness" } },
      { value: "schooling", label: { zh: "子女上学", en: "Cost of schooling" } },
      { value: "accident", label: { zh: "意外事故", en: "Accident" } },
      { value: "disaster", label: { zh: "灾害", en: "Disaster" } },
      { value: "low_income", label: { zh: "收入低", en: "Low income" } },
    ],
  });

/** What excludes, what makes a difference, and the months of work, to be ticked where it is so. */
export const commonTicks = (common: CommonPolicy, workMonths: number): readonly Tick[] => [
  {
    name: "casualty",
    label: {
      zh: "家里有人在灾害、重大事故、疫情或公共安全事件中伤亡",
      en: "Somebody of the household was hurt or killed in a disaster, major accident, epidemic or public-security event",
    },
  },
  {
    name: "homes",
    label: {
      zh: `家庭住房超过 ${common.homesMax} 套`,
      en: `The household owns more than ${common.homesMax} home(s)`,
    },
  },
  {
    name: "business",
    label: {
      zh: "有商铺，或者雇人经营",
      en: "Owns shop premises, or employs others in a business",
    },
  },
  {
    name: "schooling",
    label: {
      zh: `子女上收费超过公办学校 ${common.highFeeSchoolFactor} 倍的学校，或自费留学`,
      en: `A child is in a school that takes more than ${common.highFeeSchoolFactor} times a public school's fee, or abroad at own cost`,
    },
  },
  {
    name: "short_work",
    label: {
      zh: `在本单位（本市）连续工作不满 ${workMonths} 个月`,
      en: `Fewer than ${workMonths} months of continuous work here`,
    },
  },
  {
    name: "conduct",
    label: {
      zh: "困难是打架斗殴、交通肇事、酗酒、赌博、吸毒等造成的",
      en: "The hardship comes from fighting, a traffic offence, drink, gambling or drugs",
    },
  },
];

/**
 * The common facts that follow: what isn't asked is taken at its best, and said so on the page. Never stored,
 * never sent: the names and numbers in it are empty.
 */
export const commonFactsOf = (
  given: PreCheckGiven,
  limits: Pick<CommonPolicy, "homesMax"> & { readonly workMonths: number },
  cause: CommonFacts["cause"],
): CommonFacts => {
  const rigid = (causes: readonly CommonFacts["cause"][]): Fen =>
    causes.includes(cause) ? given.rigidFen : zeroFen;
  return {
    applicantName: "",
    applicantIdNumber: "",
    phone: "",
    email: "",
    address: "",
    unitId: "",
    unionMember: true,
    employmentMonths: limits.workMonths - (given.ticked("short_work") ? 1 : 0),
    householdSize: given.people,
    members: [],
    annualIncome: given.incomeFen,
    // In one sum: it counts for what the cause says, so that the cause is borne out by it.
    medicalExpense: rigid(["illness"]),
    educationExpense: rigid(["schooling"]),
    disabilityExpense: zeroFen,
    employmentExpense: zeroFen,
    careExpense: rigid(["accident", "disaster", "low_income", "conduct"]),
    netLoss: given.netLossFen,
    designatedEventCasualty: given.ticked("casualty"),
    cause: given.ticked("conduct") ? "conduct" : cause,
    homes: limits.homesMax + (given.ticked("homes") ? 1 : 0),
    ownsBusiness: given.ticked("business"),
    highFeeSchool: given.ticked("schooling"),
    hasVehicle: false,
    financialAssets: zeroFen,
    bankName: "",
    bankCardNumber: "",
    consentMeansCheck: true,
    consentSensitiveData: true,
    consentPublicNotice: true,
    consentGuardian: false,
  };
};

/** The common policy of a day with the months of work that a programme asks for. */
export const limitsOn = (
  { appliedOn, pack }: PolicyDay,
  workMonths: (common: CommonPolicy) => number,
): CommonPolicy & { readonly workMonths: number } => {
  const common = commonPolicyOn(pack, appliedOn);
  return { ...common, workMonths: workMonths(common) };
};
