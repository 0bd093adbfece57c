/**
 * A bank's return file as rows of text: UTF-8 with or without a byte order mark, or GBK; comma,
 * tab, semicolon or bar.
 */
import type { ReturnRow } from "#shared/domain/bank-return.ts";
import { readDelimited } from "./delimited-text.ts";

/** A batch's file with its title and remarks is far smaller. */
export const returnBytesMax = 10 * 1024 * 1024;
const rowsMax = 20_000;
const cellsMax = 100;

/**
 * Strict UTF-8 first, since GBK takes almost any bytes for text. @returns null for neither, and for
 * UTF-16.
 */
export const decodeText = (bytes: Uint8Array): string | null => {
  const startsWith = (...prefix: number[]): boolean =>
    prefix.every((byte, index) => bytes[index] === byte);
  if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff) || bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // GB18030 contains GBK, and Node knows it by itself: a decoder's tables would double the
    // function's bundle.
    const text = new TextDecoder("gb18030").decode(bytes);
    return text.includes("\uFFFD") ? null : text;
  }
};

const delimiters = [",", "\t", ";", "|"] as const;

/**
 * The delimiter that parts the most cells in the first lines: bank names hold no tabs, but titles
 * hold commas.
 */
export const delimiterOf = (text: string): string => {
  const head = text.split(/\r\n|\r|\n/u, 20);
  const cellsBy = (delimiter: string): number =>
    Math.max(...head.map((line) => line.split(delimiter).length));
  return delimiters.reduce((best, next) => (cellsBy(next) > cellsBy(best) ? next : best));
};

/**
 * @returns null when the file can't be read as a table: another encoding, binary, too large, or
 * broken quotes.
 */
export const readReturnTable = (bytes: Uint8Array): readonly ReturnRow[] | null => {
  if (bytes.length === 0 || bytes.length > returnBytesMax) return null;
  const text = decodeText(bytes);
  if (text === null) return null;
  const rows = readDelimited(text, delimiterOf(text));
  return rows && rows.length <= rowsMax && rows.every(({ cells }) => cells.length <= cellsMax)
    ? rows
    : null;
};
