import * as fc from "fast-check";
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { awardOf, type AwardLimit, type AwardTerms } from "#shared/domain/award.ts";
import { commonPolicies } from "#workflows/policy-pack.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { inForce } from "#shared/domain/policy.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { fen, percentOf, yuan, zeroFen, type Fen } from "#shared/kernel/money.ts";

const common = inForce(commonPolicies, localDate("2026-07-20")).figures;

const limit = (rule: string, figureFen: Fen): AwardLimit => ({
  rule,
  clause: "8.1",
  title: { zh: "限额", en: "limit" },
  figureFen,
});

const flat = (amountFen: Fen, over: Partial<AwardTerms> = {}): AwardTerms => ({
  rate: { hundredths: percentOf(amountFen, 100), steps: [] },
  fundOrder: ["CENTRAL", "UNION"],
  ...over,
});

const history = (over: Partial<AwardHistory>): AwardHistory => ({ ...noHistory, ...over });
const amountOf = (terms: AwardTerms, past: AwardHistory = noHistory) =>
  awardOf(terms, common, past).amountFen;
const appliedRules = (terms: AwardTerms, past: AwardHistory = noHistory) =>
  awardOf(terms, common, past)
    .steps.filter(({ outcome }) => outcome === "applied")
    .map(({ rule }) => rule);

test("without any limit in its way the rate is the award", () => {
  const award = awardOf(flat(yuan(5_000)), common, noHistory);
  expect(award).toMatchObject({ amountFen: yuan(5_000), refusal: null });
  expect(award.fundOrder).toEqual(["CENTRAL", "UNION"]);
});

test("the rate is rounded down to whole yuan before anything else", () => {
  // 20 % of 2,555.55 is 511.11.
  const terms = {
    ...flat(zeroFen),
    rate: { hundredths: percentOf(yuan(2_555.55), 20), steps: [] },
  };
  expect(amountOf(terms)).toBe(yuan(511));
  expect(appliedRules(terms)).toEqual(["rounding", "fund.split"]);
});

test("a minimum raises the rounded rate, and the cap may then hold it down again", () => {
  const minimum = limit("minimum", yuan(500));
  expect(amountOf(flat(yuan(499.99), { minimum }))).toBe(yuan(500));
  expect(amountOf(flat(yuan(501), { minimum }))).toBe(yuan(501));
  const cap = { ...limit("cap", yuan(20_000)), usedFen: yuan(19_700) };
  expect(amountOf(flat(yuan(200), { minimum, cap }))).toBe(yuan(300));
});

test("of a programme's cap only what earlier awards left counts", () => {
  const cap = (used: number) => ({ ...limit("cap", yuan(20_000)), usedFen: yuan(used) });
  expect(amountOf(flat(yuan(5_000), { cap: cap(15_000) }))).toBe(yuan(5_000));
  expect(amountOf(flat(yuan(5_000), { cap: cap(15_001) }))).toBe(yuan(4_999));
  expect(awardOf(flat(yuan(5_000), { cap: cap(20_000) }), common, noHistory).refusal?.code).toBe(
    "CAP_EXHAUSTED",
  );
});

test("what was given for the same cause is taken off after the programme's cap", () => {
  // Cap first: 12,400 → 10,000; then less 2,000 is 8,000. The other way round it would be 10,000.
  const cap = { ...limit("cap", yuan(10_000)), usedFen: zeroFen };
  const past = history({ sameCauseFen: yuan(2_000), householdYearFen: yuan(2_000) });
  expect(amountOf(flat(yuan(12_400), { cap }), past)).toBe(yuan(8_000));
});

test("a same-cause award as large as this one leaves nothing, a fen less leaves a fen", () => {
  expect(amountOf(flat(yuan(5_000)), history({ sameCauseFen: yuan(4_999.99) }))).toBe(fen(1));
  const none = awardOf(flat(yuan(5_000)), common, history({ sameCauseFen: yuan(5_000) }));
  expect(none).toMatchObject({ amountFen: 0, fundOrder: [], refusal: { code: "CAP_EXHAUSTED" } });
});

test("an award of which nothing is left is looked for in no fund", () => {
  const terms = flat(yuan(2_000), { fundOrder: ["SWN", "UNION"] });
  const award = awardOf(terms, common, history({ sameCauseFen: yuan(2_000) }));
  expect(award.steps.at(-1)?.rule).toBe("sameCauseOffset");
});

test("a policy without the same-cause offset takes nothing off", () => {
  const lenient = { ...common, sameCauseOffset: false };
  const past = history({ sameCauseFen: yuan(5_000) });
  expect(awardOf(flat(yuan(5_000)), lenient, past).amountFen).toBe(yuan(5_000));
});

test("the household's 30,000 a year cut the last award and then refuse the next", () => {
  expect(amountOf(flat(yuan(5_000)), history({ householdYearFen: yuan(25_000) }))).toBe(
    yuan(5_000),
  );
  expect(amountOf(flat(yuan(5_000)), history({ householdYearFen: yuan(25_000.01) }))).toBe(
    yuan(4_999.99),
  );
  const spent = awardOf(flat(yuan(5_000)), common, history({ householdYearFen: yuan(30_000) }));
  expect(spent.refusal?.code).toBe("CAP_EXHAUSTED");
});

