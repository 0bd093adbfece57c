/** One month of a fund's ledger: what it began with, each transfer with the balances after it, what it ended with. */
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer, TransferKind } from "#shared/domain/ledger.ts";
import {
  daysOfMonth,
  ledgerMonthsOf,
  moved,
  noBalances,
  type Balances,
} from "#shared/domain/month-ends.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, fen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const ledgerRowsPerPage = 50;

export interface LedgerRow {
  readonly transfer: Transfer;
  readonly after: Balances;
}

export interface KindSum {
  readonly count: number;
  readonly sumFen: Fen;
}

export interface LedgerMonth {
  readonly opening: Balances;
  readonly closing: Balances;
  /** What the page's first row starts from: the opening, or what was carried over. */
  readonly start: Balances;
  readonly sums: ReadonlyMap<TransferKind, KindSum>;
  readonly rows: readonly LedgerRow[];
  readonly count: number;
  /** The page that `rows` are, 1 the first. */
  readonly page: number;
  readonly pages: number;
}

const less = (from: Balances, by: Balances): Balances => ({
  grantedFen: fen(from.grantedFen - by.grantedFen),
  availableFen: fen(from.availableFen - by.availableFen),
  reservedFen: fen(from.reservedFen - by.reservedFen),
  paidFen: fen(from.paidFen - by.paidFen),
});

const plus = (one: Balances, other: Balances): Balances => ({
  grantedFen: addFen(one.grantedFen, other.grantedFen),
  availableFen: addFen(one.availableFen, other.availableFen),
  reservedFen: addFen(one.reservedFen, other.reservedFen),
  paidFen: addFen(one.paidFen, other.paidFen),
});

interface Passed {
  sums: Map<TransferKind, KindSum>;
  /** All that the month moved, and what it moved before the page. */
  moved: Balances;
  before: Balances;
  later: Balances;
  onPage: Transfer[];
  count: number;
}

/** Goes through the transfers from the month on, keeping those of one page and only sums of all the others. */
const passThrough = async (
  transfers: AsyncIterable<Transfer>,
  month: string,
  page: number,
): Promise<Passed> => {
  const first = (page - 1) * ledgerRowsPerPage;
  const passed: Passed = {
    sums: new Map(),
    moved: noBalances,
    before: noBalances,
    later: noBalances,
    onPage: [],
    count: 0,
  };
  for await (const transfer of transfers) {
    const filedIn = localDateOf(transfer.at).slice(0, 7);
    if (filedIn < month) continue;
    if (filedIn > month) {
      passed.later = moved(passed.later, transfer, 1);
      continue;
    }
    const { count, sumFen } = passed.sums.get(transfer.kind) ?? { count: 0, sumFen: zeroFen };
    passed.sums.set(transfer.kind, {
      count: count + 1,
      sumFen: addFen(sumFen, transfer.amountFen),
    });
    if (passed.count < first) passed.before = moved(passed.before, transfer, 1);
    else if (passed.onPage.length < ledgerRowsPerPage) passed.onPage.push(transfer);
    passed.moved = moved(passed.moved, transfer, 1);
    passed.count += 1;
  }
  return passed;
};

/**
 * A month "2026-07" of China, a page of it. Worked out backwards from the fund's own row, so that the present month ends
 * in what the fund holds; a page that isn't there is the last.
 */
export const ledgerMonth = async (
  uses: Pick<Dependencies, "clock" | "funds">,
  fund: Fund,
  month: string,
  page: number,
): Promise<LedgerMonth> => {
  const months = ledgerMonthsOf({
    from: daysOfMonth(month).from,
    to: localDateOf(uses.clock.now()),
  });
  const read = (wanted: number): Promise<Passed> =>
    passThrough(uses.funds.transfers(fund.id, months.from, months.to), month, wanted);
  let passed = await read(page);
  const pages = Math.max(1, Math.ceil(passed.count / ledgerRowsPerPage));
  const shown = Math.min(page, pages);
  if (shown !== page) passed = await read(shown);
  const closing = less(fund, passed.later);
  const opening = less(closing, passed.moved);
  const start = plus(opening, passed.before);
  let after = start;
  const rows = passed.onPage.map((transfer) => {
    after = moved(after, transfer, 1);
    return { transfer, after };
  });
  const { sums, count } = passed;
  return { opening, closing, start, sums, rows, count, page: shown, pages };
};

/** What a month moved in a fund by kind, for the list of funds. */
export const monthSums = async (
  uses: Pick<Dependencies, "clock" | "funds">,
  fund: Fund,
  month: string,
): Promise<ReadonlyMap<TransferKind, KindSum>> => (await ledgerMonth(uses, fund, month, 1)).sums;
