/**
 * A bank's file as text, CSV or TXT, by its profile. Accounts are digits and never numbers, amounts
 * have two decimals (or are whole fen) without separators, and there is no total row.
 */
import { bankText, runsInSpreadsheet, type BankPayment } from "#shared/domain/bank-row.ts";
import type { BankColumn, BankFileFormat, BankProfile } from "#shared/domain/bank-profile.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { encodeGbk } from "#shared/kernel/gbk.ts";

/** A profile whose file is text. */
export type TextProfile = BankProfile & {
  readonly file: Extract<BankFileFormat, { readonly format: "csv" | "txt" }>;
};

const lineEnds = { crlf: "\r\n", lf: "\n" } as const;
const byteOrderMark = "\uFEFF";
const chunkCharacters = 65_536;

type Encode = (text: string) => Uint8Array;

const encoderOf = (encoding: TextProfile["file"]["encoding"]): Encode => {
  const utf8 = new TextEncoder();
  if (encoding !== "gbk") return (text) => utf8.encode(text);
  return (text) => {
    const bytes = encodeGbk(text);
    // Such a payment was kept out of the batch; a "?" would pay to somebody of another name.
    invariant(bytes, "a batch holds nothing that its bank file can't write");
    return bytes;
  };
};

/**
 * What a spreadsheet would run gets an apostrophe, as elsewhere in our exports. No payment of a
 * batch that was checked against its profile begins so (bank-row.ts): this is the second fence.
 */
const inert = (text: string): string => (runsInSpreadsheet(text) ? `'${text}` : text);

/** How a cell is quoted, by the profile. */
const quoterOf = ({ quote, separator }: TextProfile["file"]): ((text: string) => string) => {
  const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  if (quote === "always") return inQuotes;
  if (quote === "never") return (text) => text;
  return (text) =>
    (separator !== "" && text.includes(separator)) || /["\r\n\t]|^\s|\s$/u.test(text)
      ? inQuotes(text)
      : text;
};

const padded = (text: string, { pad }: BankColumn): string => {
  if (!pad) return text;
  const filling = pad.with.repeat(Math.max(0, pad.length - Array.from(text).length));
  return pad.side === "left" ? `${filling}${text}` : `${text}${filling}`;
};

const isDigits = (text: string): boolean => /^\d+$/u.test(text);

/** One column's cell of a payment, ready to be joined. */
const cellWriter = (profile: TextProfile, payer: PayingAccount | null) => {
  const { accountGuard, amountUnit } = profile.file;
  const quote = quoterOf(profile.file);
  return (column: BankColumn, payment: BankPayment, sequence: number): string => {
    const { value } = column;
    if (value === "amount" && amountUnit === "fen") return padded(`${payment.amountFen}`, column);
    const text = bankText(profile, payer, column, payment, sequence);
    const isAccount = value === "payeeAccount" || value === "payerAccount";
    // The cell stands without quotes, so that a reader's own trimming takes the tab away too.
    if (isAccount && accountGuard === "tab" && isDigits(text)) return `\t${text}`;
    return quote(padded(inert(text), column));
  };
};

/** The bytes of a text file, a part at a time. The same payments give the same bytes. */
export async function* bankTextFile(
  profile: TextProfile,
  payer: PayingAccount | null,
  payments: Iterable<BankPayment> | AsyncIterable<BankPayment>,
): AsyncGenerator<Uint8Array> {
  const { encoding, separator, lineEnd, header, columns } = profile.file;
  const encode = encoderOf(encoding);
  const quote = quoterOf(profile.file);
  const cell = cellWriter(profile, payer);
  const end = lineEnds[lineEnd];
  let text = encoding === "utf-8-bom" ? byteOrderMark : "";
  if (header) text += columns.map(({ title }) => quote(title)).join(separator) + end;
  let sequence = 0;
  for await (const payment of payments) {
    sequence += 1;
    text += columns.map((column) => cell(column, payment, sequence)).join(separator) + end;
    if (text.length >= chunkCharacters) {
      yield encode(text);
      text = "";
    }
  }
  if (text !== "") yield encode(text);
}
