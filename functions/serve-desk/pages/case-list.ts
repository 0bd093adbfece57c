/** Cases under way, whose limit is nearest first: by state, programme, office and tier. The address says which. */
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html } from "#shared/web/html.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, say, type Desk } from "../frame.ts";
import { readFilter, isWaiting, wantedBy } from "./search/filter.ts";
import { queueControls } from "./search/filter-form.ts";
import { caseRows } from "./search/rows.ts";
import { casesUnderWay, mostUrgentFirst } from "./search/under-way.ts";

const words = {
  title: { zh: "办理中的案件", en: "Cases under way" },
  filter: { zh: "筛选", en: "Narrow down" },
  show: { zh: "查看", en: "Show" },
  clear: { zh: "清除条件", en: "Clear" },
  none: {
    zh: "没有符合条件的案件。可以清除条件再看，或到“查找”按编号查。",
    en: "No case fits. Clear the conditions, or look for a number under Search.",
  },
  more: {
    zh: "案件很多，这里只统计了最早申请的一部分；请按状态筛选。",
    en: "There are very many cases: only those applied for first are counted here. Choose a state.",
  },
} as const satisfies Record<string, Text>;

/** The list; its sum and count are of all that fits, its rows a page of it. */
export const showCaseList = async (desk: Desk): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const { filter, page } = readFilter(desk);
  const own = { ...filter, status: filter.status === "paid" ? null : filter.status };
  const found = await casesUnderWay(desk, organisation, own.status);
  const entries = found.entries.filter(wantedBy(desk, organisation, own)).toSorted(mostUrgentFirst);
  const path = paths.desk("cases");
  const title = inLocale(words.title, desk.request.locale);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <form class="filters unprinted" method="get" action="${path}" role="search">
        ${queueControls(desk, organisation)}
        <p class="actions">
          <button class="second">${say(desk, words.filter)}</button>
          <a href="${path}">${say(desk, words.clear)}</a>
        </p>
      </form>
      ${found.more ? html`<p class="notice wait">${say(desk, words.more)}</p>` : null}
      ${
        entries.length === 0
          ? html`<p class="lead">${say(desk, words.none)}</p>`
          : caseRows(desk, organisation, { entries, page, path })
      }`,
  });
};

/** An address of before, by state alone. */
export const showCases = (desk: Desk, typed: string): Promise<PageResponse> =>
  Promise.resolve(
    isWaiting(typed)
      ? redirect(`${paths.desk("cases")}?state=${typed}`)
      : notFoundPage(desk.request.locale),
  );
