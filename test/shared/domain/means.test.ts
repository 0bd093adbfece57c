import { expect, test } from "vitest";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { differenceFen, householdOf, perCapitaYuan, type Cause } from "#shared/domain/means.ts";
import { fen, yuan } from "#shared/kernel/money.ts";

test("the five kinds of rigid expenditure are summed, and nothing else", () => {
  const household = householdOf({
    ...exampleHousehold,
    annualIncome: yuan(1_000),
    medicalExpense: fen(1),
    educationExpense: fen(20),
    disabilityExpense: fen(300),
    employmentExpense: fen(4_000),
    careExpense: fen(50_000),
    netLoss: fen(600_000),
    financialAssets: fen(7_000_000),
  });
  expect(household.rigidFen).toBe(54_321);
  expect(differenceFen(household)).toBe(100_000 - 54_321);
});

test("a programme's own medical cost and net loss stand in the place of the common ones", () => {
  const facts = { ...exampleHousehold, medicalExpense: yuan(1), netLoss: yuan(2) };
  const household = householdOf(facts, { medicalFen: yuan(44_000), netLossFen: yuan(42_000) });
  expect(household.rigidFen).toBe(yuan(44_000));
  expect(household.netLossFen).toBe(yuan(42_000));
});

test.each([
  ["illness", {}, false],
  ["illness", { medicalExpense: fen(1) }, true],
  ["illness", { disabilityExpense: fen(1) }, true],
  ["illness", { careExpense: fen(1) }, true],
  ["illness", { educationExpense: fen(1) }, false],
  ["schooling", {}, false],
  ["schooling", { educationExpense: fen(1) }, true],
  ["accident", {}, false],
  ["accident", { netLoss: fen(1) }, true],
  ["disaster", { designatedEventCasualty: true }, true],
  ["low_income", {}, true],
  ["conduct", { netLoss: fen(1) }, false],
] as const)("the cause %s with %o is borne out: %s", (cause, facts, documented) => {
  expect(householdOf({ ...exampleHousehold, ...facts, cause }).causeDocumented).toBe(documented);
});

test("a programme's own papers bear a cause out", () => {
  const facts = { ...exampleHousehold, cause: "schooling" as Cause };
  expect(householdOf(facts, { documents: ["schooling"] }).causeDocumented).toBe(true);
  expect(householdOf(facts, { documents: ["illness"] }).causeDocumented).toBe(false);
});

test.each([
  // 36,000 ÷ 36 = 1,000; 22,000 ÷ 24 = 916.666…; 70,000 ÷ 36 = 1,944.444…; 76,463.99 ÷ 36 = 2,123.9997…
  [36_000, 3, "1,000.00"],
  [22_000, 2, "916.67"],
  [70_000, 3, "1,944.44"],
  [76_463.99, 3, "2,124.00"],
  [-36_000, 3, "-1,000.00"],
])("%d yuan a year for %d people prints as %s a head and month", (amount, people, printed) => {
  expect(perCapitaYuan(yuan(amount), people)).toBe(printed);
});
