/**
 * How much, and from which fund: the amount order of policy 8.1, exactly and in this one place. Rate → down to
 * whole yuan → programme minimum → programme cap left → same-cause offset → household cap left → self-paid
 * ceiling → the fund's limits. A result of nothing is refused as CAP_EXHAUSTED.
 */
import { invariant } from "../kernel/assert.ts";
import {
  displayYuan,
  floorHundredthsToYuan,
  maxFen,
  minFen,
  subtractFen,
  zeroFen,
  type Fen,
} from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { AwardHistory, RefusalReason, RuleStep } from "./assessment.ts";
import type { CommonPolicy } from "./common-policy.ts";
import type { FundCode, FundLimits } from "./fund.ts";
import { chooseFund } from "./fund-choice.ts";

/** A figure that holds an amount down (or, as a minimum, up), with the name it has in the policy. */
export interface AwardLimit {
  readonly rule: string;
  readonly clause: string;
  readonly title: Text;
  readonly figureFen: Fen;
}

/** What a programme's own rules make of a case, before the limits that all programmes share. */
export interface AwardTerms {
  /** The rate's result in hundredths of a fen (a flat figure is 100 % of itself) and how it came about. */
  readonly rate: { readonly hundredths: number; readonly steps: readonly RuleStep[] };
  readonly minimum?: AwardLimit;
  /** The programme's cap, and what earlier awards have used of it. */
  readonly cap?: AwardLimit & {
    readonly usedFen: Fen;
    /** The cap is a household's for the year: it is then held in the store too, when the award is booked. */
    readonly householdYear?: true;
  };
  /** Never more than the person has paid (`ci.ceiling`). */
  readonly selfPaidCeiling?: AwardLimit;
  /** Funds that may pay it, in the order of use. */
  readonly fundOrder: readonly FundCode[];
  /** Limits the programme sets on a fund beside the fund's own; the stricter holds. */
  readonly fundLimits?: Readonly<Partial<Record<FundCode, FundLimits>>>;
}

export interface Award {
  readonly amountFen: Fen;
  /** The chosen fund, then the later ones of the order that could carry the award too. Empty with a refusal. */
  readonly fundOrder: readonly FundCode[];
  readonly steps: readonly RuleStep[];
  readonly refusal: RefusalReason | null;
}

/** An amount on its way through the order, with the step that was taken; null when there was nothing to do. */
interface Stage {
  readonly amountFen: Fen;
  readonly step: RuleStep | null;
}

const capExhausted: RefusalReason = {
  code: "CAP_EXHAUSTED",
  says: {
    zh: "扣除已发放的救助和各项限额后，本次没有可发放的金额。",
    en: "After earlier awards and the limits are taken off, nothing is left to pay this time.",
  },
  suggests: {
    zh: "新的年度或出现新的困难原因时，可以再次申请。",
    en: "You may apply again in a new year, or when a new cause of hardship arises.",
  },
};

const roundedDown = (hundredths: number): Stage => {
  const amountFen = floorHundredthsToYuan(hundredths);
  if (amountFen * 100 === hundredths) return { amountFen, step: null };
  const step: RuleStep = {
    rule: "rounding",
    inputs: { beforeHundredthsOfFen: hundredths, afterFen: amountFen },
    threshold: null,
    outcome: "applied",
    clause: "8.1 rounding (INF)",
    says: {
      zh: `向下取整到元：${displayYuan(amountFen)} 元。`,
      en: `Rounded down to whole yuan: ${displayYuan(amountFen)}.`,
    },
  };
  return { amountFen, step };
};

const raisedToMinimum = (amountFen: Fen, minimum: AwardLimit): Stage => {
  const raisedFen = maxFen(amountFen, minimum.figureFen);
  if (raisedFen === amountFen) return { amountFen, step: null };
  const figure = displayYuan(minimum.figureFen);
  const step: RuleStep = {
    rule: minimum.rule,
    inputs: { beforeFen: amountFen, afterFen: raisedFen },
    threshold: minimum.figureFen,
    outcome: "applied",
    clause: minimum.clause,
    says: {
      zh: `不足${minimum.title.zh} ${figure} 元，按 ${figure} 元。`,
      en: `Raised to the ${minimum.title.en}, ${figure} yuan.`,
    },
  };
  return { amountFen: raisedFen, step };
};

