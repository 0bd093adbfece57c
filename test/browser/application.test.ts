/**
 * The journeys of a case as a person goes them in a real browser: applying question by question, approving, handling
 * with a visit, and paying a batch; on a phone and at a desk, with scripts and without, in both languages.
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { linkFor } from "#infra/local/demo/approver.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { approveAdvance } from "#infra/local/demo/fast-track.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Status } from "#shared/domain/application.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { overflows, startBrowser } from "#test/support/browser.ts";
import { applyWith, startCity, until } from "#test/support/city.ts";
import { batchOf, returnOf, untilStatus } from "#test/support/desk.ts";
import {
  applyInBrowser,
  approveInBrowser,
  handleInBrowser,
  signInInBrowser,
} from "#test/support/in-browser.ts";

let city: Embedded;
let browser: Browser;
beforeAll(async () => {
  [city, browser] = await Promise.all([startCity(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await city.stop();
});

const patienceMs = 400_000;

interface Way {
  readonly width: 360 | 1280;
  readonly scripts: boolean;
  readonly language: "zh-CN" | "en";
}

/** Each of the two widths with scripts and without, each language with both. */
const ways: readonly Way[] = [
  { width: 360, scripts: false, language: "zh-CN" },
  { width: 360, scripts: true, language: "en" },
  { width: 1280, scripts: true, language: "zh-CN" },
  { width: 1280, scripts: false, language: "en" },
];

const nameOf = ({ width, scripts, language }: Way): string =>
  `${width} px, ${scripts ? "with scripts" : "without scripts"}, ${language}`;

/** A window of somebody's own that has chosen its language. Every page that comes into it fits. */
const open = async ({ width, scripts, language }: Way): Promise<[Page, BrowserContext]> => {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  await page.goto(`${city.url}/?lang=${language}`);
  expect(await page.locator("html").getAttribute("lang")).toBe(language);
  expect(await overflows(page)).toBe(false);
  return [page, context];
};

const isNow = (id: ApplicationId, status: Status): Promise<void> =>
  until(`it is ${status}`, async () => (await city.dependencies.cases.get(id))?.status === status);

const emergency = programmeById("emergency")!;
const burntOut = emergency.examples.find(({ name }) => name.startsWith("11:"))!;
let people = 700;

test.each(ways)(
  "a worker applies question by question and two offices approve: $width px, scripts $scripts, $language",
  async (way) => {
    people += 1;
    const person = demoApplicant(people);
    const answers = {
      ...answersFor(emergency, burntOut, person, "chunfeng"),
      eventDate: "2026-07-18",
    };
    const [page, context] = await open(way);
    const id = await applyInBrowser(page, city, emergency, answers);
    expect(await page.locator("html").getAttribute("lang"), nameOf(way)).toBe(way.language);
    expect(await overflows(page)).toBe(false);
    await isNow(id, "in_approval");

    const [approver, desk] = await open(way);
    for (const tier of ["station", "district"] as const) {
      await approveInBrowser(approver, await linkFor(() => city.mailbox.mails(), id, tier));
      expect(await approver.locator(".summary").count()).toBe(0);
    }
    await isNow(id, "reserved");
    await context.close();
    await desk.close();
  },
  patienceMs,
);

test.each([ways[0]!, ways[3]!])(
  "a handler accepts and records the visit: $width px, scripts $scripts, $language",
  async (way) => {
    const { applicationId } = await applyWith(city, "golden-autumn");
    await until("its execution waits for handlers", async () =>
      Boolean(await city.dependencies.cases.wait(applicationId, "handling")),
    );
    await city.clock.advanceTo(addMinutes(city.clock.now(), 1));
    const [page, context] = await open(way);
    await signInInBrowser(page, city, "chunfeng-handler-1");
    await handleInBrowser(page, city, applicationId);
    await isNow(applicationId, "in_approval");
    await context.close();
  },
  patienceMs,
);

/** A case of the fund that can be paid. */
const payable = async (): Promise<void> => {
  const { applicationId } = await applyWith(city, "emergency", {
    example: "11:",
    answers: { eventDate: "2026-07-18" },
  });
  await approveAdvance(city, applicationId, demoPin);
};

test.each([ways[2]!, ways[3]!])(
  "finance makes a batch, a second person authorises it, the bank's answer is booked: scripts $scripts, $language",
  async (way) => {
    await city.clock.advanceTo(addMinutes(city.clock.now(), 1));
    await payable();
    const [officer, officersWindow] = await open(way);
    const [authoriser, authorisersWindow] = await open(way);
    await signInInBrowser(officer, city, "finance");
    await signInInBrowser(authoriser, city, "authoriser");

    await officer.goto(`${city.url}${paths.desk("batches", "new")}`);
    await officer.locator('form:has(input[name="fund"][value="union"]) button').last().click();
    const id = (new URL(officer.url()).pathname.split("/").pop() ?? "") as BatchId;
    await untilStatus(city, id, "awaiting_authorisation");
    await authoriser.goto(`${city.url}${paths.desk("batches", id)}`);
    await authoriser.locator('form[action$="/authorise"] button').last().click();
    await untilStatus(city, id, "sent");

    await officer.goto(`${city.url}${paths.desk("batches", id)}`);
    const [file] = await Promise.all([
      officer.waitForEvent("download"),
      officer.locator('main a[href$="/file"]').first().click(),
    ]);
    expect(await file.failure()).toBeNull();
    const receipt = officer.locator('form[action$="/acceptance"]');
    const { count, sumFen } = await batchOf(city, id);
    await receipt.locator('input[name="number"]').fill("SL20260720001");
    await receipt.locator('input[name="count"]').fill(String(count));
    await receipt.locator('input[name="sum"]').fill((sumFen / 100).toFixed(2));
    await receipt.locator("button").click();
    const upload = officer.locator('form[enctype]:has(input[type="file"])').first();
    const buffer = Buffer.from(await returnOf(city, id));
    const sent = officer.waitForEvent("load");
    await upload
      .locator('input[type="file"]')
      .setInputFiles({ name: "回盘.csv", mimeType: "text/csv", buffer });
    if (await upload.locator("button").isVisible()) await upload.locator("button").click();
    await sent;
    await officer.locator('form[action$="/returns"] button').last().click();
    await untilStatus(city, id, "closed");
    expect((await batchOf(city, id)).count).toBeGreaterThan(0);
    await officersWindow.close();
    await authorisersWindow.close();
  },
  patienceMs,
);
