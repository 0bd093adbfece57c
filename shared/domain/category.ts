/**
 * Who is in hardship, and how deep: categories by exact integer comparison (policy 2, 8.1).
 * Test order: exclusion → deep → relative → accident → temporary → none. P is printed, never compared.
 */
import { displayYuan } from "../kernel/money.ts";
import {
  categoryTitles,
  type Category,
  type Finding,
  type RefusalReason,
  type RuleStep,
} from "./assessment.ts";
import { livingStandardMultiple, type HardshipRules } from "./common-policy.ts";
import { exclusionsOf, reviewFlags } from "./exclusion.ts";
import { differenceFen, perCapitaYuan, type Household } from "./means.ts";

/** A category, or why there is none. */
export type Hardship = Finding &
  (
    | { readonly category: Category; readonly refusal: null }
    | { readonly category: null; readonly refusal: RefusalReason }
  );

/** DEEP and RELATIVE: D < factor·n·L, strictly, so that P equal to the limit misses it (policy 8.1). */
const belowStandard =
  (rule: "deep.maxP" | "relative.maxP", zhName: string, enName: string) =>
  (household: Household, rules: HardshipRules): RuleStep => {
    const factor = rule === "deep.maxP" ? rules.common.deepFactor : rules.common.relativeFactor;
    const limitFen = livingStandardMultiple(rules.livingStandardFen, household.people, factor);
    const leftFen = differenceFen(household);
    const perCapita = perCapitaYuan(leftFen, household.people);
    const met = leftFen < limitFen;
    const [left, limit] = [displayYuan(leftFen), displayYuan(limitFen)];
    return {
      rule,
      inputs: {
        incomeFen: household.incomeFen,
        rigidFen: household.rigidFen,
        differenceFen: leftFen,
        people: household.people,
        livingStandardFen: rules.livingStandardFen,
        perCapitaYuan: perCapita,
      },
      threshold: limitFen,
      outcome: met ? "met" : "missed",
      clause: `8.1 ${rule} (H1)`,
      says: {
        zh: `家庭年收入减刚性支出为 ${left} 元（人均每月 ${perCapita} 元），${met ? "低于" : "不低于"}${zhName}线 ${limit} 元。`,
        en: `Income less rigid expenditure is ${left} yuan a year (${perCapita} a head and month), ${met ? "below" : "not below"} the line of ${enName}, ${limit} yuan.`,
      },
    };
  };

/** ACCIDENT: 100·net loss > 80·income, strictly, so that zero income works; or a designated event's casualty. */
const byAccident = (household: Household, rules: HardshipRules): RuleStep => {
  const percent = rules.common.accidentLossPercent;
  const { netLossFen, incomeFen, designatedEventCasualty } = household;
  const heavyLoss = 100 * netLossFen > percent * incomeFen;
  const loss = displayYuan(netLossFen);
  return {
    rule: "accident.netLossRatio",
    inputs: { netLossFen, incomeFen, designatedEventCasualty },
    threshold: percent,
    outcome: heavyLoss || designatedEventCasualty ? "met" : "missed",
    clause: "8.1 accident.netLossRatio (H1, H11)",
    says: designatedEventCasualty
      ? {
          zh: "家庭有灾害、重大事故、疫情或公共安全事件的伤亡者，属于意外致困。",
          en: "The household has a casualty of a disaster, major accident, epidemic or public-security event: hardship by sudden event.",
        }
      : {
          zh: `意外净损失 ${loss} 元，${heavyLoss ? "超过" : "未超过"}家庭年收入的 ${percent}%。`,
          en: `The net loss of ${loss} yuan is ${heavyLoss ? "more" : "not more"} than ${percent} % of the year's income.`,
        },
  };
};

/** TEMPORARY: income ≤ 36·n·L, inclusively and before rigid expenditure, with a documented cause. */
const forATime = (household: Household, rules: HardshipRules): RuleStep => {
  const { incomeFen, people, cause, causeDocumented } = household;
  const factor = rules.common.temporaryFactor;
  const limitFen = livingStandardMultiple(rules.livingStandardFen, people, factor);
  const within = incomeFen <= limitFen;
  const gross = perCapitaYuan(incomeFen, people);
  const [income, limit] = [displayYuan(incomeFen), displayYuan(limitFen)];
  return {
    rule: "temporary.grossPerCapitaMax",
    inputs: { incomeFen, people, grossPerCapitaYuan: gross, cause, causeDocumented },
    threshold: limitFen,
    outcome: within && causeDocumented ? "met" : "missed",
    clause: "8.1 temporary.grossPerCapitaMax (P2)",
    says: {
      zh: `家庭年收入 ${income} 元（人均每月 ${gross} 元），${within ? "不超过" : "超过"}临时困难线 ${limit} 元；致困原因${causeDocumented ? "有" : "没有"}依据。`,
      en: `The year's income of ${income} yuan (${gross} a head and month) is ${within ? "within" : "above"} the line of temporary hardship, ${limit} yuan; the cause is ${causeDocumented ? "" : "not "}borne out.`,
    },
  };
};

