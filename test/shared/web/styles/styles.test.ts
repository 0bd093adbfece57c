import { expect, test } from "vitest";
import { apiStyles } from "#shared/web/styles/api.ts";
import { applyStyles } from "#shared/web/styles/apply.ts";
import { baseStyles } from "#shared/web/styles/base.ts";
import { decideStyles } from "#shared/web/styles/decide.ts";
import { deskStyles } from "#shared/web/styles/desk.ts";
import { figuresStyles } from "#shared/web/styles/figures.ts";
import { followStyles } from "#shared/web/styles/follow.ts";
import { largeStyles } from "#shared/web/styles/large.ts";
import { papersStyles } from "#shared/web/styles/papers.ts";
import { printStyles } from "#shared/web/styles/print.ts";
import { startStyles } from "#shared/web/styles/start.ts";
import { stylesheet } from "#shared/web/stylesheet.ts";

const parts = {
  api: apiStyles,
  base: baseStyles,
  apply: applyStyles,
  decide: decideStyles,
  desk: deskStyles,
  figures: figuresStyles,
  follow: followStyles,
  papers: papersStyles,
  large: largeStyles,
  start: startStyles,
  print: printStyles,
} as const;

test.each(Object.entries(parts))("the part %s is whole and stands in the sheet", (_name, part) => {
  expect(stylesheet).toContain(part);
  expect(part.split("{").length).toBe(part.split("}").length);
  expect(part.split("(").length).toBe(part.split(")").length);
});

test("colours of words are named once, in the base: others escape the test of their contrast", () => {
  const own = Object.entries(parts)
    .filter(([name]) => name !== "base" && name !== "print")
    .flatMap(([name, part]) =>
      [...part.matchAll(/[{;]color:#[0-9a-f]{3,8}\b/giu)].map(([found]) => `${name} ${found}`),
    );

  expect(own.filter((found) => !/#fff(?:fff)?$/u.test(found))).toEqual([]);
});

test("only print and what is hidden from everybody may overrule by force", () => {
  const forced = Object.entries(parts).filter(
    ([name, part]) => name !== "print" && part.includes("!important"),
  );

  expect(forced.map(([name]) => name)).toEqual([]);
});
