/**
 * Which fund pays: one award, one fund, the first in order that may carry it (policy 8.1 `fund.split`). A fund
 * whose limit for one award is too low is passed over; its yearly limit for one person cuts the award instead.
 */
import { displayYuan, maxFen, minFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { AwardHistory, RuleStep } from "./assessment.ts";
import { fundTitles, type FundCode, type FundLimits } from "./fund.ts";

/** The order of use, and what a programme adds to the limits that the funds themselves set. */
export interface FundTerms {
  readonly fundOrder: readonly FundCode[];
  readonly fundLimits?: Readonly<Partial<Record<FundCode, FundLimits>>>;
}

export interface FundChoice {
  /** What is left of the amount under the fund's yearly limit; zero when that is used up. */
  readonly amountFen: Fen;
  /** The chosen fund, then the later ones that could carry the same amount, for when it is short of money. */
  readonly fundOrder: readonly FundCode[];
  readonly steps: readonly RuleStep[];
}

interface Carrier {
  readonly code: FundCode;
  /** At most so much in one award; null without a limit. */
  readonly perAwardMaxFen: Fen | null;
  /** At most so much a person and year, and what that still leaves this one; null without a limit. */
  readonly yearMaxFen: Fen | null;
  readonly yearLeftFen: Fen | null;
}

const stricter = (one: Fen | null, other: Fen | null): Fen | null =>
  one === null || other === null ? (one ?? other) : minFen(one, other);

const carriersOf = (
  terms: FundTerms,
  ownLimits: Readonly<Record<FundCode, FundLimits>>,
  history: AwardHistory,
): readonly Carrier[] =>
  terms.fundOrder.map((code) => {
    const [own, added] = [ownLimits[code], terms.fundLimits?.[code]];
    const yearMaxFen = stricter(own.perPersonYearMaxFen, added?.perPersonYearMaxFen ?? null);
    const usedFen = history.personYearByFundFen[code] ?? zeroFen;
    return {
      code,
      perAwardMaxFen: stricter(own.perAwardMaxFen, added?.perAwardMaxFen ?? null),
      yearMaxFen,
      yearLeftFen: yearMaxFen === null ? null : maxFen(zeroFen, subtractFen(yearMaxFen, usedFen)),
    };
  });

const carriesInOneAward = (carrier: Carrier, amountFen: Fen): boolean =>
  carrier.perAwardMaxFen === null || amountFen <= carrier.perAwardMaxFen;

const carriesInTheYear = (carrier: Carrier, amountFen: Fen): boolean =>
  carrier.yearLeftFen === null || amountFen <= carrier.yearLeftFen;

const perAwardStep = (carrier: Carrier, amountFen: Fen, does: "passedOver" | "cuts"): RuleStep => {
  const maximumFen = carrier.perAwardMaxFen ?? zeroFen;
  const title = fundTitles[carrier.code];
  const [amount, maximum] = [displayYuan(amountFen), displayYuan(maximumFen)];
  return {
    rule: "fund.perAwardMax",
    inputs: { fund: carrier.code, amountFen },
    threshold: maximumFen,
    outcome: does === "cuts" ? "applied" : "missed",
    clause: "8.1 amount order, fund choice; 5 (F5)",
    says:
      does === "cuts"
        ? {
            zh: `没有可足额承担的资金，按${title.zh}单次上限减为 ${maximum} 元。`,
            en: `No fund may carry it whole; cut to the single-award limit of the ${title.en}, ${maximum} yuan.`,
          }
        : {
            zh: `${amount} 元超过${title.zh}单次上限 ${maximum} 元，改用下一项资金。`,
            en: `${amount} yuan is above the single-award limit of the ${title.en}, ${maximum}; the next fund is looked at.`,
          },
  };
};

const yearStep = (carrier: Carrier, amountFen: Fen, leftFen: Fen): RuleStep => {
  const title = fundTitles[carrier.code];
  const cut = leftFen < amountFen;
  const left = displayYuan(leftFen);
  return {
    rule: "fund.perPersonYearMax",
    inputs: {
      fund: carrier.code,
      maximumFen: carrier.yearMaxFen ?? leftFen,
      beforeFen: amountFen,
      afterFen: minFen(amountFen, leftFen),
    },
    threshold: leftFen,
    outcome: cut ? "applied" : "met",
    clause: "8.1 amount order, fund choice; 5 (F5)",
    says: {
      zh: `${title.zh}本人本年度还可发放 ${left} 元：${cut ? `减为 ${left} 元` : "未超出"}。`,
      en: `The ${title.en} may still pay this person ${left} yuan this year: ${cut ? `cut to ${left}` : "kept"}.`,
    },
  };
};

/**
 * The person's year with the fund is used up, or cuts the award. Read literally, policy 8.1 then reduces the award
 * and looks at no other fund; a person should know that a later one could have carried it (docs/adr/0013).
 */
const laterFundStep = (carrier: Carrier, amountFen: Fen, later: Carrier): RuleStep => {
  const [title, other] = [fundTitles[carrier.code], fundTitles[later.code]];
  const amount = displayYuan(amountFen);
  return {
    rule: "fund.laterCouldPay",
    inputs: { fund: carrier.code, later: later.code, amountFen },
    threshold: null,
    outcome: "flagged",
    clause: "8.1 amount order, fund choice; docs/adr/0013",
    says: {
      zh: `${title.zh}的个人年度上限减少了这笔救助；后一项资金${other.zh}可以足额承担 ${amount} 元，请审批人知悉。`,
      en: `The yearly personal limit of the ${title.en} reduced this award; the ${other.en}, a later fund of the order, could carry all ${amount} yuan. For the approver to know.`,
    },
  };
};

const choiceStep = (fund: FundCode, amountFen: Fen): RuleStep => ({
  rule: "fund.split",
  inputs: { fund, amountFen },
  threshold: null,
  outcome: "applied",
  clause: "8.1 fund.split (INF)",
  says: {
    zh: `由${fundTitles[fund].zh}列支 ${displayYuan(amountFen)} 元。`,
    en: `${displayYuan(amountFen)} yuan from the ${fundTitles[fund].en}.`,
  },
});

/** When no fund may carry an award whole, the one that may carry most of it does. */
const largest = (carriers: readonly Carrier[]): Carrier | undefined =>
  carriers.toSorted((one, other) => (other.perAwardMaxFen ?? 0) - (one.perAwardMaxFen ?? 0))[0];

/**
 * The fund of an award: chosen by the amount before the fund's limits, which then may cut it (policy 8.1).
 * `amountFen` is above zero and `terms` name one fund at least.
 */
export const chooseFund = (
  amountFen: Fen,
  terms: FundTerms,
  common: { readonly fundLimits: Readonly<Record<FundCode, FundLimits>> },
  history: AwardHistory,
): FundChoice => {
  const carriers = carriersOf(terms, common.fundLimits, history);
  const whole = carriers.find((carrier) => carriesInOneAward(carrier, amountFen));
  const chosen = whole ?? largest(carriers);
  if (!chosen) return { amountFen: zeroFen, fundOrder: [], steps: [] };
  const place = carriers.indexOf(chosen);
  const passedOver = whole ? carriers.slice(0, place) : [];
  const steps = passedOver.map((carrier) => perAwardStep(carrier, amountFen, "passedOver"));
  let carriedFen = amountFen;
  if (!whole) {
    steps.push(perAwardStep(chosen, amountFen, "cuts"));
    carriedFen = chosen.perAwardMaxFen ?? amountFen;
  }
  if (chosen.yearLeftFen !== null) {
    steps.push(yearStep(chosen, carriedFen, chosen.yearLeftFen));
    const couldPay = carriers
      .slice(place + 1)
      .find((one) => carriesInOneAward(one, carriedFen) && carriesInTheYear(one, carriedFen));
    if (couldPay && chosen.yearLeftFen < carriedFen) {
      steps.push(laterFundStep(chosen, carriedFen, couldPay));
    }
    carriedFen = minFen(carriedFen, chosen.yearLeftFen);
  }
  if (carriedFen <= 0) return { amountFen: zeroFen, fundOrder: [], steps };
  const later = carriers
    .slice(place + 1)
    .filter((one) => carriesInOneAward(one, carriedFen) && carriesInTheYear(one, carriedFen));
  const fundOrder = [chosen.code, ...later.map((carrier) => carrier.code)];
  return {
    amountFen: carriedFen,
    fundOrder,
    steps: [...steps, choiceStep(chosen.code, carriedFen)],
  };
};
