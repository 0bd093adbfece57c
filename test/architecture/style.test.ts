/** House rules that no linter knows. */
import { expect, test } from "vitest";
import { occurrences, pathsOf, sourceFiles } from "./source-files.ts";

const product = sourceFiles("{functions,infra,shared,workflows}/**/*.ts");
// These tests hold what they look for as patterns.
const tests = sourceFiles("test/**/*.ts").filter(
  ({ path }) => !path.startsWith("test/architecture/"),
);
const pure = product.filter(({ path }) => /^(?:shared\/(?:kernel|domain)|workflows)\//u.test(path));

test("there is something to look at", () => {
  expect(product.length).toBeGreaterThan(120);
  expect(pure.length).toBeGreaterThan(40);
  expect(tests.length).toBeGreaterThan(20);
});

test("zod comes as a whole: the named import bundles five times as much", () => {
  const imports = occurrences([...product, ...tests], /from "zod(?:\/[^"]*)?"/u);
  expect(imports.length).toBeGreaterThan(5);
  expect(imports.filter((line) => !/ import (?:type )?\* as z from "zod";$/u.test(line))).toEqual(
    [],
  );
});

test("pure code reads no clock and rolls no dice", () => {
  const impure = /new Date\(\)|Date\.now|Math\.random|process\.env|performance\.now/u;
  expect(occurrences(pure, impure)).toEqual([]);
});

test("the environment is read where things are wired together, nowhere else", () => {
  const wiring = /^(?:functions\/[^/]+\/lambda\.ts|infra\/)/u;
  const others = product.filter(({ path }) => !wiring.test(path));
  expect(occurrences(others, /process\.env/u)).toEqual([]);
});

test("the product doesn't know where it runs: nothing of the embedded run in functions or shared", () => {
  const deployed = product.filter(({ path }) => /^(?:functions|shared|workflows)\//u.test(path));
  expect(occurrences(deployed, /["'`/]dev\/(?:mail|clock)|NODE_ENV/u)).toEqual([]);
});

test("classes are for errors only, and an error's name is literal, since minifiers rename classes", () => {
  const bundled = product.filter(({ path }) => !path.startsWith("infra/"));
  const classes = bundled.flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:export )?class (?<name>\w+)(?<parent>[^{]*)\{(?<body>[^}]*)/gmu)].map(
      ({ groups }) => ({ path, ...groups }) as Record<"path" | "name" | "parent" | "body", string>,
    ),
  );
  expect(classes.length).toBeGreaterThan(5);
  for (const { path, name, parent, body } of classes) {
    expect(parent, `${path} ${name}`).toMatch(/extends (?:Relief)?Error\b/u);
    expect(body, `${path} ${name}`).toMatch(
      new RegExp(`override readonly name(?:: string)? = "${name}"`, "u"),
    );
  }
});

test("no file is a drawer for odds and ends", () => {
  const drawers =
    /(?:^|\/)(?:utils?|helpers?|common|misc|manager|index)(?:\.|\/|$)|-(?:utils?|helpers?|manager)\./u;
  expect(
    pathsOf("{functions,infra,shared,test,workflows}/**/*").filter((path) => drawers.test(path)),
  ).toEqual([]);
});

test("a rule switched off says why", () => {
  const switchedOff = occurrences(
    [...product, ...tests],
    /(?:ox|es)lint-disable|@ts-(?:expect-error|ignore|nocheck)/u,
  );
  expect(switchedOff.filter((line) => !/ -- \S.{10}/u.test(line))).toEqual([]);
});

/** `zh: "…"` and `en: "…"`, with what a template inserts left out. */
const wordsIn = (text: string): readonly { readonly locale: string; readonly words: string }[] =>
  [
    ...text.matchAll(/\b(?<locale>zh|en): (?:"(?<plain>[^"\n]*)"|`(?<template>[^`\n]*)`,?$)/gmu),
  ].map(({ groups }) => ({
    locale: groups?.["locale"] ?? "",
    words: (groups?.["plain"] ?? groups?.["template"] ?? "").replaceAll(/\$\{[^}]*\}/gu, ""),
  }));

test("every text for people is Chinese in zh and has no Chinese in en", () => {
  // The switch to the other language is named in that language.
  const texts = product
    .map(({ path, text }) => ({ path, text: text.replace(/other: \{ zh: "English"[^}]*\}/u, "") }))
    .flatMap(({ path, text }) => wordsIn(text).map((found) => ({ path, ...found })));
  expect(texts.length).toBeGreaterThan(300);

  const wrong = texts.filter(({ locale, words }) => {
    const isChinese = /\p{Script=Han}/u.test(words);
    // "PDF" is the same in both.
    return locale === "zh" ? !isChinese && /\p{Ll}/u.test(words) : isChinese;
  });
  expect(wrong).toEqual([]);
});

test("every test file expects something, and none is skipped or runs alone", () => {
  const files = tests.filter(({ path }) => path.endsWith(".test.ts"));
  expect(files.filter(({ text }) => !/\bexpect\b/u.test(text)).map(({ path }) => path)).toEqual([]);
  const left = /\b(?:test|it|describe)\.(?:only|skip|todo|fails)\b|\bvi\.(?:mock|doMock)\b/u;
  expect(occurrences(files, left)).toEqual([]);
});
