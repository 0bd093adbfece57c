import fc from "fast-check";
import { expect, test } from "vitest";
import { allotByFormula, type FormulaInputs } from "#shared/domain/allotment.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";

const share = (unit: string, households: number, standard = 1_062) => ({
  unitId: unit as UnitId,
  toFundId: `f-${unit}` as FundId,
  households,
  livingStandardFen: yuan(standard),
});

const inputs = (pot: number, kept: number, shares: FormulaInputs["shares"]): FormulaInputs => ({
  fromFundId: "city" as FundId,
  potFen: yuan(pot),
  keptBackFen: yuan(kept),
  shares,
});

const amounts = (asked: FormulaInputs): readonly number[] =>
  allotByFormula(asked).map(({ amountFen }) => amountFen / 100);

test("the pot, less what is kept back, goes by households times the local standard", () => {
  expect(amounts(inputs(100_000, 10_000, [share("a", 20), share("b", 10)]))).toEqual([
    60_000, 30_000,
  ]);
  // Half the households at twice the standard count the same.
  expect(amounts(inputs(1_000, 0, [share("a", 10, 1_000), share("b", 5, 2_000)]))).toEqual([
    500, 500,
  ]);
});

test("what doesn't divide goes to the largest remainders in whole yuan, parts of a yuan stay", () => {
  expect(amounts(inputs(100.99, 0, [share("a", 1), share("b", 1), share("c", 1)]))).toEqual([
    34, 33, 33,
  ]);
  expect(amounts(inputs(10, 0, [share("a", 1), share("b", 2)]))).toEqual([3, 7]);
});

test("nobody gets anything when nobody has a household, or when all is kept back", () => {
  expect(amounts(inputs(1_000, 0, [share("a", 0), share("b", 0)]))).toEqual([0, 0]);
  expect(amounts(inputs(1_000, 1_000, [share("a", 1)]))).toEqual([0]);
  expect(amounts(inputs(1_000, 2_000, [share("a", 1)]))).toEqual([0]);
  expect(amounts(inputs(1_000, 0, []))).toEqual([]);
});

test("whole yuan in all, to the last one; nobody is more than a yuan off; order doesn't matter", () => {
  const shares = fc.uniqueArray(
    fc.record({
      unit: fc.integer({ min: 0, max: 99 }),
      households: fc.integer({ min: 0, max: 200_000 }),
      standard: fc.integer({ min: 1, max: 5_000 }),
    }),
    { selector: ({ unit }) => unit, minLength: 1, maxLength: 24 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), shares, (pot, given) => {
      const of = (list: typeof given): FormulaInputs => ({
        ...inputs(
          0,
          0,
          list.map((one) => share(`u${one.unit}`, one.households, one.standard)),
        ),
        potFen: fen(pot),
      });
      const lines = allotByFormula(of(given));
      const sum = lines.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n);
      const weight = given.reduce(
        (total, one) => total + BigInt(one.households) * BigInt(one.standard),
        0n,
      );
      expect(sum).toBe(weight === 0n ? 0n : (BigInt(pot) / 100n) * 100n);
      for (const [index, { amountFen }] of lines.entries()) {
        const one = given[index];
        if (!one || weight === 0n) continue;
        const exact = (BigInt(pot) / 100n) * BigInt(one.households) * BigInt(one.standard) * 100n;
        const off = BigInt(amountFen) * weight - exact;
        expect(off < 100n * weight && off > -100n * weight).toBe(true);
      }
      const turned = allotByFormula(of(given.toReversed())).toReversed();
      expect(turned).toEqual(lines);
    }),
  );
});
