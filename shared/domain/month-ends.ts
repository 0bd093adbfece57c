/** Months of the ledger: which ones a period touches, and what a fund held at the end of each. Pure. */
import {
  addDays,
  addMonths,
  startOfDay,
  type Instant,
  type LocalDate,
} from "../kernel/calendar.ts";
import type { FundId } from "../kernel/ids.ts";
import { fen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Fund } from "./fund.ts";
import { balanceChanges, type Transfer } from "./ledger.ts";

/** Days in China, both included. */
export interface ReportPeriod {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The ledger's months (in UTC, as its rows are filed) that a period of days in China touches. */
export const ledgerMonthsOf = ({
  from,
  to,
}: ReportPeriod): { readonly from: string; readonly to: string } => {
  const monthOf = (at: Instant): string => at.slice(0, 7);
  return { from: monthOf(startOfDay(from)), to: monthOf(startOfDay(addDays(to, 1))) };
};

/** The days of a month "2026-07". */
export const daysOfMonth = (month: string): ReportPeriod => {
  const from = `${month}-01` as LocalDate;
  return { from, to: addDays(addMonths(from, 1), -1) };
};

/** A fund's balances. */
export type Balances = Pick<Fund, "grantedFen" | "availableFen" | "reservedFen" | "paidFen">;

/** A fund's balances with what a transfer changes added or, going back in time, taken away. */
export const moved = (balances: Balances, transfer: Transfer, sign: 1 | -1): Balances => {
  const change = balanceChanges(transfer);
  const by = (balance: Fen, amount: number): Fen => fen(balance + sign * amount);
  return {
    grantedFen: by(balances.grantedFen, change.granted),
    availableFen: by(balances.availableFen, change.available),
    reservedFen: by(balances.reservedFen, change.reserved),
    paidFen: by(balances.paidFen, change.paid),
  };
};

/** "2026-07" to "2026-09" as its months, both included. */
export const monthsOf = ({ from, to }: ReportPeriod): readonly string[] => {
  const months: string[] = [];
  for (let day = from.slice(0, 7); day <= to.slice(0, 7);) {
    months.push(day);
    day = addMonths(`${day}-01` as LocalDate, 1).slice(0, 7);
  }
  return months;
};

/** What moved in a fund in one month of China. */
export type MonthChanges = ReadonlyMap<string, Balances>;

export const noBalances: Balances = {
  grantedFen: zeroFen,
  availableFen: zeroFen,
  reservedFen: zeroFen,
  paidFen: zeroFen,
};

const takenFrom = (balances: Balances, changes: Balances): Balances => ({
  grantedFen: fen(balances.grantedFen - changes.grantedFen),
  availableFen: fen(balances.availableFen - changes.availableFen),
  reservedFen: fen(balances.reservedFen - changes.reservedFen),
  paidFen: fen(balances.paidFen - changes.paidFen),
});

/**
 * What a fund held at the end of each month, worked out backwards from what it holds now: so today's column is the
 * fund's own row to the fen. `months` oldest first, the last one the present.
 */
export const monthEnds = (
  now: Balances,
  months: readonly string[],
  changes: MonthChanges,
): ReadonlyMap<string, Balances> => {
  const ends = new Map<string, Balances>();
  let balances = now;
  for (const month of months.toReversed()) {
    ends.set(month, balances);
    balances = takenFrom(balances, changes.get(month) ?? noBalances);
  }
  return ends;
};

/** A fund with what it held at the end of each month. */
export interface FundMonths {
  readonly fundId: FundId;
  readonly ends: ReadonlyMap<string, Balances>;
}
