import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hardshipOf } from "#shared/domain/category.ts";
import { commonPolicies, livingStandards } from "#workflows/policy-pack.ts";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { householdOf, type Household } from "#shared/domain/means.ts";
import { inForce } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, yuan } from "#shared/kernel/money.ts";

const day = localDate("2026-07-20");
const rules = {
  common: inForce(commonPolicies, day).figures,
  livingStandardFen: inForce(livingStandards, day).figures.monthlyFen,
};

/** L is 1,062.00. One person: 12L = 12,744; 24L = 25,488; 36L = 38,232. */
const household = (over: Partial<Household>): Household => ({
  ...householdOf(exampleHousehold),
  people: 1,
  incomeFen: yuan(200_000),
  causeDocumented: false,
  ...over,
});

const categoryOf = (over: Partial<Household>) => hardshipOf(household(over), rules, true).category;
const testsMade = (over: Partial<Household>) =>
  hardshipOf(household(over), rules, true)
    .steps.map(({ rule }) => rule)
    .filter((rule) => !rule.startsWith("exclusion.") && !rule.startsWith("flag."));

test.each([
  [12_743.99, "DEEP"],
  [12_744, "RELATIVE"],
  [25_487.99, "RELATIVE"],
  [25_488, null],
])("one person with %d yuan left in a year: both limits are strict", (left, category) => {
  expect(categoryOf({ incomeFen: yuan(left) })).toBe(category);
});

test("rigid expenditure is taken off first, and more than the income leaves severe hardship", () => {
  // 40,000 − 27,256.01 = 12,743.99, a fen below 12L; with 27,256.00 it is 12,744.00, the limit itself.
  expect(categoryOf({ incomeFen: yuan(40_000), rigidFen: yuan(27_256.01) })).toBe("DEEP");
  expect(categoryOf({ incomeFen: yuan(40_000), rigidFen: yuan(27_256) })).toBe("RELATIVE");
  expect(categoryOf({ incomeFen: yuan(1_000), rigidFen: yuan(90_000) })).toBe("DEEP");
});

test("seven people, where a head's share is no whole fen: the whole sum is compared", () => {
  // 12 · 7 · 1,062 = 89,208 and 24 · 7 · 1,062 = 178,416.
  expect(categoryOf({ people: 7, incomeFen: yuan(89_207.99) })).toBe("DEEP");
  expect(categoryOf({ people: 7, incomeFen: yuan(89_208) })).toBe("RELATIVE");
  expect(categoryOf({ people: 7, incomeFen: yuan(178_415.99) })).toBe("RELATIVE");
  expect(categoryOf({ people: 7, incomeFen: yuan(178_416) })).toBe(null);
});

test("P may print as the limit and still lie below it, for it is printed and not compared", () => {
  // 76,463.99 ÷ 12 ÷ 3 = 2,123.9997…, which prints as 2,124.00 = 2L.
  const found = hardshipOf(household({ people: 3, incomeFen: yuan(76_463.99) }), rules, true);
  const step = found.steps.find(({ rule }) => rule === "relative.maxP");
  expect(found.category).toBe("RELATIVE");
  expect(step?.inputs["perCapitaYuan"]).toBe("2,124.00");
  expect(step?.threshold).toBe(yuan(76_464));
});

test.each([
  // 80 % of 100,000 is 80,000, which is not more than 80 %.
  [100_000, 80_000, null],
  [100_000, 80_000.01, "ACCIDENT"],
  [99_999.99, 80_000, "ACCIDENT"],
])("income %d, net loss %d: more than 80 %% is needed", (income, loss, category) => {
  expect(categoryOf({ incomeFen: yuan(income), netLossFen: yuan(loss) })).toBe(category);
});

test("zero income: any loss is more than 80 % of it, no loss is not", () => {
  // Rigid expenditure can't be below zero, so a household without income is in severe hardship anyway;
  // rules without that limit show the comparison itself.
  const noDeep = { ...rules, common: { ...rules.common, deepFactor: 0, relativeFactor: 0 } };
  const without = { incomeFen: fen(0), causeDocumented: false };
  expect(hardshipOf(household({ ...without, netLossFen: fen(1) }), noDeep, true).category).toBe(
    "ACCIDENT",
  );
  expect(hardshipOf(household({ ...without, netLossFen: fen(0) }), noDeep, true).category).toBe(
    null,
  );
});

test("a casualty of a designated event needs no loss", () => {
  expect(categoryOf({ designatedEventCasualty: true })).toBe("ACCIDENT");
});

test.each([
  [38_232, true, "TEMPORARY"],
  [38_232.01, true, null],
  [38_232, false, null],
])("gross income %d, cause documented %s: 3L is included", (income, causeDocumented, category) => {
  expect(categoryOf({ incomeFen: yuan(income), causeDocumented })).toBe(category);
});

test("temporary hardship looks at the income before rigid expenditure", () => {
  // 60,000 less 30,000 leaves 30,000: not below 25,488; the gross 60,000 is above 38,232.
  const facts = { incomeFen: yuan(60_000), rigidFen: yuan(30_000), causeDocumented: true };
  expect(categoryOf(facts)).toBe(null);
});

