/** The ways between the reports, and from each to its workbook. */
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { say, type Desk } from "../../frame.ts";

const places = [
  { at: "", label: { zh: "月报、季报", en: "Monthly and quarterly" } },
  { at: "campaign", label: { zh: "专项活动报表", en: "Campaign report" } },
  { at: "annual", label: { zh: "年度审计包", en: "Annual audit pack" } },
] as const satisfies readonly { readonly at: string; readonly label: Text }[];

export type ReportPlace = (typeof places)[number]["at"];

const navigation: Text = { zh: "报表", en: "Reports" };
const excel: Text = { zh: "下载Excel", en: "Download for Excel" };

const pathOf = (place: ReportPlace, ...more: readonly string[]): string =>
  paths.desk(...["reports", place, ...more].filter((part) => part !== ""));

export const reportNav = (desk: Desk, here: ReportPlace): Html =>
  html`<nav class="unprinted" aria-label="${say(desk, navigation)}">
    <p class="actions">
      ${places.map(({ at, label }) =>
        at === here
          ? html`<strong aria-current="page">${say(desk, label)}</strong> `
          : html`<a href="${pathOf(at)}">${say(desk, label)}</a> `,
      )}
    </p>
  </nav>`;

/** The report as it is shown, as a workbook. */
export const excelLink = (
  desk: Desk,
  place: ReportPlace,
  query: Readonly<Record<string, string>>,
): Html =>
  html`<p class="actions">
    <a
      class="button second"
      download
      href="${pathOf(place, "table")}?${new URLSearchParams(query).toString()}"
      >${say(desk, excel)}</a
    >
  </p>`;
