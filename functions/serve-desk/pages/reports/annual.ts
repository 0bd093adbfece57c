/** The annual audit pack, as a page that prints and as a workbook. */
import { annualPack, type AnnualPack } from "#shared/casework/annual-pack.ts";
import { ties } from "#shared/domain/annual-pack.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { labelled } from "#shared/web/messages.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import { annualTables } from "./annual-tables.ts";
import { annualWords as words } from "./annual-words.ts";
import { figureTable, workbookAnswer, type FigureTable } from "./figure-table.ts";
import { excelLink, reportNav } from "./report-nav.ts";

/** Years that can be asked for: this one and those before it. */
const yearsShown = 6;

const yearOfQuery = ({ uses, request }: Desk): number => {
  const present = yearOf(localDateOf(uses.clock.now()));
  const asked = Number(request.query["year"] ?? present);
  return Number.isInteger(asked) && asked > present - yearsShown && asked <= present
    ? asked
    : present;
};

const yearLinks = (desk: Desk, chosen: number): Html => {
  const present = yearOf(localDateOf(desk.uses.clock.now()));
  const years = Array.from({ length: yearsShown }, (_, back) => present - back);
  return html`<nav class="unprinted" aria-label="${say(desk, words.year)}">
    <p class="actions">
      ${years.map((year) =>
        year === chosen
          ? html`<strong aria-current="true">${year}</strong> `
          : html`<a href="${paths.desk("reports", "annual")}?year=${year}">${year}</a> `,
      )}
    </p>
  </nav>`;
};

const tiesNotice = (desk: Desk, { funds }: AnnualPack): Html =>
  funds.every(ties)
    ? html`<p class="notice good">
        <strong>${say(desk, words.ties)}</strong> ${say(desk, words.tiesAll)}
      </p>`
    : html`<p class="notice wait">
        ${say(desk, words.tiesNot)}
        <a href="${paths.desk("audit")}">${say(desk, words.seeAudit)}</a>
      </p>`;

const tablePart = (desk: Desk, table: FigureTable): Html =>
  table.rows.length === 0
    ? html`<h2>${say(desk, table.name)}</h2>
        <p class="soft">${say(desk, words.none)}</p>`
    : figureTable(desk, table);

export const showAnnual = async (desk: Desk): Promise<PageResponse> => {
  const year = yearOfQuery(desk);
  const pack = await annualPack(desk.uses, year);
  const organisation = await desk.uses.directory.organisation();
  const { locale } = desk.request;
  const title = `${say(desk, words.title)} ${year}`;
  const asOf = `${labelled(words.asOf, locale)}${dateTime(desk.uses.clock.now(), locale)}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${reportNav(desk, "annual")}
      <p class="lead">${say(desk, words.lead)}</p>
      <p class="soft">${asOf}</p>
      ${yearLinks(desk, year)}${tiesNotice(desk, pack)}
      ${annualTables(desk, pack, organisation).map((table) => tablePart(desk, table))}
      ${excelLink(desk, "annual", { year: String(year) })}`,
  });
};

export const downloadAnnual = async (desk: Desk): Promise<PageResponse> => {
  const year = yearOfQuery(desk);
  const pack = await annualPack(desk.uses, year);
  const organisation = await desk.uses.directory.organisation();
  return workbookAnswer(desk, `audit-${year}`, annualTables(desk, pack, organisation));
};
