import fc from "fast-check";
import { expect, test } from "vitest";
import { chineseCapitals, fen } from "#shared/kernel/money.ts";
import { inCapitals, saidOf } from "#shared/web/browser/amount-words.ts";

test("what the browser says in capitals is what a voucher says, for every amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (amount) => {
      expect(`人民币${inCapitals(amount)}`).toBe(chineseCapitals(fen(amount)));
    }),
    { numRuns: 2_000 },
  );
  for (const amount of [0, 1, 10, 100, 1_000, 10_050_00, 100_050_00, 1_000_000_01, 110_000_00]) {
    expect(`人民币${inCapitals(amount)}`).toBe(chineseCapitals(fen(amount)));
  }
});

test("a year's amount is told with its tens of thousands and its month", () => {
  expect(saidOf("54000", "year", "zh-CN")).toBe("伍万肆仟元整，5.4 万元，平均每月约 4,500 元");
  expect(saidOf("54000", "year", "en")).toBe("54,000 yuan, about 4,500 a month");
  expect(saidOf("1409.50", "once", "zh-CN")).toBe("壹仟肆佰零玖元伍角整");
  expect(saidOf("1409.50", "once", "en")).toBe("1,409.50 yuan");
});

test.each(["", "abc", "1,000", "-1", "1.234", "１００", "99999999999"])(
  "%s: nothing is said of what the form doesn't take",
  (typed) => {
    expect(saidOf(typed, "year", "zh-CN")).toBe("");
  },
);
