import { expect, test } from "vitest";
import { optionalMoney, text } from "#shared/domain/form.ts";
import {
  answerOfCards,
  cardFieldName,
  cardProblems,
  cardsIn,
  people,
  postedCards,
} from "#shared/domain/people-field.ts";
import { relationOptions, relativeFields } from "#shared/domain/relative.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";

const label = { zh: "问题", en: "Question" };
const field = people({
  label,
  fields: { name: text({ label, maxLength: 5 }), income: optionalMoney({ label }) },
  max: 2,
});

const problemOf = (typed: string): string | undefined =>
  field.schema.safeParse(typed).error?.issues[0]?.message;

test("cards are read one by one; none is an answer", () => {
  expect(field.schema.parse("")).toEqual([]);
  expect(field.schema.parse('[{"name":"王"},{"name":"李","income":"12.50"}]')).toEqual([
    { name: "王", income: zeroFen },
    { name: "李", income: yuan(12.5) },
  ]);
});

test.each([
  ["x", "card_to_mend"],
  ["{}", "card_to_mend"],
  ["[1]", "card_to_mend"],
  ['[{"name":1}]', "card_to_mend"],
  ['[{"name":"太长太长太长"}]', "card_to_mend"],
  ['[{"income":"1"}]', "card_to_mend"],
  ['[{"name":"a"},{"name":"b"},{"name":"c"}]', "too_many_people"],
  [`[${'{"name":"a"},'.repeat(2_000)}{"name":"a"}]`, "card_to_mend"],
])("%s is refused", (typed, problem) => {
  expect(problemOf(typed)).toBe(problem);
});

test("each card says what is wrong on it", () => {
  expect(cardProblems(field, '[{"name":"王"},{"income":"viel"}]')).toEqual([
    {},
    { name: "required", income: "not_an_amount" },
  ]);
});

test("the same people are the same answer, however they were typed", () => {
  const one = answerOfCards(field, [{ income: "1", name: "王", other: "x" }, { name: "" }]);

  expect(one).toBe('[{"name":"王","income":"1"}]');
  expect(answerOfCards(field, cardsIn(one) ?? [])).toBe(one);
  expect(answerOfCards(field, [{}])).toBe("");
});

test("cards come as a browser sends them; inherited names are none", () => {
  const posted = { [cardFieldName("who", 1, "name")]: "王", "who-9-name": "too many" };

  expect(postedCards("who", field, posted)).toEqual([
    { name: "", income: "" },
    { name: "王", income: "" },
  ]);
  expect(answerOfCards(field, [JSON.parse('{"__proto__":"x","constructor":"y"}') as never])).toBe(
    "",
  );
});

test("a member's card asks what the archive keeps, and can't be the worker", () => {
  expect(Object.keys(relativeFields)).toEqual([
    "relation",
    "name",
    "idNumber",
    "health",
    "schoolOrUnit",
    "yearlyIncome",
  ]);
  expect(relationOptions.map(({ value }) => value)).not.toContain("worker");
});
