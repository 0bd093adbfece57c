/** The tables of the monthly and quarterly report, for its workbook. */
import type { ReportFigures } from "#shared/casework/report-figures.ts";
import { meanWords, type FeedbackCounts } from "#shared/domain/feedback.ts";
import { noBalances } from "#shared/domain/month-ends.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { unknownGroup, type Days, type ReportCounts } from "#shared/domain/report.ts";
import type { Text } from "#shared/kernel/text.ts";
import { statusNames } from "#shared/web/messages.ts";
import { programmeById } from "#workflows/registry.ts";
import { say, type Desk } from "../../frame.ts";
import type { FigureColumn, FigureTable } from "./figure-table.ts";
import { words } from "./words.ts";

const counted = (title: Text): FigureColumn => ({ title, kind: "count" });
const money = (title: Text): FigureColumn => ({ title, kind: "amount" });
const named = (title: Text): FigureColumn => ({ title, kind: "text" });

const countColumns: readonly FigureColumn[] = [
  counted(words.received),
  counted(words.approved),
  money(words.approvedSum),
  counted(words.paid),
  money(words.paidSum),
  counted(words.refused),
  counted(words.withdrawn),
  counted(words.lapsed),
  counted(words.waiting),
  counted(words.returned),
];

const countCells = (counts: ReportCounts): readonly number[] => [
  counts.received,
  counts.approved,
  counts.approvedFen,
  counts.paid,
  counts.paidFen,
  counts.refused,
  counts.withdrawn,
  counts.lapsed,
  counts.waiting,
  counts.returned,
];

const groups = (
  desk: Desk,
  byId: ReadonlyMap<string, ReportCounts>,
  nameOf: (id: string) => Text | undefined,
): readonly (readonly (string | number)[])[] =>
  [...byId]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, counts]) => {
      const name = id === unknownGroup ? words.unknown : nameOf(id);
      return [name ? say(desk, name) : id, ...countCells(counts)];
    });

const programmeName = (desk: Desk, id: string): string =>
  say(desk, programmeById(id)?.title ?? words.unknown);

const dayCells = ({ count, average, median, p90, worst }: Days): readonly (string | number)[] => [
  count,
  (Math.round(average * 10) / 10).toFixed(1),
  median,
  p90,
  worst,
];

const feedbackCells = (counts: FeedbackCounts): readonly (string | number)[] => [
  counts.answered,
  meanWords(counts),
  counts.arrived,
  counts.missing,
];

/** What applicants said, by programme, as page and workbook show it. */
export const feedbackTable = (desk: Desk, { feedback }: ReportFigures): FigureTable => {
  const total = feedback.get("");
  return {
    name: words.satisfaction,
    columns: [
      named(words.programme),
      counted(words.answered),
      { title: words.mean, kind: "text" },
      counted(words.arrived),
      counted(words.missing),
    ],
    rows: [
      ...[...feedback]
        .filter(([id]) => id !== "")
        .map(([id, counts]) => [programmeName(desk, id), ...feedbackCells(counts)]),
      ...(total ? [[say(desk, words.total), ...feedbackCells(total)]] : []),
    ],
    hasTotal: true,
  };
};

const fundsTable = (desk: Desk, { funds, months, fundMonths }: ReportFigures): FigureTable => ({
  name: words.monthEnds,
  columns: [
    named(words.fund),
    named(words.month),
    money(words.granted),
    money(words.available),
    money(words.reserved),
    money(words.paidOut),
  ],
  rows: fundMonths.flatMap(({ fundId, ends }) => {
    const fund = funds.find(({ id }) => id === fundId);
    return months.map((month) => {
      const { grantedFen, availableFen, reservedFen, paidFen } = ends.get(month) ?? noBalances;
      const name = fund ? say(desk, fund.name) : fundId;
      return [name, month, grantedFen, availableFen, reservedFen, paidFen];
    });
  }),
});

/** Every table of the report, in the order of the page. */
export const reportTables = (
  desk: Desk,
  figures: ReportFigures,
  { units }: Pick<Organisation, "units">,
): readonly FigureTable[] => {
  const { total, byProgramme, byUnit, ages, paidDays, paidDaysByProgramme } = figures.report;
  const sum = [say(desk, words.total), ...countCells(total)];
  return [
    {
      name: words.byProgramme,
      columns: [named(words.programme), ...countColumns],
      rows: [...groups(desk, byProgramme, (id) => programmeById(id)?.title), sum],
    },
    {
      name: words.byUnit,
      columns: [named(words.office), ...countColumns],
      rows: [...groups(desk, byUnit, (id) => units.find((unit) => unit.id === id)?.name), sum],
    },
    fundsTable(desk, figures),
    {
      name: words.agesTitle,
      columns: [
        named(words.state),
        ...[words.age0, words.age1, words.age2, words.age3].map(counted),
      ],
      rows: [...ages].map(([status, counts]) => [say(desk, statusNames[status]), ...counts]),
    },
    {
      name: words.timesTitle,
      columns: [
        named(words.programme),
        counted(words.payments),
        named(words.average),
        ...[words.median, words.p90, words.worst].map(counted),
      ],
      rows: [
        ...[...paidDaysByProgramme].map(([id, days]) => [
          programmeName(desk, id),
          ...dayCells(days),
        ]),
        ...(paidDays ? [[say(desk, words.total), ...dayCells(paidDays)]] : []),
      ],
    },
    feedbackTable(desk, figures),
  ];
};
