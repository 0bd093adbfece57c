/** Parts of the report page: counts, what waits, how long it took. Each is a picture and its table. */
import type { Organisation } from "#shared/domain/organisation.ts";
import { unknownGroup, type Days, type Report, type ReportCounts } from "#shared/domain/report.ts";
import type { Text } from "#shared/kernel/text.ts";
import { barChart, type Series } from "#shared/web/chart.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import { programmeById } from "#workflows/registry.ts";
import { cardTable, count, figureHeading, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const countHead = [
  figureHeading(words.received),
  figureHeading(words.approved),
  figureHeading(words.approvedSum),
  figureHeading(words.paid),
  figureHeading(words.paidSum),
  figureHeading(words.refused),
  figureHeading(words.withdrawn),
  figureHeading(words.lapsed),
  figureHeading(words.waiting),
  figureHeading(words.returned),
];

const countCells = (desk: Desk, counts: ReportCounts): readonly string[] => [
  count(counts.received),
  count(counts.approved),
  amount(counts.approvedFen, desk.request.locale),
  count(counts.paid),
  amount(counts.paidFen, desk.request.locale),
  count(counts.refused),
  count(counts.withdrawn),
  count(counts.lapsed),
  count(counts.waiting),
  count(counts.returned),
];

const isNothing = ({
  received,
  approved,
  paid,
  refused,
  withdrawn,
  lapsed,
  waiting,
}: ReportCounts) => received + approved + paid + refused + withdrawn + lapsed + waiting === 0;

const groupTable = (
  desk: Desk,
  head: Text,
  groups: readonly (readonly [string, ReportCounts])[],
  total: ReportCounts,
): Html =>
  html`<div class="compact">
    ${cardTable(
      desk,
      [head, ...countHead],
      [
        ...groups.map(([name, counts]) => [name, ...countCells(desk, counts)]),
        [html`<strong>${say(desk, words.total)}</strong>`, ...countCells(desk, total)],
      ],
    )}
  </div>`;

const mostFirst = (
  a: readonly [string, ReportCounts],
  b: readonly [string, ReportCounts],
): number => b[1].received - a[1].received || (a[0] < b[0] ? -1 : 1);

export const countsPart = (
  desk: Desk,
  { total, byProgramme, byUnit }: Report,
  { units }: Pick<Organisation, "units">,
): Html => {
  if (isNothing(total)) return html`<p>${say(desk, words.none)}</p>`;
  const named = (
    groups: ReadonlyMap<string, ReportCounts>,
    nameOf: (id: string) => Text | undefined,
  ): readonly (readonly [string, ReportCounts])[] =>
    [...groups]
      .filter(([, counts]) => !isNothing(counts))
      .map(([id, counts]) => {
        const name = id === unknownGroup ? words.unknown : nameOf(id);
        return [name ? say(desk, name) : id, counts] as const;
      })
      .toSorted(mostFirst);
  const programmes = named(byProgramme, (id) => programmeById(id)?.title);
  const offices = named(byUnit, (id) => units.find((unit) => unit.id === id)?.name);
  return html`<h2>${say(desk, words.byProgramme)}</h2>
    ${groupTable(desk, words.programme, programmes, total)}
    <h2>${say(desk, words.byUnit)}</h2>
    ${groupTable(desk, words.office, offices, total)}
    <p class="soft small">${say(desk, words.howCounted)}：${say(desk, words.how)}</p>`;
};

const ageSeries: readonly Series[] = [
  { name: words.age0, look: "light" },
  { name: words.age1, look: "middle" },
  { name: words.age2, look: "dark" },
  { name: words.age3, look: "loud" },
];

export const agesPart = (desk: Desk, { ages, waitingDays }: Report): Html => {
  // In the order of a case's life, as the states are listed.
  const shown = (Object.keys(statusNames) as (keyof typeof statusNames)[]).flatMap((status) => {
    const counts = ages.get(status);
    return counts ? [{ status, counts, sum: counts.reduce((a, b) => a + b, 0) }] : [];
  });
  const chart = barChart({
    id: "ages",
    title: words.agesTitle,
    description: words.agesAbout,
    unit: words.caseUnit,
    series: ageSeries,
    bars: shown.map(({ status, counts, sum }) => ({
      label: say(desk, statusNames[status]),
      values: counts,
      shown: count(sum),
    })),
    locale: desk.request.locale,
  });
  return html`<h2>${say(desk, words.underWay)}</h2>
    ${
      chart && waitingDays
        ? html`<p>${say(desk, words.waitingFor)}：${daysWords(desk, waitingDays)}</p>
            <div class="charts">${chart}</div>
            <div class="compact">
              ${cardTable(
                desk,
                [
                  words.state,
                  ...ageSeries.map(({ name }) => figureHeading(name)),
                  figureHeading(words.total),
                ],
                shown.map(({ status, counts, sum }) => [
                  say(desk, statusNames[status]),
                  ...counts.map(count),
                  count(sum),
                ]),
                words.agesTitle,
              )}
            </div>`
        : html`<p>${say(desk, words.noneWaiting)}</p>`
    }`;
};

const oneDecimal = (value: number): string => (Math.round(value * 10) / 10).toFixed(1);

const daysWords = (desk: Desk, { average, median, worst }: Days): string => {
  const isChinese = desk.request.locale === "zh-CN";
  const parts = [
    `${say(desk, words.average)} ${oneDecimal(average)}`,
    `${say(desk, words.median)} ${median}`,
    `${say(desk, words.worst)} ${worst}`,
  ];
  return `${parts.join(isChinese ? "，" : ", ")} ${say(desk, words.days)}`;
};

const timeSeries: readonly Series[] = [
  { name: words.median, look: "dark" },
  { name: words.p90, look: "middle" },
  { name: words.worst, look: "light" },
];

export const timesPart = (desk: Desk, { paidDays, paidDaysByProgramme }: Report): Html => {
  const rows = [...paidDaysByProgramme].map(([id, days]) => ({
    name: say(desk, programmeById(id)?.title ?? words.unknown),
    days,
  }));
  const chart = barChart({
    id: "times",
    title: words.timesTitle,
    description: words.timesAbout,
    unit: words.dayUnit,
    series: timeSeries,
    bars: rows.map(({ name, days: { median, p90, worst } }) => ({
      label: name,
      values: [median, p90 - median, worst - p90],
      shown: `${median} / ${p90} / ${worst}`,
    })),
    locale: desk.request.locale,
  });
  const cells = ({ count: number, average, median, p90, worst }: Days): readonly string[] => [
    count(number),
    oneDecimal(average),
    ...[median, p90, worst].map(count),
  ];
  return html`<h2>${say(desk, words.times)}</h2>
    ${
      paidDays
        ? html`<div class="charts">${chart}</div>
            <div class="compact">
              ${cardTable(
                desk,
                [
                  words.programme,
                  figureHeading(words.payments),
                  figureHeading(words.average),
                  figureHeading(words.median),
                  figureHeading(words.p90),
                  figureHeading(words.worst),
                ],
                [
                  ...rows.map(({ name, days }) => [name, ...cells(days)]),
                  [html`<strong>${say(desk, words.total)}</strong>`, ...cells(paidDays)],
                ],
                words.timesTitle,
              )}
            </div>`
        : html`<p>${say(desk, words.nonePaid)}</p>`
    }`;
};
