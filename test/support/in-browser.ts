/** What people do with their own hands in a browser: type, tick, choose, send. Works with scripts and without. */
import type { Locator, Page } from "playwright-core";
import { demoPin } from "#infra/local/demo-city.ts";
import { asTyped } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { codeNow, mailedLink } from "./desk.ts";

const pdf = {
  name: "材料.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"),
};

/** A photo of one pixel. */
const photo = {
  name: "照片.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
};

/** Types what is known into the form that is open; what it doesn't ask for is left out. */
const fillForm = async (page: Page, form: string, answers: Answers): Promise<void> => {
  const selector = `${form} :is(input,select,textarea)[name]`;
  const asked: readonly (readonly string[])[] = await page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})]
      .map((control) => [control.name, control.type, control.value])`,
  );
  for (const [name = "", kind, value] of asked) {
    const answer = answers[name];
    if (answer === undefined || kind === "hidden" || answer === "") continue;
    const control = page.locator(`${form} [name="${name}"]`);
    if (kind === "radio") {
      if (value === answer) await control.and(page.locator(`[value="${value}"]`)).check();
    } else if (kind === "checkbox") await control.setChecked(answer === "yes");
    else if (kind?.startsWith("select")) await control.selectOption(answer);
    else await control.fill(answer);
  }
};

/** Sends a file by a form of the page: with scripts choosing it is enough, without them its button sends it. */
const attach = async (
  page: Page,
  place: number,
  file: Parameters<Locator["setInputFiles"]>[0],
): Promise<void> => {
  const form = page.locator('form[enctype]:has(input[type="file"])').nth(place);
  const listed = page.locator("li[data-file]");
  const before = await listed.count();
  const isScripted = (await form.getAttribute("data-photos")) !== null && (await runsScripts(page));
  await form.locator('input[type="file"]').setInputFiles(file);
  if (isScripted) await listed.nth(before).waitFor();
  else await form.locator("button").first().click();
};

/** What is inside noscript is markup only where no script runs. */
const runsScripts = (page: Page): Promise<boolean> =>
  page.evaluate(`(() => {
    const probe = document.createElement("div");
    probe.innerHTML = "<noscript><i></i></noscript>";
    return probe.querySelector("i") === null;
  })()`);

const pagesMax = 60;

/** From the first page of all to the receipt, question by question. */
export const applyInBrowser = async (
  page: Page,
  { url }: Embedded,
  programme: EveryProgramme,
  answers: Answers,
): Promise<ApplicationId> => {
  const typed = asTyped(programme, answers);
  await page.goto(url);
  await page
    .locator(`main a[href="${paths.apply(programme.id)}"]`)
    .first()
    .click();
  await page
    .locator(`form[action="${paths.apply(programme.id)}"] button`)
    .last()
    .click();
  for (let pages = 0; page.url().includes("/questions/"); pages += 1) {
    if (pages === pagesMax) throw new Error(`the questions don't end: ${page.url()}`);
    const before = page.url();
    await fillForm(page, "#question", typed);
    await page.locator("#question .actions button").first().click();
    if (page.url() === before) {
      throw new Error(`not taken: ${await page.locator("main").innerText()}`);
    }
  }
  await page.locator("main .actions a.button").last().click();
  const uploads = await page.locator('form[enctype] input[type="file"]').count();
  for (let index = 0; index < uploads; index += 1) {
    await attach(page, index, pdf);
  }
  await page.locator('form[action$="/submit"] button').last().click();
  const id = parseApplicationId(/SN[0-9A-Z]{10}/u.exec(page.url())?.[0] ?? "");
  if (!id || !page.url().includes("/receipt")) {
    throw new Error(`no receipt: ${await page.locator("main").innerText()}`);
  }
  return id;
};

/** Opens the mailed link, reads, and agrees with the PIN. */
export const approveInBrowser = async (page: Page, link: string): Promise<void> => {
  await page.goto(link);
  await page.locator('input[name="decision"][value="approve"]').check();
  const form = page.locator('form:has(input[name="decision"])');
  await form.locator('input[name="pin"]').fill(demoPin);
  await form.locator(".actions button").first().click();
};

/** The mailed link, then the authenticator's code. */
export const signInInBrowser = async (
  page: Page,
  city: Embedded,
  person: string,
): Promise<void> => {
  const email = `${person}@example.org`;
  await page.goto(`${city.url}${paths.desk("sign-in")}`);
  await page.locator('input[name="email"]').fill(email);
  await page.locator("main form button").first().click();
  await page.goto(mailedLink(city, email));
  await page.locator("main form button").first().click();
  await page.locator('input[name="code"]').fill(await codeNow(city));
  await page.locator("main form button").first().click();
};

/** Accepts a case, sends the signed form from the phone, and writes down the visit. */
export const handleInBrowser = async (
  page: Page,
  { url }: Embedded,
  id: ApplicationId,
): Promise<void> => {
  await page.goto(`${url}${paths.desk("handling", id)}`);
  await page.locator('form[action$="/accept"] button').last().click();
  await page.goto(`${url}${paths.desk("handling", id, "visit")}`);
  await attach(page, 0, photo);
  await page.goto(`${url}${paths.desk("handling", id, "record")}`);
  await fillForm(page, 'form[action$="/record"]', {
    others: "社区网格员",
    metWith: "申请人本人",
    findings: "与申报一致。",
    confirmed: "yes",
  });
  await page.locator('form[action$="/record"] button').last().click();
};
