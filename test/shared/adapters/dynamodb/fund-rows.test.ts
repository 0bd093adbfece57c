import { expect, test } from "vitest";
import { toItem } from "#shared/adapters/dynamodb/client.ts";
import { fundOf, fundPuts, termsUpdates } from "#shared/adapters/dynamodb/fund-rows.ts";
import { plainTerms, type FundTerms } from "#shared/domain/fund.ts";
import { fen } from "#shared/kernel/money.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { aFund } from "#test/support/cases.ts";

const wordy: FundTerms = {
  ...plainTerms("DONATION"),
  name: { zh: "捐".repeat(40), en: "d".repeat(80) },
  unitId: "chengdong" as UnitId,
  year: 2026,
  earmark: {
    programmes: ["golden-autumn", "emergency"],
    categories: ["DEEP", "RELATIVE"],
    files: "filed",
    purpose: "助".repeat(100),
  },
  reserveLineFen: fen(123_456),
};

test("a fund is read from its two rows as it was written", () => {
  const fund = { ...aFund("a"), ...wordy, termsVersion: 3, grantedFen: fen(5), paidFen: fen(5) };
  const [listed, balances] = fundPuts(fund);
  if (!("put" in listed) || !("put" in balances)) throw new Error("a new fund is put");
  expect(fundOf(balances.put, listed.put)).toEqual(fund);
});

test("the row that every reservation writes stays within one write unit, however wordy the terms", () => {
  const largest = fen(1_000_000_000_000);
  const sums = { grantedFen: largest, availableFen: largest, reservedFen: largest };
  const [, balances] = fundPuts({ ...aFund("f".repeat(64)), ...wordy, ...sums });
  if (!("put" in balances)) throw new Error("a new fund is put");
  expect(JSON.stringify(toItem(balances.put)).length).toBeLessThan(1_024);
});

test("terms are changed over the version that was read, a fund without versions counting as the first", () => {
  const change = (termsVersion: number) => {
    const [first] = termsUpdates({ ...aFund("a"), termsVersion }, wordy);
    if (!first || !("update" in first)) throw new Error("the balances' row is updated");
    return first.change;
  };
  expect(change(0).expression).toContain("attribute_not_exists(termsVersion)");
  expect(change(4)).toMatchObject({
    expression: "termsVersion = :read",
    values: { ":read": 4, ":next": 5, ":line": 123_456 },
  });
});
