/**
 * XLSX as Excel, WPS and programs read it, written a part at a time: a million rows need no more memory than a
 * hundred, and the same rows give the same bytes (no clock, no host name, no random ids in it).
 *
 * There are no formula cells, so nothing executes. Text and codes are inline strings in Excel's text format ("@"):
 * digits stay digits, and what looks like a formula stays text even when somebody edits the cell. Amounts are
 * numbers whose two decimals are written from whole fen; no float comes near them.
 */
import { plainYuan, type Fen } from "#shared/kernel/money.ts";
import type { Column, ColumnKind } from "./csv.ts";
import { portionsOf } from "./portions.ts";
import {
  contentTypes,
  letterOf,
  rootRelations,
  sheetEnd,
  sheetHead,
  styleOf,
  styles,
  workbookRelations,
  textCellOf,
  workbookXml,
  type SheetColumn,
} from "./xlsx-parts.ts";
import { createZip, type ZipEntry, type ZipLines } from "./zip-lines.ts";

/** One table of a workbook; made by `sheetOf`. */
export interface Sheet {
  readonly name: string;
  readonly heads: readonly SheetColumn[];
  /** Each row's values in the order of the heads, some rows at a time. */
  readonly lines: AsyncIterable<readonly (readonly (string | number)[])[]>;
}

/** Excel's limits: rows of a sheet with its head, characters of a sheet's name. */
const sheetRowsMax = 1_048_576;
const nameCharactersMax = 31;

const cellOf = (place: string, kind: ColumnKind, value: string | number): string => {
  if (value === "") return "";
  if (kind === "amount") {
    return `<c r="${place}" s="${styleOf.amount}"><v>${plainYuan(value as Fen)}</v></c>`;
  }
  if (kind === "count" && Number.isSafeInteger(value)) {
    return `<c r="${place}" s="${styleOf.count}"><v>${value}</v></c>`;
  }
  return textCellOf(place, String(value));
};

/** Excel's rules for a sheet's name; a further part of a long table says which it is. */
const sheetName = (name: string, part: number): string => {
  const suffix = part > 1 ? ` (${part})` : "";
  const clean = name.replaceAll(/[[\]:*?/\\']/gu, " ").trim() || "Sheet";
  return `${clean.slice(0, nameCharactersMax - suffix.length)}${suffix}`;
};

/** Writes one table as one sheet, or as several where it is longer than a sheet. */
async function* writeSheet(
  archive: ZipLines,
  sheet: Sheet,
  names: string[],
  rowsMax: number,
): AsyncGenerator<Uint8Array> {
  const letters = sheet.heads.map((_, index) => letterOf(index + 1));
  const kinds = sheet.heads.map(({ kind }) => kind);
  const head = sheetHead(sheet.heads);
  let rowNumber = 1;
  let part = 0;
  const begin = (): ZipEntry => {
    part += 1;
    rowNumber = 1;
    names.push(sheetName(sheet.name, part));
    const entry = archive.begin(`xl/worksheets/sheet${names.length}.xml`);
    entry.line(head);
    return entry;
  };
  const end = (entry: ZipEntry): void => {
    entry.line(sheetEnd);
    entry.end();
  };
  let entry = begin();
  for await (const portion of sheet.lines) {
    for (const values of portion) {
      if (rowNumber === rowsMax) {
        end(entry);
        entry = begin();
      }
      rowNumber += 1;
      let line = `<row r="${rowNumber}">`;
      for (let index = 0; index < kinds.length; index += 1) {
        const place = `${letters[index] ?? ""}${rowNumber}`;
        line += cellOf(place, kinds[index] ?? "text", values[index] ?? "");
      }
      entry.line(`${line}</row>`);
      if (archive.hasBytes()) yield* archive.taken();
    }
  }
  end(entry);
  yield* archive.taken();
}

/** A table as a sheet of a workbook, by the same columns as `csv` takes. An amount or a count may be "": no cell. */
export const sheetOf = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): Sheet => {
  async function* lines(): AsyncGenerator<readonly (readonly (string | number)[])[]> {
    let before = 0;
    for await (const portion of portionsOf(rows)) {
      const first = before;
      yield portion.map((row, place) => columns.map(({ value }) => value(row, first + place)));
      before += portion.length;
    }
  }
  return { name, heads: columns.map(({ title, kind }) => ({ title, kind })), lines: lines() };
};

/**
 * The bytes of a workbook, a part at a time. A table longer than a sheet goes on in a further one.
 * @param sheets in their order; at least one, each with its head, also where it has no rows.
 * @param rowsMax rows of a sheet with its head.
 */
export async function* workbook(
  sheets: readonly Sheet[],
  rowsMax: number = sheetRowsMax,
): AsyncGenerator<Uint8Array> {
  const archive = createZip();
  const names: string[] = [];
  archive.whole("[Content_Types].xml", contentTypes);
  archive.whole("_rels/.rels", rootRelations);
  archive.whole("xl/styles.xml", styles);
  for (const sheet of sheets) yield* writeSheet(archive, sheet, names, rowsMax);
  archive.whole("xl/workbook.xml", workbookXml(names));
  archive.whole("xl/_rels/workbook.xml.rels", workbookRelations(names.length));
  archive.end();
  yield* archive.taken();
}

/** One table as a workbook: what `csv` is for CSV. */
export const xlsx = <Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  name = "Sheet1",
): AsyncGenerator<Uint8Array> => workbook([sheetOf(name, columns, rows)]);
