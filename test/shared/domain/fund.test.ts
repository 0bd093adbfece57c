import { expect, test } from "vitest";
import {
  codeOfSource,
  emptyFund,
  fundSources,
  fundTitles,
  plainTerms,
  termsOf,
  type FundCode,
} from "#shared/domain/fund.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { monday } from "#test/support/cases.ts";

test("every source of money has its place in the policy's order, and every place a source", () => {
  const codes = new Set(fundSources.map((source) => codeOfSource[source]));
  expect([...codes].toSorted()).toEqual(Object.keys(fundTitles).toSorted());
  for (const code of Object.keys(fundTitles) as FundCode[]) {
    expect(codeOfSource[plainTerms(code).source]).toBe(code);
  }
});

test("a new fund is open, holds nothing, and its terms are what it was opened with", () => {
  const terms = { ...plainTerms("SWN"), year: 2026, useOrder: 3 };
  const fund = emptyFund("swn-2026" as FundId, terms, monday);
  expect(fund).toMatchObject({ open: true, frozen: null, grantedFen: 0, paidFen: 0 });
  expect(fundFault(fund)).toBeNull();
  expect(termsOf(fund)).toEqual(terms);
});
