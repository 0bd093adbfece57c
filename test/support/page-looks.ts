/** How a page is looked at: what of it is out of somebody's reach, each finding with the page's name before it. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import { axeFindings, tooWide, windowOf } from "./browser.ts";
import type { StagedCity } from "./staged-city.ts";
import { chineseLeft, dataOf, englishLeft } from "./words-on-page.ts";

export interface Target {
  readonly name: string;
  readonly visitor: Visitor;
  readonly path: string;
  readonly status: number;
}

export interface Looks {
  /** On a phone in Chinese: axe, 320 px, text of 200 %, large text. */
  readonly onPhone: (target: Target) => Promise<readonly string[]>;
  /** At a desk in English; with axe or without. */
  readonly atDesk: (target: Target, axe: boolean) => Promise<readonly string[]>;
  /** The answer to something that was sent, on a phone. */
  readonly answer: (answered: Target & { readonly html: string }) => Promise<readonly string[]>;
}

/** HTML, style and script of a page together; photos and files are apart. */
const weightMaxBytes = 60_000;

const named = (where: string, found: readonly string[]): readonly string[] =>
  found.map((one) => `${where}: ${one}`);

const lookOnPhone = async (page: Page, name: string): Promise<readonly string[]> => {
  const seen = [
    ...named(`${name}, phone`, await axeFindings(page)),
    ...named(`${name}, zh`, await englishLeft(page)),
  ];
  await page.setViewportSize({ width: 320, height: 700 });
  const narrow = named(`${name}, 320 px`, await tooWide(page));
  await page.evaluate(`document.documentElement.style.fontSize = "200%"`);
  const doubled = named(`${name}, text of 200 %`, await tooWide(page));
  await page.evaluate(
    `document.documentElement.style.fontSize = ""; document.documentElement.dataset.text = "large"`,
  );
  const large = named(`${name}, large text`, await tooWide(page));
  await page.setViewportSize({ width: 360, height: 700 });
  return [...seen, ...narrow, ...doubled, ...large];
};

/** What crosses the line: style and script go packed. */
const sentBytes = async (url: string): Promise<number> => {
  const response = await fetch(url, { headers: { "accept-encoding": "gzip" } });
  const unpacked = (await response.arrayBuffer()).byteLength;
  return Number(response.headers.get("content-length") ?? unpacked);
};

/** Opens windows for everybody who looks. */
export const looksAt = async (staged: StagedCity, browser: Browser): Promise<Looks> => {
  const data = await dataOf(staged);
  const tabs = new Map<Visitor, Promise<Record<"phone" | "desk", Page>>>();
  const open = async (visitor: Visitor) => {
    const tab = async (width: number): Promise<Page> => {
      const context: BrowserContext = await windowOf(browser, visitor, width);
      return context.newPage();
    };
    return { phone: await tab(360), desk: await tab(1_100) };
  };
  const tabsOf = (visitor: Visitor) => {
    const known = tabs.get(visitor) ?? open(visitor);
    tabs.set(visitor, known);
    return known;
  };
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (path: string): Promise<number> => {
    const known = sizes.get(path) ?? sentBytes(`${staged.city.url}${path}`);
    sizes.set(path, known);
    return known;
  };
  const overweight = async (html: string): Promise<readonly string[]> => {
    const assets = [...html.matchAll(/(?:href|src)="(?<path>\/assets\/[^"]+\.(?:css|js))"/gu)];
    const parts = await Promise.all(assets.map(({ groups }) => sizeOf(groups?.["path"] ?? "")));
    const bytes = Buffer.byteLength(html) + parts.reduce((sum, size) => sum + size, 0);
    return bytes > weightMaxBytes ? [`${bytes} bytes`] : [];
  };
  const go = async (page: Page, { name, path, status }: Target, language: string) => {
    const query = path.includes("?") ? "&" : "?";
    const response = await page.goto(`${staged.city.url}${path}${query}lang=${language}`);
    const came = response?.status();
    return named(name, [
      ...(came === status ? [] : [`status ${came}`]),
      ...(new URL(page.url()).pathname === path.split("?")[0] ? [] : [`led to ${page.url()}`]),
      ...(await overweight((await response?.text()) ?? "")),
    ]);
  };
  return {
    onPhone: async (target) => {
      const { phone } = await tabsOf(target.visitor);
      return [...(await go(phone, target, "zh-CN")), ...(await lookOnPhone(phone, target.name))];
    },
    atDesk: async (target, axe) => {
      const { desk } = await tabsOf(target.visitor);
      return [
        ...(await go(desk, target, "en")),
        ...named(`${target.name}, desk`, axe ? await axeFindings(desk) : []),
        ...named(`${target.name}, desk, too wide`, await tooWide(desk)),
        ...named(`${target.name}, en`, await chineseLeft(desk, data)),
      ];
    },
    answer: async ({ visitor, html, ...target }) => {
      const { phone } = await tabsOf(visitor);
      const route = `${staged.city.url}${target.path}?lang=zh-CN`;
      await phone.route(route, (given) =>
        given.fulfill({
          status: target.status,
          contentType: "text/html; charset=utf-8",
          body: html,
        }),
      );
      await phone.goto(route);
      const found = await lookOnPhone(phone, target.name);
      await phone.unroute(route);
      return [...named(target.name, await overweight(html)), ...found];
    },
  };
};

/** An address without what names one thing: pages of one kind are looked at once. */
const kindOf = (path: string): string =>
  path
    .replaceAll(/SN[0-9A-Z]{10}(?:-\d+)?|B\d{8}-[0-9A-Z]{6}|HF[0-9A-Z]{8,}|ST[0-9A-Z]{8}/gu, ":")
    .split("?")[0] ?? "";

const linksOn = (html: string): readonly string[] =>
  [...html.matchAll(/href="(?<href>\/[^"#]*)"/gu)]
    .map(({ groups }) => (groups?.["href"] ?? "").replaceAll("&amp;", "&"))
    .filter((href) => !/[?&](?:lang|text)=|^\/(?:assets|dev)\//u.test(href));

/**
 * Every page that links lead to, from one's first page on; of each kind one. `known`: what others were shown in the
 * same way already, by kind and headings.
 */
export const pagesFrom = async (
  { city }: StagedCity,
  visitor: Visitor,
  start: string,
  known: Set<string>,
): Promise<readonly Target[]> => {
  const queue = [start];
  const seen = new Set<string>();
  const targets: Target[] = [];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const kind = kindOf(path);
    if (seen.has(kind)) continue;
    seen.add(kind);
    const headers = { cookie: visitor.cookieHeader() };
    const response = await fetch(`${city.url}${path}`, { headers, redirect: "manual" });
    const html = await response.text();
    if (response.status !== 200 || !html.startsWith("<!doctype html>")) continue;
    queue.push(...linksOn(html));
    const headings = html.match(/<h[12][^>]*>[^<]*/gu)?.map(kindOf) ?? [];
    const shape = `${kind} ${headings.join()}`;
    if (known.has(shape)) continue;
    known.add(shape);
    targets.push({ name: kind, visitor, path, status: 200 });
  }
  return targets;
};
