/**
 * The year's close (年终结转, policy 5 year rule): funds of a year stop taking new awards, and what is left goes into
 * next year's fund or back to its source. What was reserved before is still paid or released; what comes back after
 * the close is swept by closing once more.
 */
import { invariant } from "../kernel/assert.ts";
import type { FundId } from "../kernel/ids.ts";
import { termsOf, type Fund, type FundTerms } from "./fund.ts";
import { closingLinesMax, type OpenedFund, type OrderLine } from "./fund-order.ts";

const yearAtEnd = /-\d{4}$/u;

/** The id of a fund's successor: "central-2026" is followed by "central-2027". */
export const nextYearId = (id: FundId, year: number): FundId =>
  `${id.replace(yearAtEnd, "")}-${year + 1}` as FundId;

const yearInName = (name: string, year: number): string =>
  name.includes(String(year)) ? name.replace(String(year), String(year + 1)) : name;

/** The terms of next year's fund: the same, a year on. */
export const nextYearTerms = (fund: FundTerms): FundTerms => {
  const { year, name } = fund;
  invariant(year !== null, "only a fund of a year has a next one");
  return {
    ...fund,
    year: year + 1,
    name: { zh: yearInName(name.zh, year), en: yearInName(name.en, year) },
  };
};

/** What there is to close of a year: funds that still take awards, and closed ones to which money has come back. */
export const toClose = (funds: readonly Fund[], year: number): readonly Fund[] =>
  funds
    .filter((fund) => fund.year === year && (fund.open || fund.availableFen > 0))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** The lines of a close by what is left now, of as many funds as one order takes. */
export const closingLines = (funds: readonly Fund[], year: number): readonly OrderLine[] =>
  toClose(funds, year)
    .slice(0, closingLinesMax)
    .map((fund) => ({
      fromFundId: fund.id,
      toFundId: fund.carryOver ? nextYearId(fund.id, year) : null,
      amountFen: fund.availableFen,
    }));

/** The same lines with what is left in each fund at this moment. */
export const closingLinesNow = (
  lines: readonly OrderLine[],
  funds: readonly Fund[],
): readonly OrderLine[] =>
  lines.map((line) => {
    const fund = funds.find(({ id }) => id === line.fromFundId);
    invariant(fund, "a close empties funds that are there");
    return { ...line, amountFen: fund.availableFen };
  });

/** Next year's funds that a close needs and that aren't there. */
export const openedByClose = (
  lines: readonly OrderLine[],
  funds: readonly Fund[],
): readonly OpenedFund[] => {
  const known = new Set(funds.map(({ id }) => id));
  const opened = new Map<FundId, OpenedFund>();
  for (const { fromFundId, toFundId } of lines) {
    if (toFundId === null || known.has(toFundId)) continue;
    const from = funds.find(({ id }) => id === fromFundId);
    invariant(from, "a close empties funds that are there");
    const { payingAccount } = from;
    opened.set(toFundId, { id: toFundId, terms: nextYearTerms(termsOf(from)), payingAccount });
  }
  return [...opened.values()];
};
