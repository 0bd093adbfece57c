import { expect, test } from "vitest";
import { caseTransfer, grantTransfer } from "#shared/domain/ledger.ts";
import {
  daysOfMonth,
  ledgerMonthsOf,
  monthEnds,
  monthsOf,
  moved,
  noBalances,
} from "#shared/domain/month-ends.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";

const fundId = "union" as FundId;
const at = instant("2026-05-04T01:00:00Z");
const one = "SN0000000001" as ApplicationId;

test("months of a period, over the end of a year, both ends included", () => {
  expect(monthsOf({ from: localDate("2025-11-30"), to: localDate("2026-02-01") })).toEqual([
    "2025-11",
    "2025-12",
    "2026-01",
    "2026-02",
  ]);
  expect(daysOfMonth("2028-02")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
});

test("a month of China begins in the ledger's month before", () => {
  expect(ledgerMonthsOf(daysOfMonth("2026-07"))).toEqual({ from: "2026-06", to: "2026-07" });
});

test("balances follow a transfer forwards and back again", () => {
  const grant = grantTransfer("G", { fundId, amountFen: yuan(100), at });
  const reserve = caseTransfer(one, 1, { kind: "reserve", fundId, amountFen: yuan(30), at });
  const after = moved(moved(noBalances, grant, 1), reserve, 1);

  expect(after).toEqual({
    grantedFen: yuan(100),
    availableFen: yuan(70),
    reservedFen: yuan(30),
    paidFen: yuan(0),
  });
  expect(moved(moved(after, reserve, -1), grant, -1)).toEqual(noBalances);
});

test("month ends go back from what the fund holds now, by what each month moved", () => {
  const now = {
    grantedFen: yuan(100),
    availableFen: yuan(20),
    reservedFen: yuan(30),
    paidFen: yuan(50),
  };
  const changes = new Map([
    ["2026-07", { ...noBalances, reservedFen: yuan(-50), paidFen: yuan(50) }],
    ["2026-06", { ...noBalances, availableFen: yuan(-80), reservedFen: yuan(80) }],
    ["2026-04", { ...noBalances, grantedFen: yuan(100), availableFen: yuan(100) }],
  ]);
  const ends = monthEnds(now, ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"], changes);

  expect(ends.get("2026-07")).toEqual(now);
  expect(ends.get("2026-06")).toMatchObject({ reservedFen: yuan(80), paidFen: yuan(0) });
  expect(ends.get("2026-05")).toMatchObject({ availableFen: yuan(100), reservedFen: yuan(0) });
  expect(ends.get("2026-04")).toMatchObject({ availableFen: yuan(100), grantedFen: yuan(100) });
  expect(ends.get("2026-03")).toEqual(noBalances);
});
