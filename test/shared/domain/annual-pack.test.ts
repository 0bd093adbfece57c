import { expect, test } from "vitest";
import { ties, yearPassing } from "#shared/domain/annual-pack.ts";
import {
  caseTransfer,
  grantTransfer,
  orderTransfer,
  refundTransfer,
  type Transfer,
} from "#shared/domain/ledger.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aFund } from "#test/support/cases.ts";

const union = "union" as FundId;
const id = "SN0000000001" as ApplicationId;
const noon = (day: string) => instant(`${day}T04:00:00Z`);
const said = (amountYuan: number, day: string) => ({
  fundId: union,
  amountFen: yuan(amountYuan),
  at: noon(day),
});

/**
 * The year 2026 of a fund: 1,000 carried in from 2025, of which 200 were reserved then; 500 come in and 100 from another
 * fund, 50 leave for another, 30 go back to their source; the 200 are paid, 20 of it comes back, 300 more are reserved
 * and 100 of that released. In 2027 the 200 that are left reserved are paid.
 */
const transfers: readonly Transfer[] = [
  grantTransfer("G1", said(1000, "2025-11-01")),
  caseTransfer(id, 1, { kind: "reserve", ...said(200, "2025-12-31") }),
  grantTransfer("G2", said(500, "2026-01-01")),
  orderTransfer("O1:1", "V", { kind: "allot_in", ...said(100, "2026-02-01") }),
  orderTransfer("O2:1", "V", { kind: "allot_out", ...said(50, "2026-02-02") }),
  orderTransfer("O3:1", "V", { kind: "give_back", ...said(30, "2026-02-03") }),
  caseTransfer(id, 1, { kind: "post", ...said(200, "2026-03-01") }),
  refundTransfer(id, 1, "S1", said(20, "2026-04-01")),
  caseTransfer(id, 2, { kind: "reserve", ...said(300, "2026-05-01") }),
  caseTransfer(id, 2, { kind: "release", ...said(100, "2026-12-31") }),
  caseTransfer(id, 2, { kind: "post", ...said(200, "2027-01-01") }),
];

const fund = {
  ...aFund("union", "UNION"),
  grantedFen: yuan(1520),
  availableFen: yuan(1140),
  reservedFen: fen(0),
  paidFen: yuan(380),
};

const year = () => {
  const passing = yearPassing({ from: localDate("2026-01-01"), to: localDate("2026-12-31") });
  for (const transfer of transfers) passing.note(transfer);
  return passing.fundYear(fund);
};

test("a fund's year from opening to closing, as worked out by hand", () => {
  const { opening, closing, kinds } = year();
  expect(opening).toEqual({
    grantedFen: yuan(1000),
    availableFen: yuan(800),
    reservedFen: yuan(200),
    paidFen: fen(0),
  });
  expect(closing).toEqual({
    grantedFen: yuan(1520),
    availableFen: yuan(1140),
    reservedFen: yuan(200),
    paidFen: yuan(180),
  });
  expect(Object.fromEntries([...kinds].map(([kind, { sumFen }]) => [kind, sumFen / 100]))).toEqual({
    grant: 500,
    allot_in: 100,
    allot_out: 50,
    give_back: 30,
    post: 200,
    refund: 20,
    reserve: 300,
    release: 100,
  });
  expect(ties(year())).toBe(true);
});

test("a fen too much on the fund's row, or a transfer that is missing, and the year doesn't tie", () => {
  expect(ties({ ...year(), fund: { ...fund, availableFen: fen(fund.availableFen + 1) } })).toBe(
    false,
  );
  for (const missing of transfers) {
    const passing = yearPassing({ from: localDate("2026-01-01"), to: localDate("2026-12-31") });
    for (const transfer of transfers) if (transfer !== missing) passing.note(transfer);
    expect(ties(passing.fundYear(fund)), missing.kind).toBe(false);
  }
});

test("a fund in which nothing moved ties to nothing", () => {
  const passing = yearPassing({ from: localDate("2026-01-01"), to: localDate("2026-12-31") });
  expect(ties(passing.fundYear(aFund("new", "SWN")))).toBe(true);
});
