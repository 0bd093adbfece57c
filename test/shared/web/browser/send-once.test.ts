/** A second tap on a slow line, in a real browser. */
import type { Browser, Page } from "playwright-core";
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

/** A page of ours with the script, whose server takes its time: it never answers a form. */
const open = async (body: string): Promise<{ page: Page; sent: () => number }> => {
  const page = await browser.newPage();
  let sent = 0;
  await page.route("http://songnuan.example/**", async (route) => {
    if (route.request().method() === "POST") {
      sent += 1;
      return;
    }
    await route.fulfill({
      contentType: route.request().url().endsWith(".js") ? "text/javascript" : "text/html",
      body: route.request().url().endsWith(".js")
        ? browserScript
        : `<!doctype html><script src="/a.js" defer></script>${body}`,
    });
  });
  await page.goto("http://songnuan.example/");
  return { page, sent: () => sent };
};

test("a second tap doesn't send a form again, and another form can still be sent", async () => {
  const { page, sent } = await open(
    `<form method="post"><button id="one">办理</button></form><form method="post"><button id="two">办理</button></form>`,
  );
  // In one go: from the first tap on, the page is on its way, and nothing can be asked of it from outside.
  const busy = await page.evaluate(`(() => {
    const buttons = ["one", "two"].map((id) => document.getElementById(id));
    const refused = [];
    document.addEventListener("submit", (event) => refused.push(event.defaultPrevented));
    buttons[0].click();
    buttons[0].click();
    return [...buttons.map((button) => button.getAttribute("aria-busy")), ...refused];
  })()`);

  expect(busy).toEqual(["true", null, false, true]);
  await expect.poll(sent).toBe(1);
  await page.close();
});