type CategoryTest = (household: Household, rules: HardshipRules) => RuleStep;

/** Categories that have a file, in the order of their tests: the first that is met is the household's. */
const filedTests: readonly (readonly [Exclude<Category, "TEMPORARY">, CategoryTest])[] = [
  ["DEEP", belowStandard("deep.maxP", "深度困难", "severe hardship")],
  ["RELATIVE", belowStandard("relative.maxP", "相对困难", "relative hardship")],
  ["ACCIDENT", byAccident],
];

const notInHardship: RefusalReason = {
  code: "NOT_IN_HARDSHIP",
  says: {
    zh: "按家庭收入、刚性支出和损失核算，不符合任何一类困难职工标准。",
    en: "By its income, rigid expenditure and losses the household is in none of the hardship categories.",
  },
  suggests: {
    zh: "情况变化或有漏报的支出、损失时，可补充材料后重新申请。",
    en: "If things change, or an expense or a loss was left out, apply again with the papers for it.",
  },
};

const notFiled = (category: Category): RefusalReason => ({
  code: "NOT_FILED",
  says: {
    zh: `家庭达到${categoryTitles[category].zh}标准，但没有有效的困难职工档案，又不符合临时困难条件。`,
    en: `The household meets the standard of ${categoryTitles[category].en.toLowerCase()}, but has no valid hardship file and is not in temporary hardship either.`,
  },
  suggests: {
    zh: "请先在所在工会建立困难职工档案，建档后重新核算或重新申请。",
    en: "Have a hardship file opened at your union office first; the case is then worked out anew, or apply again.",
  },
});

/** Policy fact 1, first file, then help: what a household without a valid file would be with one. */
const withoutFile = (category: Category): RuleStep => ({
  rule: "archive.valid",
  inputs: { onFile: false, standardMet: category },
  threshold: null,
  outcome: "flagged",
  clause: "8.1 archive.validMonths, fact 1 (F1, H2)",
  says: {
    zh: `家庭达到${categoryTitles[category].zh}标准，但没有有效的困难职工档案：请先建档，否则按临时困难（未建档）办理。`,
    en: `The household meets the standard of ${categoryTitles[category].en.toLowerCase()}, but has no valid hardship file: open one, or the case goes in the second lane, as temporary hardship.`,
  },
});

/** The first filed standard that is met, with every test that was made on the way to it. */
const filedStandard = (
  household: Household,
  rules: HardshipRules,
): { readonly category: Exclude<Category, "TEMPORARY"> | null; readonly steps: RuleStep[] } => {
  const steps: RuleStep[] = [];
  for (const [category, test] of filedTests) {
    const step = test(household, rules);
    steps.push(step);
    if (step.outcome === "met") return { category, steps };
  }
  return { category: null, steps };
};

/**
 * The category of a household, with every test that was made on the way to it (policy 8.1 `test order`).
 * DEEP, RELATIVE and ACCIDENT need a valid file in the hardship archive; without one (`onFile` false) the
 * household goes in the second lane and can be TEMPORARY only, and a flag says which standard it meets.
 */
export const hardshipOf = (
  household: Household,
  rules: HardshipRules,
  onFile: boolean,
): Hardship => {
  const exclusions = exclusionsOf(household, rules.common);
  const flagSteps = reviewFlags(household, rules);
  const before = [...exclusions.flatMap((finding) => finding.steps), ...flagSteps];
  const flags = flagSteps.map((step) => step.says);
  const excluded = exclusions.find((finding) => finding.refusal !== null)?.refusal;
  if (excluded) return { category: null, refusal: excluded, flags, steps: before };
  const filed = filedStandard(household, rules);
  const tested = [...before, ...filed.steps];
  if (filed.category && onFile) {
    return { category: filed.category, refusal: null, flags, steps: tested };
  }
  const unfiled = filed.category ? [withoutFile(filed.category)] : [];
  const temporary = forATime(household, rules);
  const found = {
    flags: [...flags, ...unfiled.map((step) => step.says)],
    steps: [...tested, ...unfiled, temporary],
  };
  if (temporary.outcome === "met") return { category: "TEMPORARY", refusal: null, ...found };
  const refusal = filed.category ? notFiled(filed.category) : notInHardship;
  return { category: null, refusal, ...found };
};
