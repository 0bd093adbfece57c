/**
 * `npm run screenshots [-- <page>…]`: the main pages in both languages, as people meet them, into docs/screenshots/:
 * <page>.<language>.png, workers' and approvers' pages on a phone, the desk's on a desk.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import { paths } from "#shared/web/paths.ts";
import { startBrowser, windowOf } from "./browser.ts";
import { withPalette } from "./palette-png.ts";
import { stageCity, type StagedCity } from "./staged-city.ts";

interface MainPage {
  readonly name: string;
  readonly path: string;
  readonly visitor: Visitor;
  /** At a desk's width; on a phone otherwise. */
  readonly atDesk?: boolean;
}

const directory = process.env["SCREENSHOTS"] ?? join(import.meta.dirname, "../../docs/screenshots");
const heightMax = { phone: 1_400, desk: 900 } as const;
const languages = ["zh-CN", "en"] as const;

/** The question about the family, or the first there is, of those that can be changed before sending. */
const aQuestion = async ({ visitor, programmeId, id }: StagedCity["draft"]): Promise<string> => {
  const { html } = await visitor.get(paths.check(programmeId, id));
  const questions = [...html.matchAll(/href="(?<path>[^"?]*\/questions\/[^"?]*)/gu)].map(
    ({ groups }) => groups?.["path"] ?? "",
  );
  return questions.find((path) => /famil|member|people/u.test(path)) ?? questions[0] ?? paths.home;
};

const mainPages = async ({
  cases,
  draft,
  links,
  people,
  batches,
  applicantOf,
}: StagedCity): Promise<readonly MainPage[]> => [
  { name: "home", path: paths.home, visitor: people.stranger },
  { name: "start", path: paths.apply("golden-autumn"), visitor: people.stranger },
  { name: "question", path: await aQuestion(draft), visitor: draft.visitor },
  { name: "papers", path: paths.papers(draft.programmeId, draft.id), visitor: draft.visitor },
  {
    name: "status",
    path: paths.case(cases.noticed.applicationId),
    visitor: await applicantOf(cases.noticed),
  },
  { name: "decide", path: links.open, visitor: people.approver },
  { name: "desk", path: paths.desk(), visitor: people.administrator, atDesk: true },
  {
    name: "case",
    path: paths.desk("case", cases.advanced.applicationId),
    visitor: people.auditor,
    atDesk: true,
  },
  { name: "reports", path: paths.desk("reports"), visitor: people.administrator, atDesk: true },
  {
    name: "accept",
    path: paths.desk("handling", cases.arrived.applicationId),
    visitor: people.handler,
    atDesk: true,
  },
  { name: "funds", path: paths.desk("funds"), visitor: people.finance, atDesk: true },
  {
    name: "batch",
    path: paths.desk("batches", batches.assembled),
    visitor: people.authoriser,
    atDesk: true,
  },
];

const main = async (wanted: readonly string[]): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  const [staged, browser] = await Promise.all([stageCity(), startBrowser()]);
  let bytes = 0;
  try {
    for (const shown of await mainPages(staged)) {
      if (wanted.length > 0 && !wanted.includes(shown.name)) continue;
      for (const language of languages) {
        const context = await windowOf(browser, shown.visitor, shown.atDesk ? 1_100 : 360);
        const page = await context.newPage();
        await page.goto(`${staged.city.url}${shown.path}?lang=${language}`);
        // Pictures below the fold wait to be scrolled to.
        await page.evaluate(`for (const image of document.images) image.loading = "eager"`);
        await page.waitForLoadState("networkidle");
        const height = Number(await page.evaluate("document.documentElement.scrollHeight"));
        const width = shown.atDesk ? 1_100 : 360;
        const clip = {
          x: 0,
          y: 0,
          width,
          height: Math.min(height, shown.atDesk ? heightMax.desk : heightMax.phone),
        };
        const image = withPalette(await page.screenshot({ fullPage: true, clip }));
        writeFileSync(join(directory, `${shown.name}.${language}.png`), image);
        bytes += image.length;
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await staged.city.stop();
  }
  process.stdout.write(`${directory}: ${Math.round(bytes / 1000)} KB\n`);
};

await main(process.argv.slice(2));
