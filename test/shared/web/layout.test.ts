import { expect, test } from "vitest";
import { scriptFile } from "#shared/web/asset-names.ts";
import { html } from "#shared/web/html.ts";
import { inTextSize, page } from "#shared/web/layout.ts";

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

test("the switch of the size of type stands beside it, for both ways, and takes along what was typed", () => {
  const link = page({ ...frame, locale: "zh-CN" });
  const form = page({ ...frame, locale: "en", switchForm: "apply" });

  expect(link).toContain('<a class="switch to-large" href="/apply/x?text=large">大字版</a>');
  expect(link).toContain('<a class="switch to-normal" href="/apply/x?text=normal">标准字号</a>');
  expect(form).toMatch(/<button class="switch to-large"[^>]*formaction="\/apply\/x\?text=large"/u);
});

test("an address with a query keeps it", () => {
  const shown = page({ ...frame, path: "/desk/case?q=SN&page=2", locale: "zh-CN" });

  expect(shown).toContain('href="/desk/case?q=SN&amp;page=2&amp;lang=en"');
  expect(shown).toContain('href="/desk/case?q=SN&amp;page=2&amp;text=large"');
});

test("a document is shown in the size its reader chose, whatever it quotes", () => {
  const shown = page({ ...frame, body: html`<p>${"<html lang>"}</p>`, locale: "zh-CN" });

  expect(inTextSize(shown, "large")).toContain(
    '<!doctype html>\n<html data-text="large" lang="zh-CN">',
  );
  expect(inTextSize(shown, "large").match(/data-text/gu)).toHaveLength(1);
  expect(inTextSize(shown, "normal")).toBe(shown);
});

test("the keyboard reaches the content first", () => {
  const shown = page({ ...frame, locale: "en" });

  expect(shown.indexOf('href="#main"')).toBeLessThan(shown.indexOf("<header"));
  expect(shown).toContain('<main id="main"');
});

test("a page with wrong input says so in its title first", () => {
  expect(page({ ...frame, locale: "en", wrong: true })).toContain("<title>Error: 标题");
});

test("the frame has no inline script or style, and nothing of another host", () => {
  const shown = page({ ...frame, locale: "zh-CN" });

  expect(shown).not.toMatch(/style=|https?:\/\/|<script>|\bon\w+=/u);
  expect(shown.match(/<script[^>]*>/gu)).toEqual([`<script src="/assets/${scriptFile}" defer>`]);
});
