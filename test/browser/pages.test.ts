/**
 * Every page in every state that people meet it: on a phone in Chinese with axe, 320 px, text twice as large and the
 * large-text mode; at a desk in English. Both languages are whole, and a page is light. Every page
 * that links lead to, axe at the desk, every field of every form and the times are in test/bench/pages.test.ts.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBrowser } from "#test/support/browser.ts";
import { looksAt, type Looks, type Target } from "#test/support/page-looks.ts";
import { laterPages } from "#test/support/later-pages.ts";
import { answeredPages, shownPages, type AnsweredPage } from "#test/support/page-table.ts";
import { stageCity, type StagedCity } from "#test/support/staged-city.ts";

/** For a machine that does other things as well. */
const patienceMs = 600_000;

let staged: StagedCity;
let browser: Browser;
let looks: Looks;
beforeAll(async () => {
  [staged, browser] = await Promise.all([stageCity(), startBrowser()]);
  looks = await looksAt(staged, browser);
}, patienceMs);
afterAll(async () => {
  await browser?.close();
  await staged?.city.stop();
});

const lookAtAll = async (targets: readonly Target[]): Promise<readonly string[]> => {
  const findings: string[] = [];
  for (const target of targets) {
    findings.push(...(await looks.onPhone(target)), ...(await looks.atDesk(target, false)));
  }
  return findings;
};

test(
  "every page of the table is within everybody's reach",
  async () => {
    const targets = await shownPages(staged);
    expect(targets.length).toBeGreaterThan(30);

    expect(await lookAtAll(targets)).toEqual([]);
  },
  patienceMs,
);

const lookAtAnswers = async (answers: readonly AnsweredPage[]): Promise<readonly string[]> => {
  const findings: string[] = [];
  for (const { page, ...answered } of answers) {
    if (page.status !== answered.status) findings.push(`${answered.name}: status ${page.status}`);
    const path = new URL(page.url).pathname;
    findings.push(...(await looks.answer({ ...answered, path, html: page.html })));
  }
  return findings;
};

test(
  "what answers something wrong is within everybody's reach",
  async () => expect(await lookAtAnswers(await answeredPages(staged))).toEqual([]),
  patienceMs,
);

test(
  "so is what only time or stubbornness brings about",
  async () => {
    const { shown, answered } = await laterPages(staged);

    expect(await lookAtAnswers(answered)).toEqual([]);
    expect(await lookAtAll(shown)).toEqual([]);
  },
  patienceMs,
);
