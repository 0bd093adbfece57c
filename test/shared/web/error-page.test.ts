import { expect, test } from "vitest";
import { html } from "#shared/web/html.ts";
import {
  faultPage,
  messagePage,
  notFoundPage,
  refusedPage,
  tooManyPage,
} from "#shared/web/error-page.ts";

test("a fault says what was kept and what to do, and nothing of the error", () => {
  const shown = faultPage("zh-CN");

  expect(shown.status).toBe(500);
  expect(shown.body).toContain("不会重复办理");
  expect(shown.body).toContain("再试一次");
  expect(faultPage("en").body).toContain("nothing happens twice");
});

test("a missing page leads to where a case is followed", () => {
  const shown = notFoundPage("en");

  expect(shown.status).toBe(404);
  expect(shown.body).toContain('href="/status"');
});

test("too many tries: when to try again, in words and for machines, with the form kept below", () => {
  const shown = tooManyPage("zh-CN", 15, html`<form id="kept"></form>`);

  expect(shown.status).toBe(429);
  expect(shown.headers?.["retry-after"]).toBe("900");
  expect(shown.body).toContain("15分钟");
  expect(shown.body).toContain('<form id="kept">');
});

test("a page of words keeps its place, its status and both languages", () => {
  const words = { zh: "中文", en: "English words" };
  const message = { title: words, happened: words, kept: words, next: words };

  const shown = messagePage(410, "en", message, { path: "/decide/abc" });

  expect(shown.status).toBe(410);
  expect(shown.body).toContain("English words");
  expect(shown.body).toContain("/decide/abc?lang=zh-CN");
  expect(shown.body).not.toContain("<h1>中文");
});

test.each([400, 403, 405, 413, 415] as const)(
  "a request that no page could read is refused with %i, in words, with what to do",
  (status) => {
    const shown = refusedPage(status, "zh-CN");

    expect(shown.status).toBe(status);
    expect(shown.body).toContain("没有任何内容被改动");
    expect(shown.body).toContain('href="/"');
    expect(refusedPage(status, "en").body).toContain("Nothing was changed");
  },
);
