import * as fc from "fast-check";
import { expect, test } from "vitest";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import {
  addFen,
  chineseCapitals,
  displayYuan,
  fen,
  floorHundredthsToYuan,
  maxFen,
  minFen,
  parseYuan,
  percentOf,
  plainYuan,
  subtractFen,
  timesFen,
  yuan,
  zeroFen,
} from "#shared/kernel/money.ts";

const largest = 1_000_000_000_000;
const anyFen = fc.integer({ min: -largest, max: largest }).map(fen);
const anyVoucherFen = fc.integer({ min: 0, max: largest }).map(fen);

test.each([
  [600, "人民币陆佰元整"],
  [5_000, "人民币伍仟元整"],
  [10_600, "人民币壹万零陆佰元整"],
  [20_000, "人民币贰万元整"],
  [100_050, "人民币壹拾万零伍拾元整"],
  [1_409.5, "人民币壹仟肆佰零玖元伍角整"],
  [325.04, "人民币叁佰贰拾伍元零肆分"],
  [16_409.02, "人民币壹万陆仟肆佰零玖元零贰分"],
  [10, "人民币壹拾元整"],
  [0.56, "人民币伍角陆分"],
])("%d yuan is written %s in capitals (policy 6)", (amount, capitals) => {
  expect(chineseCapitals(yuan(amount))).toBe(capitals);
});

test.each([
  [0, "人民币零元整"],
  [0.05, "人民币伍分"],
  [0.5, "人民币伍角整"],
  [1, "人民币壹元整"],
  // The annex lets the 零 be left out when 万 or 元 is zero and the next place is not.
  [107_000.53, "人民币壹拾万柒仟元伍角叁分"],
  [1_680.32, "人民币壹仟陆佰捌拾元叁角贰分"],
  [6_007.14, "人民币陆仟零柒元壹角肆分"],
  [1_000_000, "人民币壹佰万元整"],
  [100_000_001, "人民币壹亿零壹元整"],
])("%d yuan, an edge of the rule, is written %s", (amount, capitals) => {
  expect(chineseCapitals(yuan(amount))).toBe(capitals);
});

const digits = "零壹贰叁肆伍陆柒捌玖";
const units: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1_000 };

/** An independent reader of capitals: what a teller does. */
const readWholeYuan = (words: string): number => {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of words) {
    const value = digits.indexOf(character);
    if (value >= 0) digit = value;
    else if (character === "万" || character === "亿") {
      const factor = character === "万" ? 10_000 : 100_000_000;
      if (factor > 10_000) total = (total + section + digit) * factor;
      else total += (section + digit) * factor;
      section = 0;
      digit = 0;
    } else {
      section += digit * (units[character] ?? Number.NaN);
      digit = 0;
    }
  }
  return total + section + digit;
};

const readCapitals = (capitals: string): number => {
  const match =
    /^人民币(?:(?<whole>[^元角分整]+)元)?零?(?:(?<jiao>[^元角分整])角)?(?:(?<cents>[^元角分整])分)?整?$/u.exec(
      capitals,
    );
  const part = (name: string): number => Math.max(0, digits.indexOf(match?.groups?.[name] ?? "零"));
  if (!match) throw new Error("these are no capitals");
  return readWholeYuan(match.groups?.["whole"] ?? "") * 100 + part("jiao") * 10 + part("cents");
};

test("capitals read back by a teller's rules give the same fen", () => {
  fc.assert(
    fc.property(anyVoucherFen, (amount) => {
      expect(readCapitals(chineseCapitals(amount))).toBe(amount);
    }),
    { numRuns: 1_000 },
  );
});

test("capitals end in 整 after 元 and after 角, and never after 分", () => {
  fc.assert(
    fc.property(anyVoucherFen, (amount) => {
      expect(chineseCapitals(amount).endsWith("整")).toBe(amount % 10 === 0);
    }),
  );
});

test("no voucher carries a negative amount", () => {
  expect(() => chineseCapitals(fen(-1))).toThrow(InvariantBroken);
});

test("what is written in yuan is read back as the same fen", () => {
  fc.assert(
    fc.property(anyVoucherFen, (amount) => {
      expect(parseYuan(plainYuan(amount))).toBe(amount);
    }),
  );
});

test.each([
  "",
  "-1",
  "1,000",
  "１００",
  "0.001",
  "1e9",
  "NaN",
  "Infinity",
  "1.",
  ".5",
  "+1",
  "99999999999",
])("%j is not read as an amount", (typed) => {
  expect(parseYuan(typed)).toBeNull();
});

test.each([
  ["54000", 5_400_000],
  ["54000.5", 5_400_050],
  [" 0.01 ", 1],
  ["0", 0],
  ["10000000000", largest],
])("%j is read as %d fen", (typed, amount) => {
  expect(parseYuan(typed)).toBe(amount);
});

test("an amount above 10 billion yuan is not read", () => {
  expect(parseYuan("10000000000.01")).toBe(null);
});

test.each([0.5, Number.NaN, Infinity, largest + 1, 2 ** 53])("%d is no money", (amount) => {
  expect(() => fen(amount)).toThrow(InvariantBroken);
});

test("money is never minus zero", () => {
  expect(Object.is(fen(-0), 0)).toBe(true);
});

test("money is neither made nor lost by adding and taking away", () => {
  const parts = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }).map(fen), { maxLength: 50 });
  fc.assert(
    fc.property(parts, (amounts) => {
      const total = addFen(...amounts);
      expect(amounts.reduce((left, amount) => subtractFen(left, amount), total)).toBe(0);
      expect(addFen(...amounts.toReversed())).toBe(total);
    }),
  );
});

test("the smaller and the larger of two amounts are together the two amounts", () => {
  const half = fc.integer({ min: -largest / 2, max: largest / 2 }).map(fen);
  fc.assert(
    fc.property(half, half, (one, other) => {
      expect(addFen(minFen(one, other), maxFen(one, other))).toBe(addFen(one, other));
    }),
  );
});

test("rounding down to yuan loses less than a yuan and never adds", () => {
  const amount = fc.integer({ min: 0, max: 10_000_000_000 }).map(fen);
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 100 }), (base, percent) => {
      const exact = percentOf(base, percent);
      const rounded = floorHundredthsToYuan(exact);
      expect(rounded % 100).toBe(0);
      expect(exact - rounded * 100).toBeGreaterThanOrEqual(0);
      expect(exact - rounded * 100).toBeLessThan(10_000);
    }),
  );
});

test("20 % of 2,555.55 yuan is 511.11, which is 511 in whole yuan", () => {
  expect(floorHundredthsToYuan(percentOf(yuan(2_555.55), 20))).toBe(yuan(511));
});

test("money is multiplied by whole numbers and rated in whole per cent only", () => {
  expect(timesFen(yuan(1_062), 36)).toBe(yuan(38_232));
  expect(() => timesFen(yuan(1), 1.5)).toThrow(InvariantBroken);
  expect(() => percentOf(yuan(1), 0.5)).toThrow(InvariantBroken);
});

test("figures for people have separators, figures for banks have none", () => {
  expect(displayYuan(yuan(1_234_567.8))).toBe("1,234,567.80");
  expect(plainYuan(yuan(1_234_567.8))).toBe("1234567.80");
  expect(displayYuan(fen(-123_456))).toBe("-1,234.56");
  expect(displayYuan(zeroFen)).toBe("0.00");
});

test("figures for people and for banks differ by the separators only", () => {
  fc.assert(
    fc.property(anyFen, (amount) => {
      expect(displayYuan(amount).replaceAll(",", "")).toBe(plainYuan(amount));
    }),
  );
});
