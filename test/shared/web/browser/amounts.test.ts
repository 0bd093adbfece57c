/** Amounts in words beside their fields, in a real browser. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commonFields } from "#shared/domain/household.ts";
import { browserScript } from "#shared/web/browser-script.ts";
import { item } from "#shared/web/field.ts";
import { markupOf } from "#shared/web/html.ts";
import { startBrowser } from "#test/support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

const open = async (lang: string, typed: string): Promise<Page> => {
  const page = await browser.newPage();
  const field = {
    name: "annualIncome",
    field: commonFields.annualIncome,
    typed,
    problem: undefined,
  };
  const body = markupOf(item({ ...field, locale: "zh-CN", units: [] }));
  await page.route("http://songnuan.example/**", (route) =>
    route.fulfill({
      contentType: route.request().url().endsWith(".js")
        ? "text/javascript; charset=utf-8"
        : "text/html; charset=utf-8",
      body: route.request().url().endsWith(".js")
        ? browserScript
        : `<!doctype html><html lang="${lang}"><script src="/a.js" defer></script>${body}`,
    }),
  );
  await page.goto("http://songnuan.example/");
  return page;
};

test("an amount is said in capitals and by the month while it is typed, and nothing of a half amount", async () => {
  const page = await open("zh-CN", "");
  const output = page.locator("output.said");

  await page.fill("#f-annualIncome", "54000");
  expect(await output.textContent()).toBe("伍万肆仟元整，5.4 万元，平均每月约 4,500 元");
  expect(await output.getAttribute("aria-live")).toBe("polite");
  await page.fill("#f-annualIncome", "54,000");
  expect(await output.textContent()).toBe("");
});

test("what stands there already is said at once, in the page's language", async () => {
  const page = await open("en", "54000");

  expect(await page.locator("output.said").textContent()).toBe("54,000 yuan, about 4,500 a month");
});
