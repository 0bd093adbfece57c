import { expect, test } from "vitest";
import { papersFor, type PaperRule } from "#shared/domain/paper-rules.ts";
import { paperList, papersOf } from "#shared/domain/papers.ts";
import { inForce } from "#shared/domain/policy.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { commonPolicies, policyPack } from "#workflows/policy-pack.ts";

const appliedOn = localDate("2026-07-20");
const common = inForce(commonPolicies, appliedOn).figures.papers;

const kinds = (cause: string) => papersFor(common, { cause }).map(({ kind }) => kind);

test("every household brings ID cards, register and income certificates", () => {
  const required = papersFor(common, { cause: "low_income" }).filter((paper) => paper.required);
  expect(required.map(({ kind }) => kind)).toEqual([
    "id_cards",
    "hukou_book",
    "income_certificate",
  ]);
});

test("the papers follow the cause", () => {
  expect(kinds("illness")).toEqual(expect.arrayContaining(["diagnosis", "medical_settlement"]));
  expect(kinds("schooling")).toContain("school_fee_receipt");
  expect(kinds("accident")).toContain("event_proof");
  expect(kinds("disaster")).toContain("event_proof");
  expect(kinds("low_income")).not.toContain("diagnosis");
});

const paper = (kind: string, words: string, required: boolean) => ({
  kind,
  title: { zh: words, en: words },
  required,
});

const asked = (when: NonNullable<PaperRule["when"]>, facts: object): boolean =>
  papersFor([{ ...paper("a", "a", true), when }], { ...facts }).length === 1;

test("a paper counts for one value, for one of several, or for any other value", () => {
  expect(asked([{ field: "level", is: "new" }], { level: "new" })).toBe(true);
  expect(asked([{ field: "level", is: "new" }], { level: "old" })).toBe(false);
  expect(asked([{ field: "level", is: ["new", "old"] }], { level: "old" })).toBe(true);
  expect(asked([{ field: "level", isNot: "none" }], { level: "none" })).toBe(false);
  expect(asked([{ field: "level", isNot: ["none", "old"] }], { level: "new" })).toBe(true);
  expect(asked([{ field: "migrant", is: true }], { migrant: false })).toBe(false);
});

test("a paper counts above an amount, and not at it", () => {
  const above = [{ field: "aid", aboveFen: yuan(100) }];
  expect(asked(above, { aid: yuan(100) })).toBe(false);
  expect(asked(above, { aid: yuan(100.01) })).toBe(true);
  expect(asked(above, {})).toBe(false);
});

test("one of several conditions is enough", () => {
  const either = [
    { field: "one", is: true },
    { field: "other", is: true },
  ];
  expect(asked(either, { one: false, other: true })).toBe(true);
  expect(asked(either, { one: false, other: false })).toBe(false);
});

test("drawn together, a paper is asked for once, in its first words, required if any list requires it", () => {
  expect(
    paperList([paper("a", "first", false)], [paper("b", "b", false), paper("a", "second", true)]),
  ).toEqual([paper("a", "first", true), paper("b", "b", false)]);
});

const packWith = (commonPapersRequired: readonly string[] | null) => ({
  ...policyPack,
  programmes: {
    made: [
      {
        version: "made-1",
        effectiveFrom: localDate("2026-01-01"),
        figures: { papers: [paper("own", "own", true)], commonPapersRequired },
      },
    ],
  },
});

const requiredOf = (commonPapersRequired: readonly string[] | null) =>
  papersOf("made")({ cause: "low_income" }, { appliedOn, pack: packWith(commonPapersRequired) })
    .filter(({ required }) => required)
    .map(({ kind }) => kind);

test("a programme's own papers come first, then the common ones, which it may let follow later", () => {
  expect(requiredOf(null)).toEqual(["own", "id_cards", "hukou_book", "income_certificate"]);
  expect(requiredOf(["id_cards"])).toEqual(["own", "id_cards"]);
});

test("before the programme's first figures there is no list", () => {
  const day = { appliedOn: localDate("2025-12-31"), pack: packWith(null) };
  expect(() => papersOf("made")({ cause: "low_income" }, day)).toThrow(PolicyNotConfirmed);
});
