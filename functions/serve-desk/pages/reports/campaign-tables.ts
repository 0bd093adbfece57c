/** The tables of the campaign report, for page and workbook alike. */
import type { CampaignFigures } from "#shared/casework/campaign-figures.ts";
import { categoryTitles, type Category } from "#shared/domain/assessment.ts";
import type { CampaignLine } from "#shared/domain/campaign-report.ts";
import { meanWords } from "#shared/domain/feedback.ts";
import { sourceTitles } from "#shared/domain/fund.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import type { Text } from "#shared/kernel/text.ts";
import { say, type Desk } from "../../frame.ts";
import { campaignWords as words } from "./campaign-words.ts";
import type { FigureColumn, FigureTable } from "./figure-table.ts";

const lineColumns: readonly FigureColumn[] = [
  { title: words.applied, kind: "count" },
  { title: words.helped, kind: "count" },
  { title: words.payments, kind: "count" },
  { title: words.paid, kind: "amount" },
  { title: words.unpaid, kind: "count" },
  { title: words.unpaidSum, kind: "amount" },
];

const lineCells = (line: CampaignLine): readonly number[] => [
  line.applied,
  line.helped,
  line.payments,
  line.paidFen,
  line.unpaid,
  line.unpaidFen,
];

const summaryTable = (desk: Desk, figures: CampaignFigures): FigureTable => {
  const { report, feedback, countsNotices } = figures;
  const { total, visited, refused, notices, objections, averageFen } = report;
  const uncounted = say(desk, words.notCounted);
  const row = (
    label: Text,
    number: string | number,
    sum: number | "" = "",
  ): readonly (string | number)[] => [say(desk, label), number, sum];
  return {
    name: words.summary,
    columns: [
      { title: words.item, kind: "text" },
      { title: words.number, kind: "count" },
      { title: words.sum, kind: "amount" },
    ],
    rows: [
      row(words.applied, total.applied),
      row(words.visited, visited),
      row(words.helped, total.helped, total.paidFen),
      row(words.payments, total.payments),
      row(words.average, "", averageFen ?? ""),
      row(words.unpaid, total.unpaid, total.unpaidFen),
      row(words.refused, refused),
      row(words.notices, countsNotices ? notices : uncounted),
      row(words.objections, countsNotices ? objections : uncounted),
      ...(feedback
        ? [row(words.answered, feedback.answered), row(words.mean, meanWords(feedback))]
        : []),
    ],
  };
};

const sourceTable = (desk: Desk, { report, funds }: CampaignFigures): FigureTable => ({
  name: words.bySource,
  columns: [
    { title: words.source, kind: "text" },
    { title: words.fund, kind: "text" },
    { title: words.payments, kind: "count" },
    { title: words.paid, kind: "amount" },
  ],
  rows: [
    ...funds.flatMap((fund) => {
      const paid = report.byFund.get(fund.id);
      const source = say(desk, sourceTitles[fund.source]);
      return paid ? [[source, say(desk, fund.name), paid.payments, paid.paidFen]] : [];
    }),
    [say(desk, words.total), "", report.total.payments, report.total.paidFen],
  ],
  hasTotal: true,
});

const groupTable = (
  desk: Desk,
  name: Text,
  head: Text,
  groups: readonly (readonly [string, CampaignLine])[],
  total: CampaignLine,
): FigureTable => ({
  name,
  columns: [{ title: head, kind: "text" }, ...lineColumns],
  rows: [
    ...groups.map(([label, line]) => [label, ...lineCells(line)]),
    [say(desk, words.total), ...lineCells(total)],
  ],
  hasTotal: true,
});

/** All tables in their order: the whole, money by source, then categories and offices. */
export const campaignTables = (
  desk: Desk,
  figures: CampaignFigures,
  { units }: Pick<Organisation, "units">,
): readonly FigureTable[] => {
  const { total, byCategory, byUnit } = figures.report;
  const categories = [...Object.keys(categoryTitles), ""].flatMap((id) => {
    const line = byCategory.get(id);
    const title = id === "" ? words.noCategory : categoryTitles[id as Category];
    return line ? [[say(desk, title), line] as const] : [];
  });
  const offices = [...byUnit]
    .toSorted(([, a], [, b]) => b.paidFen - a.paidFen)
    .map(([id, line]) => {
      const name = units.find((unit) => unit.id === id)?.name;
      return [say(desk, name ?? words.unknown), line] as const;
    });
  return [
    summaryTable(desk, figures),
    sourceTable(desk, figures),
    groupTable(desk, words.byCategory, words.category, categories, total),
    groupTable(desk, words.byUnit, words.office, offices, total),
  ];
};
