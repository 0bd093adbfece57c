/** What to know before applying for critical-illness aid (policy 3.3, 8.4). */
import { money } from "#shared/domain/form.ts";
import {
  commonExclusions,
  meansConditions,
  plainAmount,
  upToAmount,
  workConditions,
  type Guide,
  type GuideAmount,
} from "#shared/domain/guide.ts";
import { inForce } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import type { PreCheck } from "#shared/domain/pre-check.ts";
import {
  commonFactsOf,
  commonQuestions,
  commonTicks,
  limitsOn,
} from "#shared/domain/pre-check-questions.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { maxFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { assess } from "./assess.ts";
import { programmeId, type Band, type CriticalIllnessFigures, type Lane } from "./policy.ts";

const figuresOn = ({ appliedOn, pack }: PolicyDay): CriticalIllnessFigures =>
  inForce(programmePolicies<CriticalIllnessFigures>(pack, programmeId), appliedOn).figures;

const bandWords = ({ aboveFen, percent }: Band, next: Band | undefined): Text => {
  const above = plainAmount(aboveFen);
  if (!next) {
    return {
      zh: `超过 ${above.zh}的部分 ${percent}%`,
      en: `${percent} % of the part above ${above.en}`,
    };
  }
  const upTo = plainAmount(next.aboveFen);
  return {
    zh: `${above.zh}到 ${upTo.zh}的部分 ${percent}%`,
    en: `${percent} % of the part from ${above.en} to ${upTo.en}`,
  };
};

const laneAmount = ({ bands, capFen }: Lane, whom: Text): GuideAmount => {
  const parts = bands.map((band, place) => bandWords(band, bands[place + 1]));
  return {
    whom,
    amount: upToAmount(capFen),
    more: {
      zh: `个人自付${parts.map(({ zh }) => zh).join("，")}`,
      en: parts.map(({ en }) => en).join(", "),
    },
  };
};

const preCheck = (day: PolicyDay): PreCheck => {
  const limits = limitsOn(day, ({ employmentMonthsFiled }) => employmentMonthsFiled);
  const { lookbackMonths } = figuresOn(day);
  const { rigidExpense, ...common } = commonQuestions();
  return {
    fields: {
      ...common,
      patientCost: money({
        label: {
          zh: `患者近${lookbackMonths}个月住院、门诊，报销后自己付了多少（元）`,
          en: `What the patient's treatment of the last ${lookbackMonths} months cost you yourselves (yuan)`,
        },
        hint: {
          zh: "医保目录内的费用，减去医保、大病保险、商业保险、职工互助保障和民政救助",
          en: "In the insurance catalogue, less basic and other insurance, union mutual aid and other aid",
        },
      }),
      ...(rigidExpense
        ? {
            rigidExpense: {
              ...rigidExpense,
              label: {
                zh: "除了患者看病，这12个月的上学、残疾照料等必要支出一共多少（元）",
                en: "Other necessary expenses of these 12 months in all, such as schooling or care (yuan)",
              },
            },
          }
        : {}),
    },
    ticks: commonTicks(limits, limits.workMonths),
    assess: (given, context) =>
      assess(
        {
          ...commonFactsOf(given, limits, "illness"),
          patientName: "",
          patientIdNumber: "",
          diagnosis: "",
          accidentDate: null,
          treatmentFrom: context.appliedOn,
          treatmentTo: context.appliedOn,
          invoiceNumbers: "",
          totalBill: given.own["patientCost"] as Fen,
          basicInsurance: zeroFen,
          seriousIllnessInsurance: zeroFen,
          supplementaryInsurance: zeroFen,
          mutualAid: zeroFen,
          otherAid: zeroFen,
        },
        context,
      ),
  };
};

export const guide: Guide = {
  upTo: (day) => {
    const { filed, temporary } = figuresOn(day);
    return upToAmount(maxFen(filed.capFen, temporary.capFen));
  },
  amounts: (day) => {
    const { filed, temporary } = figuresOn(day);
    return [
      laneAmount(filed, { zh: "已建困难职工档案", en: "With a hardship file" }),
      laneAmount(temporary, { zh: "没有档案（临时困难）", en: "Without one" }),
    ];
  },
  amountNotes: (day) => {
    const { minimumFen, lookbackMonths } = figuresOn(day);
    const least = plainAmount(minimumFen);
    return [
      {
        zh: `“个人自付”是近${lookbackMonths}个月医保目录内的费用，减去医保、互助保障和其他救助；超过起付线的，至少救助 ${least.zh}，不超过自付数。`,
        en: `It goes by the cost of the last ${lookbackMonths} months in the insurance catalogue that insurance, mutual aid and other aid left to you; above the threshold at least ${least.en}, never more than you paid.`,
      },
      { zh: "每名患者每年一次。", en: "Once a patient and year." },
    ];
  },
  who: (day) => {
    const { filed, temporary } = figuresOn(day);
    const [low, high] = [filed, temporary].map(({ bands }) => plainAmount(bands[0].aboveFen));
    return [
      {
        zh: `职工本人或共同生活的家庭成员患大病，个人自付超过 ${low?.zh}（没有困难职工档案的超过 ${high?.zh}）；`,
        en: `The worker or a member of the household is gravely ill, and more than ${low?.en} were left to you (${high?.en} without a hardship file);`,
      },
      ...workConditions(day, ({ employmentMonthsFiled }) => employmentMonthsFiled),
    ];
  },
  means: meansConditions,
  notFor: commonExclusions,
  preCheck,
  notRenewed: [
    "diagnosis",
    "accidentDate",
    "treatmentFrom",
    "treatmentTo",
    "invoiceNumbers",
    "totalBill",
    "basicInsurance",
    "seriousIllnessInsurance",
    "supplementaryInsurance",
    "mutualAid",
    "otherAid",
  ],
};
