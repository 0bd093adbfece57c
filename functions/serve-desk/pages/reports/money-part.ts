/** The money of a report: what each fund holds, and what all held at each month's end. */
import type { ReportFigures } from "#shared/casework/report-figures.ts";
import { fundTitles, type Fund } from "#shared/domain/fund.ts";
import { noBalances, type Balances } from "#shared/domain/month-ends.ts";
import { fen, type Fen } from "#shared/kernel/money.ts";
import {
  barChart,
  shownTenThousands,
  tenThousands,
  type Bar,
  type Series,
} from "#shared/web/chart.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, figureHeading, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const moneySeries: readonly Series[] = [
  { name: words.paidOut, look: "dark" },
  { name: words.reserved, look: "middle" },
  { name: words.available, look: "light" },
];

const moneyBar = (label: string, balances: Balances): Bar => ({
  label,
  values: [balances.paidFen, balances.reservedFen, balances.availableFen].map((part) =>
    // A balance below zero is a fault that the audit alarms at; a bar can't show it.
    Math.max(0, tenThousands(part)),
  ),
  shown: shownTenThousands(balances.grantedFen),
});

const moneyHead = [
  figureHeading(words.granted),
  figureHeading(words.available),
  figureHeading(words.reserved),
  figureHeading(words.paidOut),
];

const moneyCells = (desk: Desk, balances: Balances): readonly string[] =>
  [balances.grantedFen, balances.availableFen, balances.reservedFen, balances.paidFen].map((part) =>
    amount(part, desk.request.locale),
  );

const sumOf = (balances: readonly Balances[]): Balances => {
  const sum = (part: (one: Balances) => Fen): Fen =>
    fen(balances.reduce((total, one) => total + part(one), 0));
  return {
    grantedFen: sum(({ grantedFen }) => grantedFen),
    availableFen: sum(({ availableFen }) => availableFen),
    reservedFen: sum(({ reservedFen }) => reservedFen),
    paidFen: sum(({ paidFen }) => paidFen),
  };
};

/** Funds beside one another: the picture, without its table. */
const fundsChart = (desk: Desk, funds: readonly Fund[]): Html | null =>
  barChart({
    id: "funds-now",
    title: words.moneyNow,
    description: words.moneyAbout,
    unit: words.tenThousand,
    series: moneySeries,
    bars: funds.map((fund) => moneyBar(say(desk, fund.name), fund)),
    locale: desk.request.locale,
  });

const fundName = (desk: Desk, fund: Fund): Html => {
  const [name, kind] = [say(desk, fund.name), say(desk, fundTitles[fund.code])];
  return html`<a href="${paths.desk("funds", fund.id)}">${name}</a>
    ${kind === name ? null : html`<span class="soft small">${kind}</span>`}`;
};

/** A year at most is drawn: more bars than that are no picture any more, and the table has them all. */
const drawnMonths = 12;

export const moneyPart = (
  desk: Desk,
  { funds, months, fundMonths }: ReportFigures,
  isFiltered: boolean,
): Html => {
  const allAt = (month: string): Balances =>
    sumOf(fundMonths.map(({ ends }) => ends.get(month) ?? noBalances));
  // Before the first money came there is nothing to be seen.
  const begun = months.slice(months.findIndex((month) => allAt(month).grantedFen > 0));
  const bars = begun.slice(-drawnMonths).map((month) => moneyBar(month, allAt(month)));
  const chart = barChart({
    id: "months",
    title: words.monthEnds,
    description: words.monthsAbout,
    unit: words.tenThousand,
    series: moneySeries,
    bars,
    locale: desk.request.locale,
  });
  const rows = fundMonths.flatMap(({ fundId, ends }) => {
    const fund = funds.find(({ id }) => id === fundId);
    return begun.map((month) => [
      fund ? say(desk, fund.name) : fundId,
      month,
      ...moneyCells(desk, ends.get(month) ?? noBalances),
    ]);
  });
  return html`<h2>${say(desk, words.money)}</h2>
    ${isFiltered ? html`<p class="soft">${say(desk, words.wholeFunds)}</p>` : null}
    <div class="charts">${fundsChart(desk, funds)}${chart}</div>
    <div class="compact">
      ${cardTable(
        desk,
        [words.fund, ...moneyHead],
        [
          ...funds.map((fund) => [fundName(desk, fund), ...moneyCells(desk, fund)]),
          [html`<strong>${say(desk, words.total)}</strong>`, ...moneyCells(desk, sumOf(funds))],
        ],
        words.moneyNow,
      )}
    </div>
    <details class="compact">
      <summary>${say(desk, words.monthEnds)}</summary>
      ${cardTable(desk, [words.fund, words.month, ...moneyHead], rows, words.monthEnds)}
    </details>`;
};
