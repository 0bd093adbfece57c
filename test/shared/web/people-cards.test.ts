import { expect, test } from "vitest";
import { commonFields } from "#shared/domain/household.ts";
import { item } from "#shared/web/field.ts";
import { markupOf } from "#shared/web/html.ts";
import { cardIntent, cardLines, peopleItem } from "#shared/web/people-cards.ts";

const shown = {
  name: "members",
  field: commonFields.members,
  typed: '[{"relation":"spouse","name":"<b>李</b>"}]',
  problem: undefined,
  locale: "zh-CN",
  units: [],
} as const;

test("a card for each person, with what was typed, and buttons that need no script", () => {
  const markup = markupOf(peopleItem(shown, 2));

  expect(markup.split('class="person"')).toHaveLength(3);
  expect(markup).toContain('name="members-1-name"');
  expect(markup).toContain('value="&lt;b&gt;李&lt;/b&gt;"');
  expect(markup).toContain('name="intent" value="remove-members-2"');
  expect(markup).toContain('name="intent" value="add-members"');
  expect(markup).toContain('id="f-members"');
});

test("never fewer cards than people, never more than there may be", () => {
  expect(markupOf(peopleItem(shown, 0)).split('class="person"')).toHaveLength(2);
  const most = markupOf(peopleItem(shown, 99));
  expect(most.split('class="person"')).toHaveLength(20);
  expect(most).not.toContain("add-members");
});

test("what is wrong stands beside its question, and the summary leads there", () => {
  const markup = markupOf(peopleItem({ ...shown, problem: "card_to_mend" }));
  const lines = cardLines(shown);

  expect(lines.map(({ href }) => href)).toEqual(["#f-members-1-idNumber", "#f-members-1-health"]);
  expect(lines[0]?.words).toContain("第1位");
  for (const { href } of lines) expect(markup).toContain(`id="${href.slice(1)}-problem"`);
});

test("an answer that is no list of cards has a line that leads to the question", () => {
  expect(cardLines({ ...shown, typed: "x" }).map(({ href }) => href)).toEqual(["#f-members"]);
});

test.each([
  ["add-members", { kind: "add", name: "members" }],
  ["remove-members-3", { kind: "remove", name: "members", place: 2 }],
  ["later", null],
  ["remove-members-", null],
  ["", null],
])("the button %s", (intent, expected) => {
  expect(cardIntent(intent)).toEqual(expected);
});

test("few options stand side by side where there is room", () => {
  const field = { ...shown, name: "cause", field: commonFields.cause, typed: "illness" };

  expect(markupOf(item(field))).toContain("<select");
  const roomy = markupOf(item({ ...field, spacious: true }));
  expect(roomy).not.toContain("<select");
  expect(roomy).toContain('value="illness" checked');
});
