import { expect, test } from "vitest";
import { householdPapers, paperList } from "#shared/domain/papers.ts";

const kinds = (cause: Parameters<typeof householdPapers>[0]["cause"]) =>
  householdPapers({ cause }).map(({ kind }) => kind);

test("every household brings ID cards, register and income certificates", () => {
  const required = householdPapers({ cause: "low_income" }).filter((paper) => paper.required);
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

test("drawn together, a paper is asked for once, in its first words, required if any list requires it", () => {
  const paper = (kind: string, words: string, required: boolean) => ({
    kind,
    title: { zh: words, en: words },
    required,
  });
  expect(
    paperList([paper("a", "first", false)], [paper("b", "b", false), paper("a", "second", true)]),
  ).toEqual([paper("a", "first", true), paper("b", "b", false)]);
});
