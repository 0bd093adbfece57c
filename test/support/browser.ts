/** A real Chromium over the embedded run, with the accessibility rules of axe. */
import AxeBuilder from "@axe-core/playwright";
import chromiumPackage from "@sparticuz/chromium";
import { chromium, type Browser, type Page } from "playwright-core";

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

/** What axe finds on a page, as "rule: where". Scripts of the page itself stay off; axe runs beside it. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`),
  );
};

/** Whether something is wider than the window. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
