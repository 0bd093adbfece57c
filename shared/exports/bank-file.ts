/**
 * The file a bank pays from (policy 6): no total row, amounts with two decimals, accounts as text.
 */
import type { BatchItem } from "#shared/domain/disbursement.ts";
import { csv, type Column } from "./csv.ts";

/** One payment as the bank must get it. */
export interface BankFileRow {
  readonly item: Pick<BatchItem, "reference" | "amountFen">;
  readonly payee: { readonly name: string; readonly bankName: string; readonly cardNumber: string };
}

/**
 * What the payee's bank statement says. The programme isn't named: it would tell the bank of an
 * illness.
 */
const purpose = "工会帮扶救助金";

/**
 * The profile every bank's bulk payment can be fed with; the account, name and amount columns are
 * the common ones.
 */
const columns: readonly Column<BankFileRow>[] = [
  { title: "序号", kind: "count", value: (_row, index) => index + 1 },
  { title: "收款账号", kind: "code", value: ({ payee }) => payee.cardNumber },
  { title: "户名", kind: "text", value: ({ payee }) => payee.name },
  { title: "开户行", kind: "text", value: ({ payee }) => payee.bankName },
  { title: "金额", kind: "amount", value: ({ item }) => item.amountFen },
  { title: "用途", kind: "text", value: () => purpose },
  { title: "业务参考号", kind: "code", value: ({ item }) => item.reference },
];

/**
 * The bytes of a batch's bank file. Rows in the same order give the same bytes, and so the same
 * hash (quality I19).
 */
export const bankFile = (
  rows: Iterable<BankFileRow> | AsyncIterable<BankFileRow>,
): AsyncGenerator<Uint8Array> => csv(columns, rows);
