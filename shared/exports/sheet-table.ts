/**
 * A table as an office sends it, row by row: XLSX, or CSV in UTF-8 or GBK. Cells stay text. Excel keeps at most 15
 * digits of a number, so a cell that is a number says so, and whoever reads an ID or a card number can refuse it.
 */
import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { decodeText, delimiterOf } from "./return-table.ts";

export interface SheetCell {
  readonly text: string;
  /** Whether the sheet holds a number: its digits beyond the fifteenth are lost. */
  readonly isNumber: boolean;
}

export interface SheetRow {
  /** As the spreadsheet counts, from 1. */
  readonly line: number;
  readonly cells: readonly SheetCell[];
}

export type SheetUnreadable = "empty" | "too_large" | "too_many_rows" | "not_a_table";

export type SheetTable =
  | { readonly kind: "rows"; readonly rows: readonly SheetRow[] }
  | { readonly kind: "unreadable"; readonly why: SheetUnreadable };

export const sheetBytesMax = 5 * 1024 * 1024;
export const sheetRowsMax = 5_000;
const cellsMax = 100;

/** A number cell as it comes out of the reader, told from text that looks like one. */
interface NumberCell {
  readonly digits: string;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const isNumberCell = (value: unknown): value is NumberCell =>
  typeof value === "object" && value !== null && "digits" in value;

const cellOf = (value: unknown): SheetCell => {
  if (isNumberCell(value)) return { text: value.digits, isNumber: true };
  if (value instanceof Date) return { text: dayOf(value), isNumber: false };
  if (typeof value === "boolean") return { text: value ? "yes" : "no", isNumber: false };
  return { text: typeof value === "string" ? value.trim() : "", isNumber: false };
};

/** What Excel writes into a CSV for a number too long for its column: 3.70102E+17. */
const scientific = /^\d(?:\.\d+)?E\+?\d+$/iu;

const csvCell = (text: string): SheetCell => {
  const trimmed = text.trim();
  return { text: trimmed, isNumber: scientific.test(trimmed) };
};

const isBlank = ({ cells }: SheetRow): boolean => cells.every(({ text }) => text === "");

const tableOf = (rows: readonly SheetRow[]): SheetTable => {
  const filled = rows.filter((row) => !isBlank(row));
  if (filled.length === 0) return { kind: "unreadable", why: "empty" };
  if (filled.length > sheetRowsMax + 1) return { kind: "unreadable", why: "too_many_rows" };
  if (filled.some(({ cells }) => cells.length > cellsMax)) {
    return { kind: "unreadable", why: "not_a_table" };
  }
  return { kind: "rows", rows: filled };
};

const fromWorkbook = async (bytes: Uint8Array): Promise<SheetTable> => {
  const data = await readSheet<NumberCell>(Buffer.from(bytes), {
    parseNumber: (digits) => ({ digits }),
  });
  return tableOf(data.map((row, index) => ({ line: index + 1, cells: row.map(cellOf) })));
};

const fromText = (bytes: Uint8Array): SheetTable => {
  const text = decodeText(bytes);
  if (text === null) return { kind: "unreadable", why: "not_a_table" };
  const records = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    info: true,
  }) as unknown as readonly { readonly record: string[]; readonly info: { lines: number } }[];
  return tableOf(
    records.map(({ record, info }) => ({ line: info.lines, cells: record.map(csvCell) })),
  );
};

/** A ZIP's first bytes: what XLSX is inside. */
const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** Reads the first sheet of a workbook, or a CSV. What can't be read is a value that says why. */
export const readSheetTable = async (bytes: Uint8Array): Promise<SheetTable> => {
  if (bytes.length === 0) return { kind: "unreadable", why: "empty" };
  if (bytes.length > sheetBytesMax) return { kind: "unreadable", why: "too_large" };
  try {
    return isWorkbook(bytes) ? await fromWorkbook(bytes) : fromText(bytes);
  } catch {
    return { kind: "unreadable", why: "not_a_table" };
  }
};