/** Holds an amount within what is left of a limit. The limit is named even when the amount lies within it. */
const heldWithin = (amountFen: Fen, limit: NonNullable<AwardTerms["cap"]>): Stage => {
  const leftFen = maxFen(zeroFen, subtractFen(limit.figureFen, limit.usedFen));
  const heldFen = minFen(amountFen, leftFen);
  const cut = heldFen < amountFen;
  const [figure, used, left] = [
    displayYuan(limit.figureFen),
    displayYuan(limit.usedFen),
    displayYuan(leftFen),
  ];
  const zhUse = limit.usedFen > 0 ? `，已用 ${used} 元，剩余 ${left} 元` : "";
  const enUse = limit.usedFen > 0 ? `, ${used} used, ${left} left` : "";
  const step: RuleStep = {
    rule: limit.rule,
    inputs: {
      beforeFen: amountFen,
      usedFen: limit.usedFen,
      afterFen: heldFen,
      ...(limit.householdYear ? { householdYear: true } : {}),
    },
    threshold: limit.figureFen,
    outcome: cut ? "applied" : "met",
    clause: limit.clause,
    says: {
      zh: `${limit.title.zh} ${figure} 元${zhUse}：${cut ? `减为 ${displayYuan(heldFen)} 元` : "未超出"}。`,
      en: `The ${limit.title.en} is ${figure} yuan${enUse}: ${cut ? `cut to ${displayYuan(heldFen)}` : "kept"}.`,
    },
  };
  return { amountFen: heldFen, step };
};

const lessSameCause = (amountFen: Fen, paidFen: Fen): Stage => {
  if (paidFen <= 0) return { amountFen, step: null };
  const leftFen = maxFen(zeroFen, subtractFen(amountFen, paidFen));
  const step: RuleStep = {
    rule: "sameCauseOffset",
    inputs: { beforeFen: amountFen, sameCauseFen: paidFen, afterFen: leftFen },
    threshold: null,
    outcome: "applied",
    clause: "8.1 sameCauseOffset (INF from 3.5)",
    says: {
      zh: `同一事件或疾病本年度已救助 ${displayYuan(paidFen)} 元，予以扣除，余 ${displayYuan(leftFen)} 元。`,
      en: `${displayYuan(paidFen)} yuan already given this year for the same event or illness is taken off; ${displayYuan(leftFen)} is left.`,
    },
  };
  return { amountFen: leftFen, step };
};

const householdCap = (common: CommonPolicy, history: AwardHistory) => ({
  rule: "household.annualCap",
  clause: "8.1 household.annualCap (INF)",
  title: { zh: "家庭年度救助总额上限", en: "yearly cap of a household" },
  figureFen: common.householdAnnualCapFen,
  usedFen: history.householdYearFen,
});

/** The amount before the fund's own limits: all steps of the order but the last. */
const amountBeforeFund = (
  terms: AwardTerms,
  common: CommonPolicy,
  history: AwardHistory,
): { readonly amountFen: Fen; readonly steps: readonly RuleStep[] } => {
  const { minimum, cap, selfPaidCeiling } = terms;
  const unchanged = (amountFen: Fen): Stage => ({ amountFen, step: null });
  const order: readonly ((amountFen: Fen) => Stage)[] = [
    minimum ? (amountFen) => raisedToMinimum(amountFen, minimum) : unchanged,
    cap ? (amountFen) => heldWithin(amountFen, cap) : unchanged,
    (amountFen) =>
      lessSameCause(amountFen, common.sameCauseOffset ? history.sameCauseFen : zeroFen),
    (amountFen) => heldWithin(amountFen, householdCap(common, history)),
    selfPaidCeiling
      ? (amountFen) => heldWithin(amountFen, { ...selfPaidCeiling, usedFen: zeroFen })
      : unchanged,
  ];
  const rounded = roundedDown(terms.rate.hundredths);
  const steps = [...terms.rate.steps, ...(rounded.step ? [rounded.step] : [])];
  let { amountFen } = rounded;
  for (const stage of order) {
    const result = stage(amountFen);
    if (result.step) steps.push(result.step);
    amountFen = result.amountFen;
    if (amountFen <= 0) break;
  }
  return { amountFen, steps };
};

/** The award of a case and the funds for it, by the amount order of policy 8.1. */
export const awardOf = (terms: AwardTerms, common: CommonPolicy, history: AwardHistory): Award => {
  invariant(terms.fundOrder.length > 0, "a programme names the funds that may pay");
  const before = amountBeforeFund(terms, common, history);
  const nothing = (steps: readonly RuleStep[]): Award => ({
    amountFen: zeroFen,
    fundOrder: [],
    steps,
    refusal: capExhausted,
  });
  if (before.amountFen <= 0) return nothing(before.steps);
  const chosen = chooseFund(before.amountFen, terms, common, history);
  const steps = [...before.steps, ...chosen.steps];
  if (chosen.amountFen <= 0) return nothing(steps);
  return { amountFen: chosen.amountFen, fundOrder: chosen.fundOrder, steps, refusal: null };
};
