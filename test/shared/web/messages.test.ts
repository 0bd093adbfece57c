import { expect, test } from "vitest";
import type { FieldProblem } from "#shared/domain/form.ts";
import * as messages from "#shared/web/messages.ts";

const chinese = /[\u4E00-\u9FFF]/u;

const textsIn = (value: unknown): readonly { zh: string; en: string }[] => {
  if (typeof value !== "object" || value === null) return [];
  if ("zh" in value && "en" in value) return [value as { zh: string; en: string }];
  return Object.values(value).flatMap(textsIn);
};

test("every shared word exists in both languages", () => {
  const texts = textsIn(messages);

  expect(texts.length).toBeGreaterThan(60);
  for (const { zh, en } of texts) {
    expect(zh, en).toMatch(chinese);
    expect(en, zh).toMatch(/[A-Za-z]/u);
    expect(en, zh).not.toMatch(chinese);
  }
});

const problems: readonly FieldProblem[] = [
  "required",
  "too_long",
  "not_an_amount",
  "not_a_count",
  "out_of_range",
  "not_a_date",
  "not_an_id_number",
  "not_a_bank_card",
  "not_a_phone",
  "not_an_email",
  "not_an_option",
  "not_allowed_characters",
  "must_agree",
];

test.each(problems)("%s names the question and the mend in both languages", (problem) => {
  const field = {
    kind: "text",
    label: { zh: "电子邮箱（选填）", en: "E-mail (optional)" },
    maxLength: 40,
    range: { min: 1, max: 20 },
  } as const;

  const { zh, en } = messages.problemText(problem, field);

  expect(zh).toContain("“电子邮箱”");
  expect(en).toContain("“E-mail”");
  expect(en).not.toMatch(chinese);
});

test("limits are told as numbers", () => {
  const field = {
    kind: "count",
    label: { zh: "人数", en: "People" },
    maxLength: 6,
    range: { min: 1, max: 20 },
  } as const;

  expect(messages.problemText("out_of_range", field).zh).toContain("1到20");
  expect(messages.problemText("out_of_range", field).en).toContain("from 1 to 20");
  expect(messages.problemText("too_long", field).en).toContain("6 characters");
});

test("what is chosen is asked for as a choice", () => {
  const field = { kind: "choice", label: { zh: "原因", en: "Cause" }, maxLength: 6 } as const;

  expect(messages.problemText("required", field).zh).toContain("请选择");
});
