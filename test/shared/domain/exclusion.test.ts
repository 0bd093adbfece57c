import { expect, test } from "vitest";
import { commonPolicies, livingStandards } from "#workflows/policy-pack.ts";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { excludedByConduct, exclusionsOf, reviewFlags } from "#shared/domain/exclusion.ts";
import { householdOf, type Household } from "#shared/domain/means.ts";
import { inForce } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";

const day = localDate("2026-07-20");
const rules = {
  common: inForce(commonPolicies, day).figures,
  livingStandardFen: inForce(livingStandards, day).figures.monthlyFen,
};
const household = (over: Partial<Household>): Household => ({
  ...householdOf(exampleHousehold),
  ...over,
});
const codes = (over: Partial<Household>) =>
  exclusionsOf(household(over), rules.common).flatMap(({ refusal }) => refusal?.code ?? []);

test.each([
  [{ homes: 0 }, []],
  [{ homes: 1 }, []],
  [{ homes: 2 }, ["EXCLUDED_PROPERTY"]],
  [{ ownsBusiness: true }, ["EXCLUDED_BUSINESS"]],
  [{ highFeeSchool: true }, ["EXCLUDED_SCHOOLING"]],
  [{ cause: "conduct" }, ["EXCLUDED_CONDUCT"]],
] as const)("a household with %o is excluded by %o", (facts, expected) => {
  expect(codes(facts)).toEqual(expected);
});

test("every exclusion is tested, in the order of policy 2.5, and each names its clause", () => {
  expect(codes({ homes: 3, ownsBusiness: true, highFeeSchool: true, cause: "conduct" })).toEqual([
    "EXCLUDED_PROPERTY",
    "EXCLUDED_BUSINESS",
    "EXCLUDED_SCHOOLING",
    "EXCLUDED_CONDUCT",
  ]);
  const clauses = exclusionsOf(household({}), rules.common).flatMap(({ steps }) => steps);
  expect(clauses.map(({ clause }) => clause.slice(0, 6))).toEqual([
    "2.5(a)",
    "2.5(b)",
    "2.5(c)",
    "2.5(d)",
  ]);
});

test("whoever is excluded is told of the objection", () => {
  const found = exclusionsOf(household({ homes: 2 }), rules.common)[0];
  expect(found?.refusal?.suggests?.zh).toContain("异议");
});

test("misconduct excludes by itself, without a look at the means", () => {
  expect(excludedByConduct({ cause: "conduct" }).refusal?.code).toBe("EXCLUDED_CONDUCT");
  expect(excludedByConduct({ cause: "accident" }).refusal).toBe(null);
});

test("a car is flagged, not refused", () => {
  expect(reviewFlags(household({ hasVehicle: true }), rules).map(({ rule }) => rule)).toEqual([
    "flag.vehicle",
  ]);
  expect(codes({ hasVehicle: true })).toEqual([]);
});

test("financial assets above 24 L a head are flagged, 24 L are not", () => {
  // Three people: 24 · 3 · 1,062 = 76,464.
  const rulesOf = (assets: number) =>
    reviewFlags(household({ people: 3, financialAssetsFen: yuan(assets) }), rules);
  expect(rulesOf(76_464)).toEqual([]);
  expect(rulesOf(76_464.01).map(({ rule, outcome }) => [rule, outcome])).toEqual([
    ["flag.financialAssetsPerCapita", "flagged"],
  ]);
});
