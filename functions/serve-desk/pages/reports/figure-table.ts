/** A table of figures as a page shows it and as a workbook holds it: the same heads, the same rows, the same order. */
import { workbook, sheetOf } from "#shared/exports/xlsx.ts";
import type { ColumnKind } from "#shared/exports/csv.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { cardTable, count, figureHeading, say, type Desk } from "../../frame.ts";

export interface FigureColumn {
  readonly title: Text;
  readonly kind: ColumnKind;
}

export interface FigureTable {
  readonly name: Text;
  readonly columns: readonly FigureColumn[];
  /** Amounts in fen, counts, words; "" for no figure. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** The last row is the sum of the others. */
  readonly hasTotal?: boolean;
}

const shown = (desk: Desk, kind: ColumnKind, value: string | number): string | Html => {
  // A figure that wasn't counted says so in words.
  if (typeof value === "string" && kind !== "code") return value;
  if (kind === "amount") return amount(value as Fen, desk.request.locale);
  if (kind === "count") return count(Number(value));
  return html`<span class="code small">${value}</span>`;
};

/** The table on a page, under its caption. */
export const figureTable = (desk: Desk, { name, columns, rows, hasTotal }: FigureTable): Html =>
  html`<div class="compact">
    ${cardTable(
      desk,
      columns.map(({ title, kind }) =>
        kind === "amount" || kind === "count" ? figureHeading(title) : title,
      ),
      rows.map((row, at) =>
        columns.map(({ kind }, place) => {
          const cell = shown(desk, kind, row[place] ?? "");
          const isSum = hasTotal && at === rows.length - 1 && place === 0;
          return isSum ? html`<strong>${cell}</strong>` : cell;
        }),
      ),
      name,
    )}
  </div>`;

/** All tables of a report as one workbook, a sheet each. Reports hold sums and no person's data. */
export const workbookAnswer = async (
  desk: Desk,
  fileName: string,
  tables: readonly FigureTable[],
): Promise<PageResponse> => {
  const sheets = tables.map(({ name, columns, rows }) =>
    sheetOf(
      say(desk, name),
      columns.map(({ title, kind }, place) => ({
        title: say(desk, title),
        kind,
        value: (row: readonly (string | number)[]) => row[place] ?? "",
      })),
      rows,
    ),
  );
  const parts: Uint8Array[] = [];
  for await (const part of workbook(sheets)) parts.push(part);
  return {
    status: 200,
    body: new Uint8Array(Buffer.concat(parts)),
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    headers: { "content-disposition": `attachment; filename="${fileName}.xlsx"` },
  };
};
