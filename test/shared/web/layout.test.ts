import { expect, test } from "vitest";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";

const frame = { title: "标题", path: "/apply/x", body: html`<h1>标题</h1>` } as const;

test("a page is a whole document in the reader's language", () => {
  const chinese = page({ ...frame, locale: "zh-CN" });

  expect(chinese.startsWith("<!doctype html>")).toBe(true);
  expect(chinese).toContain('<html lang="zh-CN">');
  expect(chinese).toContain("困难职工帮扶");
  expect(page({ ...frame, locale: "en" })).toContain('<html lang="en">');
});

test("the language switch keeps the path", () => {
  expect(page({ ...frame, locale: "zh-CN" })).toContain('href="/apply/x?lang=en"');
  expect(page({ ...frame, locale: "en" })).toContain('href="/apply/x?lang=zh-CN"');
});

test("on a page with a form the switch sends what was typed along", () => {
  const shown = page({ ...frame, locale: "zh-CN", switchForm: "apply" });

  expect(shown).toMatch(/<button[^>]*name="intent"[^>]*value="language"[^>]*form="apply"/u);
  expect(shown).toContain('formaction="/apply/x?lang=en"');
});

test("the keyboard reaches the content first", () => {
  const shown = page({ ...frame, locale: "en" });

  expect(shown.indexOf('href="#main"')).toBeLessThan(shown.indexOf("<header"));
  expect(shown).toContain('<main id="main"');
});

test("a page with wrong input says so in its title first", () => {
  expect(page({ ...frame, locale: "en", wrong: true })).toContain("<title>Error: 标题");
});

test("nothing in the frame needs a script, an inline style or another host", () => {
  const shown = page({ ...frame, locale: "zh-CN" });

  expect(shown).not.toMatch(/<script|style=|https?:\/\//u);
});
