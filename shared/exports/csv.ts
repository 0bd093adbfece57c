/**
 * CSV as offices and banks read it: RFC 4180 with CRLF, UTF-8 with a byte order mark so that Excel
 * takes it for UTF-8, and no cell that Excel could take for a formula or a rounded number.
 *
 * Account and reference numbers are typed as text by a leading tab. Of the three known ways it is
 * the one that survives both readers: ="6222…" is a formula and reaches the bank as such, an
 * apostrophe is shown by Excel and taken for part of the number by the bank, while a tab keeps
 * Excel from counting (19 digits would come out as 6.22E+18) and is dropped as white space by
 * whatever reads numbers from a file. The cell stands without quotes, so that a CSV reader's own
 * trimming removes the tab too.
 */
import { plainYuan, type Fen } from "#shared/kernel/money.ts";
import { portionsOf } from "./portions.ts";

/**
 * `code` is a number that is no quantity: an account, a card, a voucher. `amount` is fen, written
 * in yuan with two decimals and no separators; `count` a whole number. Both may be "": no figure.
 */
export type ColumnKind = "text" | "code" | "amount" | "count";

export interface Column<Row> {
  readonly title: string;
  readonly kind: ColumnKind;
  readonly value: (row: Row, index: number) => string | number;
}

/**
 * What a spreadsheet may run (quality C3, attack 30): a formula's first character after any white
 * space or control characters. Spreadsheets fold full-width forms (＝＋－＠), so text is looked at
 * in its compatibility form, which folds these and their small and raised kin.
 */
const runs = /^[\s\p{Cc}\p{Cf}]*[=+\-@]|^[\t\r\n\0]/u;
const mayRun = (text: string): boolean => runs.test(text) || runs.test(text.normalize("NFKC"));

const needsQuotes = /[",;\r\n\t]|^\s|\s$/u;

/**
 * Most cells: nothing in them that runs, counts or parts. Looked at first, because exports have a
 * million rows.
 */
const plain = /^[A-Za-z\u4E00-\u9FFF][\w\u4E00-\u9FFF:.-]*$/u;
const numberLike = /^\d[\dA-Za-z:-]*$/u;

const quoted = (text: string): string =>
  needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * Makes text inert: what could run gets an apostrophe in front, as OWASP's CSV injection page asks.
 */
export const textCell = (text: string): string =>
  plain.test(text) || numberLike.test(text) ? text : quoted(mayRun(text) ? `'${text}` : text);

/** A number kept as text; one that does not begin with a digit is text anyway. */
export const codeCell = (text: string): string =>
  numberLike.test(text) ? `\t${text}` : textCell(text);

const cellOf = (kind: ColumnKind, value: string | number): string => {
  switch (kind) {
    case "text":
      return textCell(String(value));
    case "code":
      return codeCell(String(value));
    case "amount":
      return value === "" ? "" : plainYuan(value as Fen);
    case "count":
      return String(value);
  }
};

const byteOrderMark = "\uFEFF";
const chunkCharacters = 65_536;

/**
 * The bytes of a table, a part at a time, so that a million rows need no more memory than a
 * hundred. The same rows give the same bytes.
 */
export async function* csv<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<Uint8Array> {
  // Buffer's own encoder takes a third of the time of a TextEncoder.
  const encoded = (part: string): Uint8Array => Buffer.from(part, "utf8");
  let text = `${byteOrderMark}${columns.map(({ title }) => textCell(title)).join(",")}\r\n`;
  let index = 0;
  for await (const portion of portionsOf(rows)) {
    for (const row of portion) {
      for (let place = 0; place < columns.length; place += 1) {
        const column = columns[place];
        if (!column) continue;
        if (place > 0) text += ",";
        text += cellOf(column.kind, column.value(row, index));
      }
      text += "\r\n";
      index += 1;
      if (text.length >= chunkCharacters) {
        yield encoded(text);
        text = "";
      }
    }
  }
  if (text !== "") yield encoded(text);
}
