/**
 * The bank's answer to a batch (policy 6), line by line: what each line says, and whether anything
 * may be moved by it. A line that is unknown, doubled, mismatched or unreadable moves nothing and
 * waits for a person.
 */
import type { BatchId } from "../kernel/ids.ts";
import { parseYuan, type Fen } from "../kernel/money.ts";
import { failureCodeOf, resultOf, type BankResult } from "./bank-words.ts";
import { settledBy, type BatchItem } from "./disbursement.ts";
import type { FailureCode } from "./failure-code.ts";

/** A row of the file as it was read: its place, counted from 1 with the header, and its cells. */
export interface ReturnRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What one line says, as far as it could be read. */
export interface ReturnLine {
  readonly line: number;
  readonly reference: string;
  /** Empty when the bank doesn't repeat it. */
  readonly account: string;
  readonly amountFen: Fen | null;
  readonly result: BankResult | null;
  readonly failureCode: FailureCode;
}

export type ExceptionCode =
  | "unknown_reference"
  | "duplicate_line"
  | "amount_mismatch"
  | "account_mismatch"
  /** The same word on the same payment, in an earlier file. */
  | "already_settled"
  /** Another word than the one that settled it: somebody must ask the bank at once. */
  | "contradicts_settlement"
  /** The case is no longer in this batch. */
  | "case_moved"
  | "unreadable";

/** A line of a bank return that moved nothing, for a person to look at. */
export interface ReturnException {
  readonly line: number;
  readonly code: ExceptionCode;
  /** Ours, or empty: whatever else a bank writes there may be a name. */
  readonly reference: string;
}

export type Verdict =
  | { readonly kind: "paid"; readonly line: number; readonly item: BatchItem }
  | {
      readonly kind: "failed";
      readonly line: number;
      readonly item: BatchItem;
      readonly failureCode: FailureCode;
    }
  /** A state, not a failure: the item stays open. */
  | { readonly kind: "processing"; readonly line: number; readonly item: BatchItem }
  /** This very line settled the item before: the file is being read again. */
  | { readonly kind: "repeated"; readonly line: number; readonly item: BatchItem }
  | { readonly kind: "exception"; readonly exception: ReturnException };

type ColumnName = "reference" | "account" | "amount" | "result" | "reason";

/**
 * How banks head their columns. The amount's unit and any brackets are dropped before comparing.
 */
const headings: Readonly<Record<ColumnName, readonly string[]>> = {
  reference: [
    "业务参考号",
    "参考号",
    "客户参考号",
    "业务编号",
    "业务号",
    "企业参考号",
    "reference",
    "ref",
  ],
  account: ["收款账号", "收款人账号", "账号", "卡号", "收款账户", "收款卡号", "account"],
  amount: ["金额", "交易金额", "代发金额", "付款金额", "发生额", "amount"],
  result: [
    "处理结果",
    "处理状态",
    "交易结果",
    "交易状态",
    "付款状态",
    "代发结果",
    "代发状态",
    "结果",
    "状态",
    "result",
    "status",
  ],
  reason: [
    "失败原因",
    "退票原因",
    "原因",
    "处理信息",
    "返回信息",
    "错误信息",
    "结果描述",
    "说明",
    "备注",
    "reason",
    "message",
  ],
};

export const plainText = (cell: string): string => cell.normalize("NFKC").trim();

export const headingOf = (cell: string): string =>
  plainText(cell)
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\s|帐/gu, (found) => (found === "帐" ? "账" : ""));

type Columns = Readonly<Record<ColumnName, number>>;

/** Where each column stands, or null when the row is no header of a return. */
const columnsOf = (cells: readonly string[]): Columns | null => {
  const read = cells.map(headingOf);
  const placeOf = (name: ColumnName): number =>
    headings[name].map((heading) => read.indexOf(heading)).find((place) => place >= 0) ?? -1;
  const columns: Columns = {
    reference: placeOf("reference"),
    account: placeOf("account"),
    amount: placeOf("amount"),
    result: placeOf("result"),
    reason: placeOf("reason"),
  };
  const complete = columns.reference >= 0 && columns.amount >= 0 && columns.result >= 0;
  return complete ? columns : null;
};

/** Banks put a title and a date above the table; a header further down is none. */
export const headerRowsMax = 20;

export const referencePattern = /^SN[0-9A-HJKMNP-TV-Z]{10}-\d{1,4}$/u;
const groupedAmount = /^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/u;

