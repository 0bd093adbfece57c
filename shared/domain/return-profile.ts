/**
 * A bank's answer in that bank's own words, read by its profile (policy 6): which column is what,
 * which word is which result, which reason is which of our codes. What the profile doesn't list is
 * read by the words that banks have in common. Pure.
 */
import { parseYuan, fen, type Fen } from "../kernel/money.ts";
import {
  headerRowsMax,
  headingOf,
  plainText,
  readAmount,
  readCode,
  readReturnRows,
  referencePattern,
  type ReturnLine,
  type ReturnRow,
} from "./bank-return.ts";
import type { BankProfile } from "./bank-profile.ts";
import { failureCodeOf, resultOf, type BankResult } from "./bank-words.ts";
import type { FailureCode } from "./failure-code.ts";

/** A line with the payee's name: some banks' answers can only be matched by it. */
export interface NamedReturnLine extends ReturnLine {
  readonly name: string;
  /** A status report needn't repeat the amount: our reference says which payment it is. */
  readonly amountLeftOut: boolean;
}

const columnNames = ["reference", "account", "name", "amount", "result", "reason"] as const;
type ColumnName = (typeof columnNames)[number];
type Places = Readonly<Record<ColumnName, number>>;

const placesOf = ({ returns }: BankProfile, cells: readonly string[]): Places | null => {
  const read = cells.map(headingOf);
  const placeOf = (name: ColumnName): number =>
    (returns.columns[name] ?? [])
      .map((heading) => read.indexOf(headingOf(heading)))
      .find((place) => place >= 0) ?? -1;
  const places = Object.fromEntries(columnNames.map((name) => [name, placeOf(name)])) as Places;
  const hasPayee = places.account >= 0 && places.name >= 0;
  const isMatched = places.reference >= 0 || (returns.match === "payee" && hasPayee);
  return isMatched && places.amount >= 0 && places.result >= 0 ? places : null;
};

/** A success whose reason speaks of a failure is none, whatever the profile says of the word. */
const resultBy = ({ returns }: BankProfile, result: string, reason: string): BankResult | null => {
  const { paid, failed, processing } = returns.results;
  if (failed.includes(result)) return "failed";
  if (processing.includes(result)) return "processing";
  if (!paid.includes(result)) return resultOf(result, reason);
  return resultOf("成功", reason);
};

const codeBy = ({ returns }: BankProfile, result: string, reason: string): FailureCode => {
  const words = `${reason} ${result}`;
  const known = returns.reasons.find(({ contains }) => words.includes(contains));
  return known?.code ?? failureCodeOf(words);
};

const amountBy = ({ returns }: BankProfile, cell: string): Fen | null => {
  if (returns.amountUnit === "yuan") return readAmount(cell);
  const typed = plainText(cell);
  return /^\d{1,13}$/u.test(typed) && parseYuan(typed) !== null ? fen(Number(typed)) : null;
};

const lineBy = (
  profile: BankProfile,
  places: Places,
  { line, cells }: ReturnRow,
): NamedReturnLine => {
  const cell = (name: ColumnName): string => cells[places[name]] ?? "";
  const result = plainText(cell("result"));
  const reason = plainText(cell("reason"));
  const reference = readCode(cell("reference")).toUpperCase();
  // Where banks let us write into a remark they may add to it or leave it out.
  const isOurs = profile.returns.match === "reference" || referencePattern.test(reference);
  return {
    line,
    reference: isOurs ? reference : "",
    account: readCode(cell("account")),
    name: plainText(cell("name")),
    amountFen: amountBy(profile, cell("amount")),
    amountLeftOut: !("columns" in profile.file) && cell("amount").trim() === "",
    result: resultBy(profile, result, reason),
    failureCode: codeBy(profile, result, reason),
  };
};

const isEmpty = ({ cells }: ReturnRow): boolean => cells.every((cell) => cell.trim() === "");

/** A row of sums holds no account and no reference, and says so. */
const isTotal = (places: Places, { cells }: ReturnRow): boolean =>
  (cells[places.reference] ?? "").trim() === "" &&
  !/\d{6}/u.test(cells[places.account] ?? "") &&
  cells.some((cell) => /^(?:合计|总计|小计|total)/iu.test(plainText(cell)));

/**
 * Reads a table as this bank's return, or else as any bank's. @returns null when no row is a header
 * of either.
 */
export const readReturnBy = (
  profile: BankProfile,
  rows: readonly ReturnRow[],
): readonly NamedReturnLine[] | null => {
  for (const [place, row] of rows.slice(0, headerRowsMax).entries()) {
    const places = placesOf(profile, row.cells);
    if (!places) continue;
    return rows
      .slice(place + 1)
      .filter((below) => !isEmpty(below) && !isTotal(places, below))
      .map((below) => lineBy(profile, places, below));
  }
  return readReturnRows(rows)?.map((line) => ({ ...line, name: "", amountLeftOut: false })) ?? null;
};
