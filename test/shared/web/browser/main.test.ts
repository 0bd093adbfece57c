/** The browser's script in a real browser, and its types, which the rest of the tree doesn't share. */
import { execFileSync } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserScript } from "#shared/web/browser-script.ts";
import { startBrowser } from "#test/support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

test("the script is well typed against the browser's own library", () => {
  const root = new URL("../../../../", import.meta.url).pathname;
  const run = (): string =>
    execFileSync(`${root}node_modules/.bin/tsc`, ["-p", "shared/web/browser"], {
      cwd: root,
      encoding: "utf8",
    });

  expect(run).not.toThrow();
});

test("the script does nothing to a page without forms, and throws nothing", async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.setContent("<h1>送暖</h1>");
  await page.addScriptTag({ content: browserScript });

  expect(errors).toEqual([]);
  expect(await page.locator("body").innerHTML()).toContain("<h1>送暖</h1>");
  await page.close();
});