/** A code as typed for Excel: the tab or apostrophe that keeps it text is no part of it. */
export const readCode = (cell: string): string =>
  plainText(cell)
    .replace(/^="(.*)"$/u, "$1")
    .replaceAll(/^'+|\s/gu, "");

/** Thousands may be grouped here, unlike where people type: the figure must equal one we know. */
export const readAmount = (cell: string): Fen | null => {
  const typed = plainText(cell)
    .replace(/^[¥￥]/u, "")
    .replace(/元$/u, "");
  return parseYuan(groupedAmount.test(typed) ? typed.replaceAll(",", "") : typed);
};

const lineOf = (columns: Columns, { line, cells }: ReturnRow): ReturnLine => {
  const cell = (name: ColumnName): string => cells[columns[name]] ?? "";
  const result = plainText(cell("result"));
  const reason = plainText(cell("reason"));
  return {
    line,
    reference: readCode(cell("reference")).toUpperCase(),
    account: readCode(cell("account")),
    amountFen: readAmount(cell("amount")),
    result: resultOf(result, reason),
    failureCode: failureCodeOf(`${reason} ${result}`),
  };
};

const isTotalRow = (columns: Columns, { cells }: ReturnRow): boolean =>
  readCode(cells[columns.reference] ?? "") === "" &&
  cells.some((cell) => /^(?:合计|总计|小计|total)/iu.test(plainText(cell)));

/**
 * Reads a table as a bank's return. @returns null when no header row names reference, amount and
 * result.
 */
export const readReturnRows = (rows: readonly ReturnRow[]): readonly ReturnLine[] | null => {
  for (const [place, row] of rows.slice(0, headerRowsMax).entries()) {
    const columns = columnsOf(row.cells);
    if (!columns) continue;
    return rows
      .slice(place + 1)
      .filter((below) => below.cells.some((cell) => cell.trim() !== ""))
      .filter((below) => !isTotalRow(columns, below))
      .map((below) => lineOf(columns, below));
  }
  return null;
};

const exceptionAt = (line: ReturnLine, code: ExceptionCode): Verdict => ({
  kind: "exception",
  exception: {
    line: line.line,
    code,
    reference: referencePattern.test(line.reference) ? line.reference : "",
  },
});

/**
 * Whether the bank's account is the payee's. Banks mask the middle of it with asterisks in some
 * returns.
 */
const isSameAccount = (given: string, cardNumber: string): boolean => {
  if (given === "") return true;
  if (!/\*{2,}/u.test(given)) return given === cardNumber;
  const [head = "", tail = "", ...rest] = given.split(/\*+/u);
  return (
    rest.length === 0 &&
    tail.length >= 4 &&
    cardNumber.startsWith(head) &&
    cardNumber.endsWith(tail)
  );
};

const settledVerdict = (line: ReturnLine, item: BatchItem, returnKey: string): Verdict => {
  if (item.settledBy === settledBy(returnKey, line.line)) {
    return { kind: "repeated", line: line.line, item };
  }
  // What came back after a success (退票) was said by two people; the bank's own list of it comes later.
  const said = item.status === "returned" ? "failed" : item.status;
  const agrees = line.result === said || line.result === "processing";
  return exceptionAt(line, agrees ? "already_settled" : "contradicts_settlement");
};

const verdictOf = (
  line: ReturnLine,
  item: BatchItem | undefined,
  cardNumber: string | undefined,
  returnKey: string,
): Verdict => {
  if (line.reference === "") return exceptionAt(line, "unreadable");
  if (!item || cardNumber === undefined) return exceptionAt(line, "unknown_reference");
  if (line.amountFen !== item.amountFen) return exceptionAt(line, "amount_mismatch");
  if (!isSameAccount(line.account, cardNumber)) return exceptionAt(line, "account_mismatch");
  if (line.result === null) return exceptionAt(line, "unreadable");
  if (item.status !== "ready") return settledVerdict(line, item, returnKey);
  if (line.result === "failed") {
    return { kind: "failed", line: line.line, item, failureCode: line.failureCode };
  }
  return { kind: line.result, line: line.line, item };
};

/** Copies of one line are one line and its copies; lines that differ cancel each other out. */
const sameWord = (a: ReturnLine, b: ReturnLine): boolean =>
  a.result === b.result && a.amountFen === b.amountFen && a.account === b.account;

/**
 * What each line of a return means for a batch's items, in the order of the lines. `cardNumbers`
 * are the payees' by reference. The first of several equal lines counts and its copies are listed;
 * lines on one payment that say different things are all listed and none counts.
 */
export const classifyReturn = (
  returned: {
    readonly batchId: BatchId;
    readonly returnKey: string;
    readonly lines: readonly ReturnLine[];
  },
  items: readonly BatchItem[],
  cardNumbers: ReadonlyMap<string, string>,
): readonly Verdict[] => {
  const itemOf = new Map(items.map((item) => [item.reference, item]));
  const linesOf = new Map<string, ReturnLine[]>();
  for (const line of returned.lines) {
    const sameReference = linesOf.get(line.reference) ?? [];
    sameReference.push(line);
    linesOf.set(line.reference, sameReference);
  }
  return returned.lines.map((line) => {
    const all = linesOf.get(line.reference) ?? [line];
    const [first = line] = all;
    const known = line.reference !== "" && itemOf.has(line.reference);
    const counts = line === first && all.every((other) => sameWord(other, first));
    if (known && !counts) return exceptionAt(line, "duplicate_line");
    return verdictOf(
      line,
      itemOf.get(line.reference),
      cardNumbers.get(line.reference),
      returned.returnKey,
    );
  });
};