test("the tests stop at the first that is met, in the policy's order", () => {
  const all = [
    "deep.maxP",
    "relative.maxP",
    "accident.netLossRatio",
    "temporary.grossPerCapitaMax",
  ];
  const heavyLoss = { netLossFen: yuan(190_000), designatedEventCasualty: true };
  expect(testsMade({ ...heavyLoss, incomeFen: yuan(1_000) })).toEqual(all.slice(0, 1));
  expect(testsMade({ ...heavyLoss, incomeFen: yuan(20_000) })).toEqual(all.slice(0, 2));
  expect(testsMade({ ...heavyLoss, incomeFen: yuan(30_000) })).toEqual(all.slice(0, 3));
  expect(testsMade({ incomeFen: yuan(30_000), causeDocumented: true })).toEqual(all);
});

test("whoever is in no category is refused as not in hardship, and told what to do", () => {
  const found = hardshipOf(household({}), rules, true);
  expect(found.refusal?.code).toBe("NOT_IN_HARDSHIP");
  expect(found.refusal?.suggests?.zh).toBeTruthy();
});

test("exclusion goes before every category, and no category is tested after it", () => {
  const found = hardshipOf(household({ incomeFen: yuan(1), homes: 2 }), rules, true);
  expect(found.category).toBe(null);
  expect(found.refusal?.code).toBe("EXCLUDED_PROPERTY");
  expect(testsMade({ incomeFen: yuan(1), homes: 2 })).toEqual([]);
});

test("flags go with the finding and change no category", () => {
  const found = hardshipOf(household({ incomeFen: yuan(1), hasVehicle: true }), rules, true);
  expect(found.category).toBe("DEEP");
  expect(found.flags).toHaveLength(1);
});

test("the category agrees with exact rational arithmetic for any figures", () => {
  const amount = fc.integer({ min: 0, max: 40_000_000 });
  const people = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      people,
      fc.boolean(),
      (income, rigid, loss, n, documented) => {
        const left = BigInt(income) - BigInt(rigid);
        const year = 12n * BigInt(n) * 106_200n;
        const expected =
          left < year
            ? "DEEP"
            : left < 2n * year
              ? "RELATIVE"
              : 100n * BigInt(loss) > 80n * BigInt(income)
                ? "ACCIDENT"
                : BigInt(income) <= 3n * year && documented
                  ? "TEMPORARY"
                  : null;
        const facts = {
          people: n,
          incomeFen: fen(income),
          rigidFen: fen(rigid),
          netLossFen: fen(loss),
          causeDocumented: documented,
        };
        expect(categoryOf(facts)).toBe(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

const unfiled = (over: Partial<Household>) => hardshipOf(household(over), rules, false);

test.each([
  [{ incomeFen: yuan(12_743.99), causeDocumented: true }, "深度困难职工"],
  [{ incomeFen: yuan(12_744), causeDocumented: true }, "相对困难职工"],
  [{ incomeFen: yuan(30_000), netLossFen: yuan(24_000.01), causeDocumented: true }, "意外致困职工"],
])(
  "without a file %j is temporary hardship only, and a flag says what it would be",
  (over, name) => {
    const found = unfiled(over);
    expect(found.category).toBe("TEMPORARY");
    expect(found.flags.map(({ zh }) => zh)).toEqual([expect.stringContaining(`达到${name}标准`)]);
    expect(found.steps.find(({ rule }) => rule === "archive.valid")).toMatchObject({
      outcome: "flagged",
    });
  },
);

test("without a file and below a filed line, but not even temporary: have a file opened", () => {
  // 100,000 of income are above 36 L, 95,000 of rigid expenditure leave 5,000: severe hardship with a file.
  const found = unfiled({
    incomeFen: yuan(100_000),
    rigidFen: yuan(95_000),
    causeDocumented: true,
  });
  expect(found.refusal?.code).toBe("NOT_FILED");
  expect(found.refusal?.suggests?.zh).toContain("建立困难职工档案");
  // Within 36 L, but nothing bears the cause out.
  expect(unfiled({ incomeFen: yuan(1_000) }).refusal?.code).toBe("NOT_FILED");
});

test("without a file and above every line there is no hardship, and exclusions come first", () => {
  expect(unfiled({}).refusal?.code).toBe("NOT_IN_HARDSHIP");
  expect(unfiled({ incomeFen: yuan(1), homes: 2 }).refusal?.code).toBe("EXCLUDED_PROPERTY");
});

test("who is temporary with a file is temporary without one, and nothing is flagged for it", () => {
  const over = { incomeFen: yuan(25_488), causeDocumented: true };
  expect(unfiled(over)).toEqual(hardshipOf(household(over), rules, true));
});

test("a file never makes things worse, and without one there is no filed category", () => {
  const order = ["DEEP", "RELATIVE", "ACCIDENT", "TEMPORARY", null];
  const amount = fc.integer({ min: 0, max: 40_000_000 });
  fc.assert(
    fc.property(amount, amount, amount, fc.boolean(), (income, rigid, loss, documented) => {
      const over = {
        incomeFen: fen(income),
        rigidFen: fen(rigid),
        netLossFen: fen(loss),
        causeDocumented: documented,
      };
      const [filed, without] = [categoryOf(over), unfiled(over).category];
      expect(["TEMPORARY", null]).toContain(without);
      expect(order.indexOf(filed)).toBeLessThanOrEqual(order.indexOf(without));
    }),
    { numRuns: 2_000 },
  );
});
