import type * as z from "zod";
import { expect, test } from "vitest";
import { choice } from "#shared/domain/form.ts";
import {
  calendarDay,
  days,
  fundLimits,
  fundOrder,
  monthDay,
  optionOf,
  paperRules,
  percent,
  positiveAmount,
  programmeShape,
  season,
} from "#shared/domain/policy-schema.ts";
import { yuan } from "#shared/kernel/money.ts";

const codesOf = (schema: z.ZodType, value: unknown): readonly string[] => {
  const read = schema.safeParse(value);
  return read.success
    ? []
    : read.error.issues.map(({ code, message }) => (code === "custom" ? message : code));
};

test("a percentage is a whole number from 0 to 100", () => {
  expect([0, 100].flatMap((value) => codesOf(percent, value))).toEqual([]);
  expect(codesOf(percent, -1)).toEqual(["too_small"]);
  expect(codesOf(percent, 101)).toEqual(["too_big"]);
  expect(codesOf(percent, 12.5)).not.toEqual([]);
});

test("a limit is 0 to 400 days, which is as far as deadlines are computed", () => {
  expect([0, 400].flatMap((value) => codesOf(days, value))).toEqual([]);
  expect(codesOf(days, 401)).toEqual(["too_big"]);
});

test("an amount above nothing begins with a fen", () => {
  expect(positiveAmount.parse("0.01")).toBe(yuan(0.01));
  expect(codesOf(positiveAmount, "0")).toEqual(["not_above_zero"]);
});

test("days exist, and a month and day exists every year", () => {
  expect(codesOf(calendarDay, "2028-02-29")).toEqual([]);
  expect(codesOf(calendarDay, "2027-02-29")).toEqual(["not_a_day"]);
  expect(codesOf(monthDay, "02-28")).toEqual([]);
  expect(codesOf(monthDay, "02-29")).toEqual(["not_a_month_and_day"]);
  expect(codesOf(monthDay, "7-1")).toEqual(["not_a_month_and_day"]);
});

test("a season closes on its first day or later", () => {
  expect(codesOf(season, { opens: "07-01", closes: "07-01" })).toEqual([]);
  expect(codesOf(season, { opens: "07-01", closes: "06-30" })).toEqual(["window_not_in_order"]);
});

test("a fund's limit of a year is not below that of one award, and either may be open", () => {
  const limits = (award: string | null, year: string | null) => ({
    perAwardMaxYuan: award,
    perPersonYearMaxYuan: year,
  });
  expect(fundLimits.parse(limits("3000", "3000"))).toEqual({
    perAwardMaxFen: yuan(3_000),
    perPersonYearMaxFen: yuan(3_000),
  });
  expect(codesOf(fundLimits, limits("3000", "2999.99"))).toEqual(["limits_not_in_order"]);
  expect(codesOf(fundLimits, limits(null, "1"))).toEqual([]);
  expect(codesOf(fundLimits, limits("1", null))).toEqual([]);
});

test("funds are known ones, one at least", () => {
  expect(codesOf(fundOrder, ["SWN", "UNION"])).toEqual([]);
  expect(codesOf(fundOrder, ["GOLD"])).toEqual(["invalid_value"]);
  expect(codesOf(fundOrder, [])).toEqual(["too_small"]);
});

test("a figure can only name what the form offers", () => {
  const label = { zh: "题", en: "Question" };
  const options = [
    { value: "one", label },
    { value: "two", label },
  ] as const;
  const field = choice({ label, options });
  expect(codesOf(optionOf(field), "two")).toEqual([]);
  expect(codesOf(optionOf(field), "three")).toEqual(["invalid_value"]);
});

const paper = (over: object) => [
  { kind: "proof", title: { zh: "证明", en: "Proof" }, required: true, ...over },
];

test("a paper has a kind, a title in both languages, and conditions of one kind each", () => {
  expect(codesOf(paperRules, paper({}))).toEqual([]);
  expect(codesOf(paperRules, paper({ when: [{ field: "cause", is: ["a", "b"] }] }))).toEqual([]);
  expect(paperRules.parse(paper({ when: [{ field: "aid", aboveYuan: "1.00" }] }))[0]?.when).toEqual(
    [{ field: "aid", aboveFen: yuan(1) }],
  );
  expect(codesOf(paperRules, paper({ kind: "Proof 1" }))).toEqual(["invalid_format"]);
  expect(codesOf(paperRules, paper({ title: { zh: "证明", en: "" } }))).toEqual(["too_small"]);
  expect(codesOf(paperRules, paper({ when: [] }))).toEqual(["too_small"]);
  expect(codesOf(paperRules, paper({ when: [{ field: "cause" }] }))).toEqual(["not_one_condition"]);
  expect(codesOf(paperRules, paper({ when: [{ field: "cause", is: "a", isNot: "b" }] }))).toEqual([
    "not_one_condition",
  ]);
});

test("places are given where they are shared by quota", () => {
  const { allocation } = programmeShape;
  expect(codesOf(allocation, { method: "quota", quotas: { chunfeng: 3 } })).toEqual([]);
  expect(codesOf(allocation, { method: "quota", quotas: {} })).toEqual(["quota_without_places"]);
  expect(codesOf(allocation, { method: "pro_rata", quotas: {} })).toEqual([]);
  expect(codesOf(allocation, { method: "by_lot", quotas: {} })).toEqual(["invalid_value"]);
  expect(codesOf(allocation, { method: "quota", quotas: { chunfeng: 1.5 } })).not.toEqual([]);
});
