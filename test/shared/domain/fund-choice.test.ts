import { expect, test } from "vitest";
import { noHistory } from "#shared/domain/assessment.ts";
import { commonPolicies } from "#workflows/policy-pack.ts";
import { chooseFund } from "#shared/domain/fund-choice.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { inForce } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, yuan } from "#shared/kernel/money.ts";

const common = inForce(commonPolicies, localDate("2026-07-20")).figures;

const choose = (amount: number, fundOrder: readonly FundCode[], paidBySwn = 0) =>
  chooseFund(yuan(amount), { fundOrder }, common, {
    ...noHistory,
    personYearByFundFen: { SWN: yuan(paidBySwn) },
  });

test("the first fund of the order pays, and the later ones stand by", () => {
  expect(choose(5_000, ["CENTRAL", "FISCAL_MATCH", "UNION"])).toMatchObject({
    amountFen: yuan(5_000),
    fundOrder: ["CENTRAL", "FISCAL_MATCH", "UNION"],
  });
});

test("3,000 is exactly what one award of the Winter Warmth fund may be", () => {
  expect(choose(3_000, ["SWN", "UNION"]).fundOrder).toEqual(["SWN", "UNION"]);
  expect(choose(3_000.01, ["SWN", "UNION"]).fundOrder).toEqual(["UNION"]);
});

test("a fund that is passed over is named with the reason", () => {
  const passedOver = choose(3_000.01, ["SWN", "UNION"]).steps[0];
  expect(passedOver).toMatchObject({
    rule: "fund.perAwardMax",
    outcome: "missed",
    threshold: yuan(3_000),
    inputs: { fund: "SWN", amountFen: yuan(3_000.01) },
  });
});

test("the fund's yearly limit for a person cuts the award instead", () => {
  expect(choose(3_000, ["SWN", "UNION"], 3_000).amountFen).toBe(yuan(3_000));
  expect(choose(3_000, ["SWN", "UNION"], 3_000.01).amountFen).toBe(yuan(2_999.99));
  expect(choose(3_000, ["SWN", "UNION"], 3_000.01).fundOrder).toEqual(["SWN", "UNION"]);
  expect(choose(3_000, ["SWN", "UNION"], 6_000)).toMatchObject({ amountFen: 0, fundOrder: [] });
});

test("cut by a person's year, the approver is told of a later fund that could carry it whole; not cut, nothing is said", () => {
  const flagged = (amount: number, order: readonly FundCode[], paidBySwn: number) =>
    choose(amount, order, paidBySwn).steps.filter(({ outcome }) => outcome === "flagged");
  expect(flagged(3_000, ["SWN", "UNION"], 6_000)).toMatchObject([
    {
      rule: "fund.laterCouldPay",
      inputs: { fund: "SWN", later: "UNION", amountFen: yuan(3_000) },
    },
  ]);
  expect(flagged(3_000, ["SWN", "UNION"], 3_000.01)).toHaveLength(1);
  expect(flagged(3_000, ["SWN", "UNION"], 3_000)).toEqual([]);
  expect(flagged(3_000, ["SWN"], 6_000)).toEqual([]);
});

test("a fund used beyond its limit, before the limit was lowered, gives nothing and no negative sum", () => {
  expect(choose(3_000, ["SWN"], 7_000).amountFen).toBe(0);
});

test("a later fund stands by only if both its limits leave room for the whole award", () => {
  expect(choose(2_000, ["UNION", "SWN", "DONATION"]).fundOrder).toEqual([
    "UNION",
    "SWN",
    "DONATION",
  ]);
  expect(choose(2_000, ["UNION", "SWN", "DONATION"], 4_000.01).fundOrder).toEqual([
    "UNION",
    "DONATION",
  ]);
  expect(choose(3_500, ["UNION", "SWN", "DONATION"]).fundOrder).toEqual(["UNION", "DONATION"]);
});

test("when no fund may carry it whole, the one that may carry most carries that much", () => {
  const limits = {
    fundLimits: {
      ...common.fundLimits,
      UNION: { perAwardMaxFen: yuan(4_000), perPersonYearMaxFen: null },
    },
  };
  const choice = chooseFund(yuan(5_000), { fundOrder: ["SWN", "UNION"] }, limits, noHistory);
  expect(choice).toMatchObject({ amountFen: yuan(4_000), fundOrder: ["UNION"] });
});

test("of the fund's and the programme's limits the stricter holds", () => {
  const terms = (perAwardMax: number) => ({
    fundOrder: ["SWN", "UNION"] as const,
    fundLimits: { SWN: { perAwardMaxFen: yuan(perAwardMax), perPersonYearMaxFen: yuan(1) } },
  });
  expect(chooseFund(yuan(2_500), terms(2_000), common, noHistory).fundOrder).toEqual(["UNION"]);
  expect(chooseFund(yuan(3_500), terms(9_000), common, noHistory).fundOrder).toEqual(["UNION"]);
  expect(chooseFund(yuan(2_500), terms(9_000), common, noHistory).amountFen).toBe(yuan(1));
});

test("one fen is an award too", () => {
  expect(chooseFund(fen(1), { fundOrder: ["SWN"] }, common, noHistory).amountFen).toBe(1);
});
