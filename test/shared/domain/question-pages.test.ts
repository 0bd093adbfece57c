import { expect, test } from "vitest";
import {
  isReached,
  onlyAsking,
  questionPages,
  sectionOf,
  sectionsTogether,
} from "#shared/domain/question-pages.ts";
import { programmes } from "#workflows/registry.ts";

const title = { zh: "标题", en: "Title" };
const paged = sectionOf({
  title,
  pages: [
    { title, fields: ["annualIncome", "homes"] },
    { title, fields: ["cause"] },
  ],
});

test.each(programmes)(
  "$id: every question stands on one page, under a name of its own",
  ({ form }) => {
    const pages = questionPages(form);
    const asked = pages.flatMap(({ fields }) => fields);

    expect(asked.toSorted()).toEqual(form.sections.flatMap(({ fields }) => fields).toSorted());
    expect(new Set(asked).size).toBe(asked.length);
    expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
    for (const { id, fields } of pages) {
      expect(id).toMatch(/^[a-z0-9-]+$/u);
      expect(fields.length).toBeLessThanOrEqual(5);
    }
  },
);

test.each(programmes)("$id: each page asks in both languages, in a line", ({ form }) => {
  for (const { title: asked, why } of questionPages(form)) {
    expect(asked.zh.length).toBeLessThanOrEqual(20);
    expect(asked.en.length).toBeLessThanOrEqual(60);
    if (why) expect(why.zh.length).toBeLessThanOrEqual(60);
  }
});

test("a section without pages is one page, named by its first question", () => {
  const pages = questionPages({ sections: [{ title, intro: title, fields: ["netLoss", "b"] }] });

  expect(pages).toEqual([
    {
      title,
      why: title,
      fields: ["netLoss", "b"],
      id: "net-loss",
      section: title,
      mayFollow: false,
    },
  ]);
});

test("questions taken out of a section leave its pages too, and no empty one", () => {
  const some = onlyAsking(paged, (name) => name !== "cause");

  expect(some.fields).toEqual(["annualIncome", "homes"]);
  expect(some.pages).toHaveLength(1);
  expect(sectionsTogether([some, paged]).fields).toEqual([
    "annualIncome",
    "homes",
    "annualIncome",
    "homes",
    "cause",
  ]);
});

test("a page is reached when each of its questions was sent, be it empty", () => {
  const page = { fields: ["a", "b"] };
  expect(isReached(page, { a: "1", b: "" })).toBe(true);
  expect(isReached(page, { a: "1" })).toBe(false);
  expect(isReached({ fields: ["constructor"] }, {})).toBe(false);
});
