import { expect, test } from "vitest";
import { fillAmounts, matchByPayee, type PaidTo } from "#shared/domain/return-match.ts";
import type { NamedReturnLine } from "#shared/domain/return-profile.ts";
import { fen } from "#shared/kernel/money.ts";

const line = (changes: Partial<NamedReturnLine> = {}): NamedReturnLine => ({
  line: 2,
  reference: "",
  account: "6222021234567890128",
  name: "王芳",
  amountFen: fen(500_000),
  amountLeftOut: false,
  result: "paid",
  failureCode: "other",
  ...changes,
});
const payment = (reference: string, changes: Partial<PaidTo> = {}): PaidTo => ({
  reference,
  amountFen: fen(500_000),
  name: "王芳",
  cardNumber: "6222021234567890128",
  ...changes,
});

const referenceOf = (one: NamedReturnLine, payments: readonly PaidTo[]): string | undefined =>
  matchByPayee([one], payments)[0]?.reference;

test("a line is the one payment's that has its account, name and amount", () => {
  const payments = [payment("A"), payment("B", { cardNumber: "6222021234567890136" })];
  expect(referenceOf(line(), payments)).toBe("A");
  const uighur = payment("C", { name: "阿依古丽·买买提" });
  for (const name of [
    "阿依古丽•买买提",
    "阿依古丽.买买提",
    "阿依古丽 · 买买提",
    "阿依古丽・买买提",
  ]) {
    expect(referenceOf(line({ name }), [uighur])).toBe("C");
  }
});

test.each([
  ["another account", { account: "6222021234567890144" }],
  ["an account with its middle masked", { account: "6222****0128" }],
  ["another name", { name: "王方" }],
  ["no name", { name: "" }],
  ["another amount", { amountFen: fen(500_001) }],
  ["no amount", { amountFen: null }],
])("a line with %s is nobody's, and no reference of ours", (_name, changes) => {
  expect(referenceOf(line(changes), [payment("A")])).toBe("?");
});

test("a line that fits two payments is nobody's", () => {
  expect(referenceOf(line(), [payment("A"), payment("B")])).toBe("?");
});

test("a line with a reference keeps it, whatever else it says", () => {
  expect(referenceOf(line({ reference: "B" }), [payment("A")])).toBe("B");
});

test("two lines on one payment both get its reference: settling lists them as doubled", () => {
  const matched = matchByPayee([line(), line({ line: 3, result: "failed" })], [payment("A")]);
  expect(matched.map(({ reference }) => reference)).toEqual(["A", "A"]);
});

test("only an amount that was left out is filled in, and only of a payment that there is", () => {
  const payments = [payment("A", { amountFen: fen(7) })];
  const leftOut = { amountFen: null, amountLeftOut: true };
  const filled = fillAmounts(
    [
      line({ reference: "A", ...leftOut }),
      line({ reference: "A", amountFen: null }),
      line({ reference: "X", ...leftOut }),
    ],
    payments,
  );
  expect(filled.map(({ amountFen }) => amountFen)).toEqual([7, null, null]);
});
