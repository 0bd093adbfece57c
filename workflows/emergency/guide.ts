/** What to know before applying for emergency relief (policy 3.4, 8.5). */
import type { RuleStep } from "#shared/domain/assessment.ts";
import { choice, optionalMoney } from "#shared/domain/form.ts";
import {
  commonExclusions,
  meansConditions,
  plainAmount,
  upToAmount,
  workConditions,
  type Guide,
} from "#shared/domain/guide.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { inForce, livingStandardOn } from "#shared/domain/policy.ts";
import { programmePolicies } from "#shared/domain/policy-pack.ts";
import type { PreCheck, PreCheckGiven } from "#shared/domain/pre-check.ts";
import {
  commonFactsOf,
  commonQuestions,
  commonTicks,
  limitsOn,
} from "#shared/domain/pre-check-questions.ts";
import type { PolicyDay } from "#shared/domain/programme.ts";
import { maxFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { advanceOf, assess } from "./assess.ts";
import { form, type EmergencyFacts, type EventKind } from "./form.ts";
import { programmeId, type EmergencyFigures } from "./policy.ts";

const figuresOn = ({ appliedOn, pack }: PolicyDay): EmergencyFigures =>
  inForce(programmePolicies<EmergencyFigures>(pack, programmeId), appliedOn).figures;

const causeOf = (kind: EventKind): CommonFacts["cause"] => {
  if (kind === "sudden_illness") return "illness";
  return kind === "disaster" || kind === "fire" ? "disaster" : "accident";
};

const factsOf = (
  given: PreCheckGiven,
  limits: ReturnType<typeof limitsOn>,
  day: PolicyDay,
): EmergencyFacts => {
  const kind = given.own["eventKind"] as EventKind;
  const harm = given.own["harm"];
  return {
    ...commonFactsOf(given, limits, causeOf(kind)),
    eventDate: day.appliedOn,
    eventKind: kind,
    affectedIdNumber: "",
    earnerDied: harm === "death",
    injuryGrade: harm === "grave_injury" ? "grade_1_4" : "none",
    homeUninhabitable: harm === "home",
    lossBeforeRelief: given.own["eventLoss"] as Fen,
    reliefReceived: zeroFen,
    migrant: false,
  };
};

/** What isn't asked, because it is about days and earlier awards, is said as the condition it is. */
const plain = ({ rule, outcome, threshold }: RuleStep): Text | null => {
  if (outcome !== "met") return null;
  if (rule === "er.applyWithinDays") {
    return {
      zh: `在事发后 ${threshold} 天内申请（请自己核对）。`,
      en: `Applied within ${threshold} days of the event (check this yourself).`,
    };
  }
  return rule === "er.perYear"
    ? {
        zh: `今年得到应急救助还不到 ${threshold} 次（请自己核对）。`,
        en: `Fewer than ${threshold} emergency awards this year (check this yourself).`,
      }
    : null;
};

const preCheck = (day: PolicyDay): PreCheck => {
  const limits = limitsOn(day, ({ employmentMonthsEmergency }) => employmentMonthsEmergency);
  return {
    fields: {
      eventKind: choice({
        label: { zh: "发生了什么事", en: "What happened?" },
        options: form.fields.eventKind.options ?? [],
      }),
      harm: choice({
        label: { zh: "最严重的后果是什么", en: "What is the worst that came of it?" },
        options: [
          {
            value: "death",
            label: { zh: "职工本人或家庭主要收入者死亡", en: "The worker or main earner died" },
          },
          {
            value: "grave_injury",
            label: { zh: "1至4级伤残或相当", en: "An injury of grade 1 to 4, or equal" },
          },
          { value: "home", label: { zh: "住房不能居住", en: "The home is uninhabitable" } },
          { value: "other", label: { zh: "其他伤病或财产损失", en: "Another injury, or a loss" } },
        ],
      }),
      eventLoss: optionalMoney({
        label: {
          zh: "损失和必要支出，扣除已得到的赔偿、保险、救助后是多少（元）",
          en: "Loss and necessary expense, after compensation, insurance and relief (yuan)",
        },
      }),
      ...commonQuestions(["netLoss"]),
    },
    ticks: commonTicks(limits, limits.workMonths),
    assess: (given, context) => assess(factsOf(given, limits, day), context),
    plain,
  };
};

export const guide: Guide = {
  upTo: (day) => {
    const { level1, level2, level3 } = figuresOn(day);
    return upToAmount(maxFen(level1.amountFen, level2.amountFen, level3.amountFen));
  },
  amounts: (day) => {
    const { level1, level2, level3 } = figuresOn(day);
    const [much, some] = [plainAmount(level2.netLossMinFen), plainAmount(level3.netLossMinFen)];
    return [
      {
        whom: {
          zh: "职工本人或家庭主要收入者因意外、灾害、工伤死亡",
          en: "The worker or main earner died by accident, disaster or at work",
        },
        amount: plainAmount(level1.amountFen),
      },
      {
        whom: {
          zh: `重度伤残、住房不能居住，或净损失达到 ${much.zh}`,
          en: `A grave injury, an uninhabitable home, or a net loss of ${much.en}`,
        },
        amount: plainAmount(level2.amountFen),
      },
      {
        whom: { zh: `其他，净损失达到 ${some.zh}`, en: `Other, with a net loss of ${some.en}` },
        amount: plainAmount(level3.amountFen),
      },
    ];
  },
  amountNotes: (day) => {
    const { advance, level1, awardsPerYearMax } = figuresOn(day);
    const livingStandardFen = livingStandardOn(day.pack.livingStandards, day.appliedOn);
    const first = plainAmount(advanceOf(level1.amountFen, livingStandardFen, advance));
    return [
      {
        zh: `先救助、后补手续：其中 ${first.zh}以内可在 ${advance.hoursMax} 小时内先行决定，其余补齐材料后发放。`,
        en: `Help first, papers later: up to ${first.en} of it can be decided within ${advance.hoursMax} hours, the rest follows the papers.`,
      },
      {
        zh: `同一事件只救助一次，每年不超过 ${awardsPerYearMax} 次。`,
        en: `Once for an event, and at most ${awardsPerYearMax} times a year.`,
      },
    ];
  },
  who: (day) => {
    const { applyWithinDays } = figuresOn(day);
    return [
      {
        zh: `因灾害、火灾、事故、工伤、突发重病等造成家庭生活困难，在事发后 ${applyWithinDays} 天内申请；`,
        en: `A disaster, fire, accident, injury at work or sudden grave illness has left the household in need; applied for within ${applyWithinDays} days;`,
      },
      ...workConditions(day, ({ employmentMonthsEmergency }) => employmentMonthsEmergency),
    ];
  },
  means: (day) => [
    ...meansConditions(day),
    {
      zh: "职工本人或家庭主要收入者因意外、灾害、工伤死亡的，不看收入。",
      en: "the worker or main earner died by accident, disaster or at work: then income doesn't matter.",
    },
  ],
  notFor: commonExclusions,
  preCheck,
  notRenewed: null,
};
