/** What can be exported, and what was. */
import {
  exportKinds,
  isExportKind,
  stateOf,
  type FinanceExport,
} from "#shared/domain/finance-export.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskPage, figureHeading, say, type Desk } from "../../frame.ts";
import { stateTags, stateWords, words } from "./words.ts";

const listed = 30;

const kindItem = (desk: Desk, kind: string): Html | null => {
  if (!isExportKind(kind)) return null;
  const { title, says } = exportKinds[kind];
  return html`<dt><a href="${paths.desk("exports", "new", kind)}">${say(desk, title)}</a></dt>
    <dd>${say(desk, says)}</dd>`;
};

const cellsOf = (
  desk: Desk,
  one: FinanceExport,
  nameOf: (id: string) => string,
): readonly Fragment[] => {
  const { locale } = desk.request;
  const state = stateOf(one, desk.uses.clock.now());
  return [
    html`<a href="${paths.desk("exports", one.id)}"
        >${inLocale(exportKinds[one.request.kind].title, locale)}</a
      >
      <span class="soft small nowrap">${one.id}</span>`,
    html`<span class="${stateTags[state]}">${say(desk, stateWords[state])}</span>`,
    one.made ? count(one.made.rows) : "",
    one.made ? amount(one.made.sumFen, locale) : "",
    nameOf(one.askedBy),
    dateTime(one.askedAt, locale),
  ];
};

export const showExports = async (desk: Desk): Promise<PageResponse> => {
  const [all, { staff }] = await Promise.all([
    desk.uses.exports.list(listed),
    desk.uses.directory.organisation(),
  ]);
  const nameOf = (id: string): string => staff.find((one) => one.id === id)?.name ?? id;
  const head = [
    words.kind,
    words.state,
    figureHeading(words.rows),
    figureHeading(words.sum),
    words.askedBy,
    words.askedAt,
  ];
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <h2>${say(desk, words.newOne)}</h2>
      <dl class="facts">${Object.keys(exportKinds).map((kind) => kindItem(desk, kind))}</dl>
      <h2>${say(desk, words.recent)}</h2>
      ${
        all.length === 0
          ? html`<p class="soft">${say(desk, words.none)}</p>`
          : cardTable(
              desk,
              head,
              all.map((one) => cellsOf(desk, one, nameOf)),
            )
      }`,
  });
};
