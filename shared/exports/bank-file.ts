/**
 * The file a bank pays from (policy 6), in the form that the paying account's bank profile says: no
 * total row, amounts with two decimals, accounts as text.
 */
import type { BankColumn, BankFileFormat, BankProfile } from "#shared/domain/bank-profile.ts";
import { bankText, type BankPayment } from "#shared/domain/bank-row.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { bankTextFile, type TextProfile } from "./bank-text.ts";
import type { Column } from "./csv.ts";
import type { BankOrder } from "./bank-order.ts";
import { paymentOrder } from "./payment-order.ts";
import { xlsx } from "./xlsx.ts";

type SheetProfile = BankProfile & {
  readonly file: Extract<BankFileFormat, { readonly format: "xlsx" }>;
};

const isText = (profile: BankProfile): profile is TextProfile =>
  profile.file.format === "csv" || profile.file.format === "txt";
const isSheet = (profile: BankProfile): profile is SheetProfile => profile.file.format === "xlsx";

/** Every cell but an amount is text: Excel keeps 15 digits of a number, and a card has 19. */
const sheetColumn = (
  profile: SheetProfile,
  payer: PayingAccount | null,
  column: BankColumn,
): Column<BankPayment> => {
  const { title, value } = column;
  if (value === "amount" && profile.file.amounts === "number") {
    return { title, kind: "amount", value: ({ amountFen }) => amountFen };
  }
  return {
    title,
    kind: value === "payeeAccount" || value === "payerAccount" ? "code" : "text",
    value: (payment, index) => bankText(profile, payer, column, payment, index + 1),
  };
};

/**
 * The bytes of a batch's bank file. Payments in the same order give the same bytes, and so the same
 * hash (quality I19).
 */
export const bankFile = (
  { profile, payer, ...head }: BankOrder,
  payments: Iterable<BankPayment> | AsyncIterable<BankPayment>,
): AsyncGenerator<Uint8Array> => {
  if (isText(profile)) return bankTextFile(profile, payer, payments);
  if (isSheet(profile)) {
    const columns = profile.file.columns.map((column) => sheetColumn(profile, payer, column));
    return xlsx(columns, payments, profile.file.sheet);
  }
  invariant(payer, "a payment order is written for a paying account");
  return paymentOrder(head, payer, profile.purpose, payments);
};