test("the self-paid ceiling comes after the household's cap", () => {
  const selfPaidCeiling = limit("ceiling", yuan(400));
  const past = history({ householdYearFen: yuan(29_000) });
  expect(appliedRules(flat(yuan(5_000), { selfPaidCeiling }), past)).toEqual([
    "household.annualCap",
    "ceiling",
    "fund.split",
  ]);
  expect(amountOf(flat(yuan(5_000), { selfPaidCeiling }), past)).toBe(yuan(400));
});

test("the fund is chosen by the amount before its own limits, which come last", () => {
  // 5,000 is too much for one award of SWN, so it is passed over; cut to 3,000 by the household's cap it is not.
  const terms = flat(yuan(5_000), { fundOrder: ["SWN", "UNION"] });
  expect(awardOf(terms, common, noHistory).fundOrder).toEqual(["UNION"]);
  const cut = awardOf(terms, common, history({ householdYearFen: yuan(27_000) }));
  expect(cut).toMatchObject({ amountFen: yuan(3_000), fundOrder: ["SWN", "UNION"] });
});

test("a fund's yearly limit used up refuses the award as exhausted", () => {
  const terms = flat(yuan(2_000), { fundOrder: ["SWN", "UNION"] });
  const past = history({ personYearByFundFen: { SWN: yuan(6_000) } });
  expect(awardOf(terms, common, past).refusal?.code).toBe("CAP_EXHAUSTED");
});

test("every step of the order is told in the order it was taken", () => {
  const terms = {
    ...flat(zeroFen),
    rate: { hundredths: percentOf(yuan(2_555.55), 20), steps: [] },
    minimum: limit("minimum", yuan(600)),
    cap: { ...limit("cap", yuan(590)), usedFen: zeroFen },
    selfPaidCeiling: limit("ceiling", yuan(300)),
    fundOrder: ["SWN"] as const,
  };
  const past = history({
    sameCauseFen: yuan(50),
    householdYearFen: yuan(29_600),
    personYearByFundFen: { SWN: yuan(5_800) },
  });
  // 511.11 → 511 → 600 → 590 → 540 → 400 → 300 → 200.
  expect(amountOf(terms, past)).toBe(yuan(200));
  expect(appliedRules(terms, past)).toEqual([
    "rounding",
    "minimum",
    "cap",
    "sameCauseOffset",
    "household.annualCap",
    "ceiling",
    "fund.perPersonYearMax",
    "fund.split",
  ]);
});

test("a programme without funds is a mistake in its policy", () => {
  expect(() => awardOf(flat(yuan(1), { fundOrder: [] }), common, noHistory)).toThrow(
    InvariantBroken,
  );
});

const amount = fc.integer({ min: 0, max: 5_000_000 }).map(fen);
const anyTerms = fc.record({
  hundredths: fc.integer({ min: 0, max: 500_000_000 }),
  minimum: amount,
  cap: amount,
  used: amount,
  ceiling: amount,
  fundOrder: fc.shuffledSubarray<FundCode>(
    ["CENTRAL", "FISCAL_MATCH", "UNION", "DONATION", "SWN"],
    {
      minLength: 1,
    },
  ),
});
const anyHistory = fc.record({
  householdYearFen: amount,
  sameCauseFen: amount,
  programmeYearFen: amount,
  programmeYearCount: fc.integer({ min: 0, max: 5 }),
  personYearByFundFen: fc.record({ SWN: amount, UNION: amount }),
});

test("an award never exceeds any of its caps, whatever the figures", () => {
  fc.assert(
    fc.property(anyTerms, anyHistory, (figures, past) => {
      const terms: AwardTerms = {
        rate: { hundredths: figures.hundredths, steps: [] },
        minimum: limit("minimum", figures.minimum),
        cap: { ...limit("cap", figures.cap), usedFen: figures.used },
        selfPaidCeiling: limit("ceiling", figures.ceiling),
        fundOrder: figures.fundOrder,
      };
      const award = awardOf(terms, common, past);
      const given = award.amountFen;
      expect(given).toBeGreaterThanOrEqual(0);
      expect(award.refusal === null).toBe(given > 0);
      expect(award.fundOrder.length > 0).toBe(given > 0);
      if (given === 0) return;
      expect(given * 100).toBeLessThanOrEqual(Math.max(figures.hundredths, figures.minimum * 100));
      expect(given + figures.used).toBeLessThanOrEqual(figures.cap);
      expect(given + past.householdYearFen).toBeLessThanOrEqual(yuan(30_000));
      expect(given).toBeLessThanOrEqual(figures.ceiling);
      for (const fund of award.fundOrder.filter((code) => code === "SWN")) {
        expect(given).toBeLessThanOrEqual(yuan(3_000));
        expect(given + (past.personYearByFundFen[fund] ?? 0)).toBeLessThanOrEqual(yuan(6_000));
      }
    }),
    { numRuns: 3_000 },
  );
});

test("more spent before never means a larger award now, in the same fund", () => {
  fc.assert(
    fc.property(amount, amount, amount, (rate, before, more) => {
      const terms = flat(rate, { fundOrder: ["UNION"] });
      const less = amountOf(terms, history({ householdYearFen: fen(before + more) }));
      expect(less).toBeLessThanOrEqual(amountOf(terms, history({ householdYearFen: before })));
    }),
  );
});
