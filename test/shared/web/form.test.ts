import { expect, test } from "vitest";
import {
  choice,
  count,
  date,
  defineForm,
  money,
  optionalMoney,
  readForm,
  text,
  unit,
  yesNo,
  type FieldProblem,
} from "#shared/domain/form.ts";
import { bankCard, phone } from "#shared/domain/contact-fields.ts";
import { consent } from "#shared/domain/consent.ts";
import { errorSummary, formSections, problemLines } from "#shared/web/form.ts";
import { markupOf } from "#shared/web/html.ts";
import { typedIn } from "#test/support/controls.ts";
import { units } from "#test/support/cases.ts";
import { programmes } from "#workflows/registry.ts";

const asking = { label: { zh: "问题", en: "Question" }, hint: { zh: "提示", en: "A hint" } };
const fields = {
  name: text({ ...asking, maxLength: 5 }),
  telephone: phone(asking),
  card: bankCard(asking),
  income: money(asking),
  savings: optionalMoney({ label: { zh: "存款", en: "Savings" } }),
  people: count({ ...asking, min: 1, max: 20 }),
  day: date(asking),
  level: choice({ ...asking, options: [{ value: "high", label: { zh: "高", en: "High" } }] }),
  member: yesNo(asking),
  office: unit(asking),
  agreed: consent(asking),
};
const form = defineForm({
  fields,
  sections: [
    { title: { zh: "第一节", en: "Section one" }, fields: ["name", "telephone", "card", "income"] },
    {
      title: { zh: "第二节", en: "Section two" },
      intro: { zh: "说明", en: "An introduction" },
      fields: ["savings", "people", "day", "level", "member", "office", "agreed"],
    },
  ],
});

const show = (
  answers: Record<string, string>,
  problems: Record<string, FieldProblem> = {},
  locale: "zh-CN" | "en" = "zh-CN",
): string => markupOf(formSections({ form, answers, problems, locale, units }));

const typed = {
  name: "王五",
  telephone: "13800000000",
  card: "6222 0200 1111",
  income: "54000",
  savings: "1.5",
  people: "3",
  day: "2026-07-01",
  level: "high",
  member: "no",
  office: "spring",
  agreed: "yes",
};

test("everything typed stands in its field again", () => {
  const shown = show(typed);

  for (const [name, value] of Object.entries(typed)) expect(typedIn(shown, name), name).toBe(value);
});

const hostile = `"><img src=x onerror=alert(1)><script>alert('x')</script>`;

test.each(["name", "telephone", "card", "income", "savings", "people", "day"])(
  "hostile input in %s is shown as text, and as it was typed",
  (name) => {
    const shown = show({ [name]: hostile }, { [name]: "not_allowed_characters" });

    expect(shown).not.toContain("<script>");
    expect(shown).not.toContain("<img");
    expect(typedIn(shown, name)).toBe(hostile);
  },
);

test.each(["level", "member", "office", "agreed"])(
  "an answer that isn't offered in %s chooses nothing and breaks nothing",
  (name) => {
    const shown = show({ ...typed, [name]: hostile });

    expect(shown).not.toContain("<script>");
    expect(typedIn(shown, name) ?? "").toBe("");
    expect(typedIn(shown, "name")).toBe("王五");
  },
);

test("a day that was mistyped comes back as text, since a date control could not show it", () => {
  expect(show({ day: "2026-13-45" })).toMatch(/<input type="text"[^>]*name="day"/u);
  expect(show({ day: "2026-07-01" })).toMatch(/<input type="date"[^>]*name="day"/u);
});

test("each problem is said beside its field and tied to it for those who listen", () => {
  const shown = show({}, { income: "not_an_amount" });

  expect(shown).toContain('id="f-income-problem"');
  expect(shown).toMatch(/name="income"[^>]*aria-describedby="f-income-hint f-income-problem"/u);
  expect(shown).toMatch(/name="income"[^>]*aria-invalid="true"/u);
  expect(shown).toContain("最多两位小数");
});

test("the summary links to each field that is wrong, in the order of the questions", () => {
  const reading = readForm(form, {});
  const problems = reading.kind === "problems" ? reading.problems : {};
  const found = problemLines({ form, problems, locale: "en" });
  const shown = show({}, problems, "en");

  expect(found.map(({ href }) => href)).toEqual(
    [
      "name",
      "telephone",
      "card",
      "income",
      "people",
      "day",
      "level",
      "member",
      "office",
      "agreed",
    ].map((name) => `#f-${name}`),
  );
  for (const { href } of found) expect(shown, href).toContain(`id="${href.slice(1)}"`);
  const summary = markupOf(errorSummary(found, "en") ?? ({} as never));
  expect(summary).toContain('role="alert"');
  expect(summary).toContain('<a href="#f-card">');
  expect(summary).toContain("Everything you typed is still here");
  expect(errorSummary([], "en")).toBeNull();
});

test("a problem of a field that the form doesn't have is not shown and does no harm", () => {
  expect(
    problemLines({ form, problems: { constructor: "required" } as const, locale: "en" }),
  ).toEqual([]);
});

test("only offices that take applications are offered, under the office above them", () => {
  const shown = show({});

  expect(shown).toContain('<option value="spring">');
  expect(shown).toContain('<option value="furnace">');
  expect(shown).not.toContain('<option value="east">');
  expect(shown).not.toContain('<option value="city">');
  expect(shown).toMatch(/<optgroup label="[^"]*east">/u);
});

test("consents are never ticked beforehand", () => {
  expect(show({})).not.toMatch(/type="checkbox"[^>]*checked/u);
});

test("questions without an answer may be left out only where it says so", () => {
  expect(show({})).toContain("存款（选填）");
  expect(show({}, {}, "en")).toContain("Savings (optional)");
});

const chinese = /[\u4E00-\u9FFF]/u;

test.each(programmes)("$id: the form is complete in both languages", (programme) => {
  const shown = { form: programme.form, answers: {}, problems: {}, units: [] };
  const inEnglish = markupOf(formSections({ ...shown, locale: "en" }));
  const inChinese = markupOf(formSections({ ...shown, locale: "zh-CN" }));

  expect(inEnglish).not.toMatch(chinese);
  for (const name of Object.keys(programme.form.fields)) {
    if (
      !programme.form.sections.some((section) => section.fields.some((asked) => asked === name))
    ) {
      continue;
    }
    const control = programme.form.fields[name]?.kind === "people" ? "id" : "name";
    expect(inChinese, name).toContain(`${control}="${control === "id" ? "f-" : ""}${name}"`);
  }
});

test("what may be answered later is folded away, until it is asked for, typed in or wrong", () => {
  const later = defineForm({
    fields,
    sections: [
      { title: { zh: "现在", en: "Now" }, fields: ["name"] },
      { title: { zh: "以后", en: "Later" }, fields: ["savings"], mayFollow: true },
    ],
  });
  const shown = (changes: Partial<Parameters<typeof formSections<typeof fields>>[0]>): string =>
    markupOf(
      formSections({ form: later, answers: {}, problems: {}, locale: "zh-CN", units, ...changes }),
    );
  const isOpen = (markup: string): boolean => /<details[^>]*\sopen/u.test(markup);
  expect(shown({})).toContain("<summary>以后</summary>");
  expect(isOpen(shown({}))).toBe(false);
  expect(isOpen(shown({ unfolded: true }))).toBe(true);
  expect(isOpen(shown({ answers: { savings: "100" } }))).toBe(true);
  expect(isOpen(shown({ problems: { savings: "not_an_amount" } }))).toBe(true);
});
