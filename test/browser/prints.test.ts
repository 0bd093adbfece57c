/** What the union files on paper, printed by a real Chromium: 审批表 on one sheet, 发放清单 and 公示 without the site around them. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { axeFindings, overflows, startBrowser } from "#test/support/browser.ts";
import { decideAt, startCity } from "#test/support/city.ts";
import { anAssembledBatch, signIn } from "#test/support/desk.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";
import { applyAs } from "#test/support/journey.ts";

let city: Embedded;
let browser: Browser;
let applied: Applied;
let auditor: Visitor;
let officer: Visitor;
beforeAll(async () => {
  [city, browser] = await Promise.all([startCity(), startBrowser()]);
  applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  // Approving waits for a notice of some days: whoever signed in before it is signed out by now.
  auditor = await signIn(city, "auditor");
  officer = await signIn(city, "finance");
});
afterAll(async () => {
  await browser.close();
  await city.stop();
});

/** The page as somebody signed in sees it; styles come from the site itself. */
const opened = async (visitor: Visitor, path: string, width = 794): Promise<Page> => {
  const { html } = await visitor.get(path);
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.route(`${city.url}/shown`, (route) =>
    route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }),
  );
  await page.goto(`${city.url}/shown`);
  return page;
};

const sheetsOf = async (page: Page): Promise<number> => {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/gu) ?? []).length;
};

/** Whether the frame of the site is left out of what is printed. */
const isBare = async (page: Page): Promise<boolean> => {
  await page.emulateMedia({ media: "print" });
  const shown = await page
    .locator("header nav, .desk-bar, footer, .actions, .unprinted")
    .evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).length);
  return shown === 0;
};

const formPath = (): string => paths.desk("case", applied.applicationId, "form");

test.each(["zh-CN", "en"] as const)(
  "the approval form of a usual case is one sheet, in %s",
  async (language) => {
    const page = await opened(auditor, `${formPath()}?lang=${language}`);
    expect(await sheetsOf(page)).toBe(1);
    expect(await isBare(page)).toBe(true);
    await page.context().close();
  },
);

test("it says who applied, what was worked out, who visited and what each tier decided", async () => {
  const words = wordsOf((await auditor.get(`${formPath()}?lang=zh-CN`)).html);
  expect(words).toContain("困难职工帮扶救助审批表");
  expect(words).toMatch(/申请人 \S+ 身份证号 3\d{17} 联系电话 139/u);
  expect(words).toContain("年可支配收入 54,000.00 元 刚性支出 18,000.00 元");
  expect(words).toContain("困难类别 深度困难职工");
  expect(words).toContain("每生每年 5,000.00 元");
  expect(words).toContain("情况属实");
  expect(words).toMatch(/街道（乡镇）工会服务站 春风街道工会服务站 \S+ 5,000\.00 元/u);
  expect(words).toMatch(/区县总工会 城东区总工会 \S+ 5,000\.00 元 签字：郑东升/u);
  expect(words).toContain("救助金额 5,000.00 元 大写：人民币伍仟元整");
  expect(words).toContain("申请人签字：");
});

test("whoever may not see facts has the sheet masked, and another branch's handler has none", async () => {
  const { html } = await officer.get(`${formPath()}?lang=zh-CN`);
  expect(html).not.toMatch(/\d{17}[\dX]/u);
  expect(html).not.toMatch(/139\d{8}/u);
  expect(wordsOf(html)).toContain("刚性支出 ***");
  expect(wordsOf(html)).toContain("人民币伍仟元整");
  const stranger = await signIn(city, "liangang-handler-1");
  expect((await stranger.get(formPath())).status).toBe(404);
  const own = await signIn(city, "chunfeng-handler-1");
  expect((await own.get(formPath())).status).toBe(200);
});

test("a long payment list runs over several sheets and repeats its head on each", async () => {
  const fundId = await openFund(city.dependencies, "printed", 1_000_000);
  for (let number = 0; number < 60; number += 1) {
    await reserveCase(city.dependencies, fundId, {}, yuan(1_000));
  }
  const id = await anAssembledBatch(city, officer, fundId);
  const page = await opened(officer, paths.desk("batches", id, "list"));
  expect(await sheetsOf(page)).toBeGreaterThan(1);
  expect(await isBare(page)).toBe(true);
  const head = await page.evaluate(
    "getComputedStyle(document.querySelector('.payment-rows thead')).display",
  );
  expect(head).toBe("table-header-group");
  expect(await page.locator("main").innerText()).toContain("人民币陆万元整");
  await page.context().close();
});

test("the notice prints as it hangs on the board: with whom to call and a place for the seal", async () => {
  const page = await opened(officer, `${paths.notices}?lang=zh-CN`);
  expect(await sheetsOf(page)).toBe(1);
  expect(await isBare(page)).toBe(true);
  const shown = await page.locator("main").innerText();
  expect(shown).toContain("职工热线 12351");
  expect(shown).toContain("公示单位（盖章）");
  await page.context().close();
});

test("sheets and figures are within reach on the narrowest screen", async () => {
  const addresses = [
    formPath(),
    paths.desk("reports"),
    paths.desk("funds", "union"),
    paths.desk("funds"),
  ];
  for (const address of addresses) {
    const page = await opened(auditor, address, 320);
    expect(await overflows(page), address).toBe(false);
    expect(await axeFindings(page), address).toEqual([]);
    await page.context().close();
  }
});
