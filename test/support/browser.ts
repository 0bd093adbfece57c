/** A real Chromium over the embedded run, with the accessibility rules of axe. */
import AxeBuilder from "@axe-core/playwright";
import chromiumPackage from "@sparticuz/chromium";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import type { Visitor } from "#infra/local/demo/visitor.ts";

export const startBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** What axe finds on a page, as "rule: where". In one page of its own: there are no frames to look into. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`),
  );
};

/** Whether something is wider than the window. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

/** What is wider than the window, by the start of its tag; empty when all fits. */
export const tooWide = async (page: Page): Promise<readonly string[]> => {
  if (!(await overflows(page))) return [];
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .filter((element) => element.closest(".scroll") === null)
      .map((element) => element.cloneNode(false).outerHTML.slice(0, 100))
      .slice(0, 5);
  })()`);
};

/** A window in which somebody is signed in who came in over HTTP. */
export const windowOf = async (
  browser: Browser,
  visitor: Visitor,
  width: number,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width, height: 700 }, ...options });
  const pairs = visitor.cookieHeader().split("; ").filter(Boolean);
  await context.addCookies(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      // Of https: a browser takes a cookie bound to its host from nowhere else, and sends it to localhost all the same.
      return { name, value, url: "https://localhost/", secure: true, httpOnly: true };
    }),
  );
  return context;
};
