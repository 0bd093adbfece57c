/** From the form to the decision in a real browser on a phone's width, without JavaScript, in both languages. */
import { policyPack } from "#workflows/policy-pack.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { acceptAtDesk, handleCase, handlerAt } from "#infra/local/demo/handler.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { axeFindings, overflows, startBrowser } from "#test/support/browser.ts";
import { linkFor } from "#infra/local/demo/approver.ts";
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

/** Each page as it is met: nothing wider than the phone, nothing that axe objects to. */
const lookedAt = async (page: Page, name: string): Promise<void> => {
  expect(await overflows(page), `${name} fits its window`).toBe(false);
  expect(await axeFindings(page), name).toEqual([]);
};

/** axe needs to run a script of its own, so pages are looked at in a window with scripts, and used in one without. */
const windows = async (): Promise<{ used: Page; open: BrowserContext }> => {
  const open = await browser.newContext({
    viewport: { width: 320, height: 700 },
    javaScriptEnabled: false,
  });
  return { used: await open.newPage(), open };
};

const fill = async (page: Page, answers: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(answers)) {
    const control = page.locator(`[name="${name}"]`).first();
    const kind = await control.evaluate(
      (element) => element.getAttribute("type") ?? element.tagName,
    );
    if (kind === "SELECT") await control.selectOption(value);
    else if (kind === "radio") await page.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === "checkbox") await control.check();
    else await control.fill(value);
  }
};

const programme = programmes.find(
  ({ examples, window }) =>
    window(2026, policyPack)?.opens.startsWith("2026-07") && examples.length > 0,
)!;
const example = programme.examples.find(({ expected }) => expected.recommendation === "approve")!;

for (const language of ["zh-CN", "en"] as const) {
  test(`a worker applies and an approver decides, without a script, in ${language}`, async () => {
    const person = demoApplicant(language === "en" ? 701 : 702);
    const answers = answersFor(programme, example, person, "chunfeng");
    const { used, open } = await windows();
    await used.goto(`${city.url}/?lang=${language}`);
    expect(await used.locator("html").getAttribute("lang")).toBe(language);
    await used.goto(`${city.url}/apply/${programme.id}?lang=${language}`);
    await used.locator("main form button").last().click();
    expect(await used.locator(".summary li a").count()).toBeGreaterThan(10);
    await fill(used, answers);
    await used.locator("main form button").last().click();
    expect(used.url()).toContain("/papers");
    const uploads = await used.locator('input[type="file"]').count();
    for (let index = 0; index < uploads; index += 1) {
      const file = {
        name: "p.pdf",
        mimeType: "application/pdf",
        buffer: Buffer.from("%PDF-1.4\n%%EOF\n"),
      };
      await used.locator('input[type="file"]').nth(index).setInputFiles(file);
      await used.locator("form[enctype] button").nth(index).click();
      expect(used.url()).toContain("/papers");
    }
    await used.locator('form[action$="/submit"] button').click();
    expect(used.url()).toContain("/receipt");
    const id = /SN[0-9A-Z]{10}/u.exec(used.url())?.[0] as ApplicationId;
    await handleCase(city, id);
    const link = await linkFor(() => city.mailbox.mails(), id, "station");
    await used.goto(`${link}?lang=${language}`);
    await used.locator('input[name="decision"][value="approve"]').check();
    await used.locator("#pin").fill(demoPin);
    await used.locator("form:has(#pin) button").click();
    expect(await used.locator("h1").textContent()).toBe(
      language === "en" ? "This tier has decided" : "这一级已作出决定",
    );
    await open.close();
  });
}

test("every page of the way fits a phone of 320 px and a desk, and axe has nothing to say", async () => {
  for (const width of [320, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const path of [
      "/",
      ...programmes.map(({ id }) => `/apply/${id}`),
      "/status",
      "/pin",
      "/desk/sign-in",
      "/no-such-page",
      "/dev/mail",
      "/dev/clock",
    ]) {
      await page.goto(`${city.url}${path}`);
      await lookedAt(page, `${path} at ${width}`);
    }
    await page.goto(`${city.url}/apply/${programme.id}`);
    await page.locator("main form button").last().click();
    await lookedAt(page, `the form with errors at ${width}`);
    await page.goto(await linkOf(city, await applyWith(city, programme.id), "station"));
    await lookedAt(page, `the approver's page at ${width}`);
    await page.locator("#open-pin").fill(demoPin);
    await page.locator("form:has(#open-pin) button").click();
    await lookedAt(page, `the whole case at ${width}`);
    await context.close();
  }
});

test("a handler's pages fit a phone in a flat and a desk, with and without something to mend, and axe has nothing to say", async () => {
  const [accepting, visiting] = [
    await applyWith(city, programme.id),
    await applyWith(city, programme.id),
  ];
  for (const { applicationId } of [accepting, visiting]) {
    await until("its execution waits for handlers", async () =>
      Boolean(await city.dependencies.cases.wait(applicationId, "handling")),
    );
  }
  const visitor = await handlerAt(city, "chunfeng-handler-1@example.org");
  await acceptAtDesk(visitor, visiting.applicationId);
  for (const width of [320, 1280]) {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      extraHTTPHeaders: { cookie: visitor.cookieHeader() },
    });
    const page = await context.newPage();
    const look = async (...segments: readonly string[]): Promise<void> => {
      await page.goto(`${city.url}${paths.desk("handling", ...segments)}`);
      expect(page.url()).not.toContain("sign-in");
      await lookedAt(page, `${segments.slice(1).join() || "the handlers' page"} at ${width}`);
    };
    await look();
    await look(accepting.applicationId);
    await page.locator('form[action$="/return"] button').click();
    await lookedAt(page, `a list without words at ${width}`);
    await look(visiting.applicationId, "visit");
    await look(visiting.applicationId, "record");
    await page.locator('form[action$="/record"] button').click();
    await lookedAt(page, `a record with what is missing at ${width}`);
    await context.close();
  }
});
