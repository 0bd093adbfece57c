/**
 * A bank's answer as it was uploaded: XLSX, or text in UTF-8, UTF-16 or GBK, read by the profile of
 * the batch's bank. It is read once, here, and kept as `returnLines` writes it, in the general form
 * that settling reads; the bank's own file is kept beside it.
 */
import { readSheet } from "read-excel-file/node";
import type { BankProfile } from "#shared/domain/bank-profile.ts";
import type { ReturnRow } from "#shared/domain/bank-return.ts";
import { failureTitles } from "#shared/domain/failure-code.ts";
import { readReturnBy, type NamedReturnLine } from "#shared/domain/return-profile.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { readPaymentStatus } from "./payment-status.ts";
import { codeCell, textCell } from "./csv.ts";
import { readReturnTable, returnBytesMax } from "./return-table.ts";
import { isZipWithin } from "./zip-guard.ts";

/** A workbook of twenty thousand lines has some 20 MB when it is opened. */
const openedBytesMax = 64 * 1024 * 1024;
const rowsMax = 20_000;
const cellsMax = 100;

const startsWith = (bytes: Uint8Array, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** Excel keeps 5000.1 as 5000.1000000000004 at times; what is a hair from a whole fen is meant as it. */
const cellOfDigits = (digits: string): string => {
  const hundredths = Number(digits) * 100;
  const whole = Math.round(hundredths);
  const isAmount = /\.\d{3,}$|E-/iu.test(digits) && Math.abs(hundredths - whole) < 1e-6;
  return isAmount ? (whole / 100).toFixed(2) : digits;
};

const cellOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "string" ? value.trim() : "";
};

const sheetRows = async (bytes: Uint8Array): Promise<readonly ReturnRow[] | null> => {
  if (!isZipWithin(bytes, openedBytesMax)) return null;
  try {
    const rows = await readSheet<string>(Buffer.from(bytes), { parseNumber: cellOfDigits });
    if (rows.length > rowsMax || rows.some((row) => row.length > cellsMax)) return null;
    return rows.map((row, index) => ({ line: index + 1, cells: row.map(cellOf) }));
  } catch {
    return null;
  }
};

/** UTF-16 is taken only with its mark; whatever else holds zeros is no text. */
const asUtf8 = (bytes: Uint8Array): Uint8Array => {
  const isLittle = startsWith(bytes, 0xff, 0xfe);
  if (!isLittle && !startsWith(bytes, 0xfe, 0xff)) return bytes;
  const text = new TextDecoder(isLittle ? "utf-16le" : "utf-16be").decode(bytes);
  return new TextEncoder().encode(text);
};

/**
 * The lines of an answer. @returns null for what can't be read as one: no table, too large, broken,
 * or without the columns that it takes.
 */
export const readReturnFile = async (
  bytes: Uint8Array,
  profile: BankProfile,
): Promise<readonly NamedReturnLine[] | null> => {
  if (bytes.length === 0 || bytes.length > returnBytesMax) return null;
  if (startsWith(bytes, 0x50, 0x4b)) {
    const rows = await sheetRows(bytes);
    return rows && readReturnBy(profile, rows);
  }
  const text = asUtf8(bytes);
  const rows = readPaymentStatus(text) ?? readReturnTable(text);
  return rows && readReturnBy(profile, rows);
};

const header = "业务参考号,收款账号,户名,金额,处理结果,失败原因";
const resultWords = { paid: "成功", failed: "失败", processing: "处理中" } as const;

const rowOf = (line: NamedReturnLine): string => {
  const { reference, account, name, amountFen, result, failureCode } = line;
  return [
    textCell(reference),
    codeCell(account),
    textCell(name),
    amountFen === null ? "" : plainYuan(amountFen),
    result === null ? "" : resultWords[result],
    result === "failed" ? failureTitles[failureCode].zh : "",
  ].join(",");
};

/**
 * An answer in the general form: CSV, each line at the number that it has in the bank's own file, so
 * that what is said of a line leads to it.
 */
export const returnLines = (lines: readonly NamedReturnLine[]): Uint8Array => {
  let text = `\uFEFF${header}\r\n`;
  let written = 1;
  for (const line of lines) {
    const gap = Math.max(0, line.line - written - 1);
    text += `${"\r\n".repeat(gap)}${rowOf(line)}\r\n`;
    written += gap + 1;
  }
  return new TextEncoder().encode(text);
};
