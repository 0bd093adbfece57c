/** Photos straight from the phone, with the script: several at once, shrunk, sent one by one; and looked at later. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handlerAt } from "#infra/local/demo/handler.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { sendPapers, startDraft, type Draft } from "#test/support/applicant.ts";
import { axeFindings, overflows, startBrowser } from "#test/support/browser.ts";
import { cameraHeic, cameraJpeg, phoneName, readJpeg } from "#test/support/camera-photo.ts";
import { applyWith, linkOf, startCity, until } from "#test/support/city.ts";

let city: Embedded;
let browser: Browser;
beforeAll(async () => {
  [city, browser] = await Promise.all([startCity(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await city.stop();
});

const openAs = (visitor: Visitor, width = 360, language = "zh-CN"): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height: 740 },
    extraHTTPHeaders: { cookie: `${visitor.cookieHeader()}; __Host-lang=${language}` },
  });

const photo = (name: string, buffer: Buffer) => ({ name, mimeType: "image/jpeg", buffer });

const landedOf = ({ id }: Draft) => city.dependencies.papers.list(`incoming/${id}/`);

const lookedAt = async (page: Page, name: string): Promise<void> => {
  expect(await overflows(page), `${name} fits its window`).toBe(false);
  expect(await axeFindings(page), name).toEqual([]);
};

test("three photos are chosen at once, shrunk below a megabyte each, and land; nothing on the page is lost", async () => {
  const draft = await startDraft(city, "golden-autumn");
  await sendPapers(draft.visitor, draft.page);
  const before = (await landedOf(draft)).length;
  const context = await openAs(draft.visitor);
  const page = await context.newPage();
  await page.goto(draft.page.url);
  const leave = page.locator('input[name^="leave-"]').first();
  await leave.check();
  const whole = cameraJpeg({ width: 2800, height: 2100, grain: 40, orientation: 6 });
  expect(whole.length).toBeGreaterThan(2_000_000);
  const form = page.locator("form[data-photos]").first();
  const list = page.locator("[data-live] li[data-file]");
  const listed = await list.count();

  await form
    .locator('input[type="file"]')
    .setInputFiles([
      photo("1.jpg", whole),
      photo("2.jpg", cameraJpeg({ width: 2100, height: 900 })),
      photo("3.jpg", cameraJpeg()),
    ]);
  await expect
    .poll(() => form.locator('[role="status"]').textContent(), { timeout: 60_000 })
    .toBe("3个文件都传好了");

  expect(await list.count()).toBe(listed + 3);
  expect(await page.locator("[data-live] li[data-file] img.thumb").count()).toBe(3);
  expect(await leave.isChecked()).toBe(true);
  const landed = await landedOf(draft);
  expect(landed).toHaveLength(before + 3);
  const bodies = await Promise.all(
    landed.map(async ({ key }) =>
      Buffer.from((await city.dependencies.papers.read(key, 1_000_000)) ?? []),
    ),
  );
  const shrunk = bodies.map(readJpeg).filter(({ height, width }) => height === 2000 || width >= 64);
  // Upright: what the camera held on its side is taller than wide now. No place or phone left the browser.
  expect(shrunk.map(({ width, height }) => [width, height])).toEqual(
    expect.arrayContaining([
      [1500, 2000],
      [2000, 857],
      [64, 48],
    ]),
  );
  expect(bodies.some((body) => body.length === 0 || body.includes(phoneName))).toBe(false);
  await lookedAt(page, "the papers with pictures");
  await context.close();
});

test("a photo that didn't get there says so, and is sent again; handing in waits for what is on its way", async () => {
  const draft = await startDraft(city, "emergency");
  const context = await openAs(draft.visitor, 360, "en");
  const page = await context.newPage();
  await page.goto(draft.page.url);
  let broken = 2;
  const held = Promise.withResolvers<void>();
  await page.route("**/s3/papers", async (route) => {
    if (broken > 0) {
      broken -= 1;
      return route.abort("connectionreset");
    }
    await held.promise;
    return route.continue();
  });
  const form = page.locator("form[data-photos]").first();
  await form
    .locator('input[type="file"]')
    .setInputFiles([photo("1.jpg", cameraJpeg()), photo("2.jpg", cameraJpeg({ width: 80 }))]);

  await form.getByText("2 files were not sent").waitFor();
  expect(await form.getByText("Not sent. Check the connection").count()).toBe(2);
  await lookedAt(page, "photos that were not sent");
  await form.getByRole("button", { name: "Try again" }).first().click();
  await page.locator('form[action$="/submit"] button').click();
  await page.getByRole("alert").getByText("still being sent").waitFor();
  held.resolve();
  await until("it has landed", async () => (await landedOf(draft)).length === 1);
  await form.getByRole("button", { name: "Don't send it" }).click();
  expect(await form.locator("li").count()).toBe(0);
  await context.close();
});

test("a HEIC that the browser can't open is converted by the server, and the list shows it by itself", async () => {
  const draft = await startDraft(city, "emergency");
  const context = await openAs(draft.visitor);
  const page = await context.newPage();
  await page.goto(draft.page.url);
  const input = page.locator("form[data-photos] input[type=file]").first();
  await input.setInputFiles({
    name: "IMG_1.HEIC",
    mimeType: "image/heic",
    buffer: Buffer.from(cameraHeic),
  });
  await page.locator("[data-live] li[data-file]").waitFor({ timeout: 20_000 });
  expect(await page.locator("[data-converting]").count()).toBe(0);
  const [file] = await landedOf(draft);
  const body = await city.dependencies.papers.read(file?.key ?? "", 1_000_000);
  expect(readJpeg(body ?? new Uint8Array())).toMatchObject({ width: 64, height: 48 });
  await context.close();
});

test("an approver and a handler look through the papers in place, on a phone and at a desk", async () => {
  const applied = await applyWith(city, "emergency");
  const handler = await handlerAt(city, "chunfeng-handler-1@example.org");
  for (const width of [320, 1100]) {
    const context = await openAs(handler, width);
    const page = await context.newPage();
    await page.goto(`${city.url}${paths.desk("handling", applied.applicationId)}`);
    expect(await page.locator(".gallery li").count()).toBeGreaterThan(1);
    await page.locator('.gallery a[href$="/page"]').first().click();
    await page.locator("img.looked-at").waitFor();
    await expect
      .poll(() => page.evaluate("document.querySelector('.looked-at').naturalWidth"))
      .toBeGreaterThan(0);
    await lookedAt(page, `a paper at the desk at ${width}`);
    await context.close();
  }
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(await linkOf(city, applied, "station"));
  await page.locator("#open-pin").fill(demoPin);
  await page.locator("form:has(#open-pin) button").click();
  await page.locator('.gallery a[href$="/page"]').first().click();
  await page.locator("img.looked-at").waitFor();
  await expect
    .poll(() => page.evaluate("document.querySelector('.looked-at').naturalWidth"))
    .toBeGreaterThan(0);
  await lookedAt(page, "a paper before the approver");
  await context.close();
});
