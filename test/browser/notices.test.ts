/** Public notices and the form to object to one, on a phone's width, without JavaScript, in both languages. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { axeFindings, overflows, startBrowser } from "#test/support/browser.ts";
import { decideAt, startCity, until } from "#test/support/city.ts";
import { applyAs, untilStatus } from "#test/support/journey.ts";

let city: Embedded;
let browser: Browser;
let applied: Applied;
beforeAll(async () => {
  [city, browser] = await Promise.all([startCity(), startBrowser()]);
  applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  const { notices } = city.dependencies;
  await until(
    "it is published",
    async () => (await notices.noticesOf(applied.applicationId)).length > 0,
  );
});
afterAll(async () => {
  await browser.close();
  await city.stop();
});

test.each(["zh-CN", "en"] as const)(
  "the pages are within reach of everybody, in %s",
  async (language) => {
    const open = await browser.newContext({ viewport: { width: 320, height: 700 } });
    const page = await open.newPage();
    const { applicationId } = applied;
    for (const address of [
      paths.notices,
      paths.notice(applicationId),
      paths.objection(applicationId),
    ]) {
      await page.goto(`${city.url}${address}?lang=${language}`);
      expect(await page.locator("html").getAttribute("lang")).toBe(language);
      expect(await overflows(page), address).toBe(false);
      expect(await axeFindings(page), address).toEqual([]);
    }
    await page.locator("main form button").first().click();
    expect(await page.locator(".summary li a").count()).toBe(1);
    expect(await axeFindings(page), "with a problem").toEqual([]);
    await open.close();
  },
);

test("somebody objects from the list on, without a script", async () => {
  const open = await browser.newContext({
    viewport: { width: 320, height: 700 },
    javaScriptEnabled: false,
  });
  const page = await open.newPage();
  await page.goto(`${city.url}${paths.notices}`);
  await page.locator("table a").first().click();
  await page.locator("main .actions a").first().click();
  await page.locator("textarea").fill("他名下有两套住房");
  await page.locator("main form button").first().click();

  expect(await page.locator(".notice.good").textContent()).toContain(`${applied.applicationId}-1`);
  await untilStatus(city, applied, "objection");
  // axe needs to run a script of its own: the same browser's receipt, in a window with scripts.
  const scripted = await browser.newContext({ viewport: { width: 320, height: 700 } });
  await scripted.addCookies(await open.cookies());
  const shown = await scripted.newPage();
  await shown.goto(page.url());
  expect(await shown.locator(".notice.good").count()).toBe(1);
  expect(await axeFindings(shown), "the receipt").toEqual([]);
  await scripted.close();
  await open.close();
});
