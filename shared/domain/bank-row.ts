/** One payment as a bank's file shows it, and whether the bank can take it at all. Pure. */
import { fitsGbk } from "../kernel/gbk.ts";
import { addFen, plainYuan, type Fen } from "../kernel/money.ts";
import { placeOfBank } from "./bank-place.ts";
import type { BankColumn, BankField, BankProfile } from "./bank-profile.ts";
import { batchItemsMax } from "./disbursement.ts";
import type { PayingAccount } from "./fund.ts";

/** One payment as the bank must get it. */
export interface BankPayment {
  readonly reference: string;
  readonly amountFen: Fen;
  readonly payee: { readonly name: string; readonly bankName: string; readonly cardNumber: string };
}

/** Why a bank's file can't hold a payment; a person mends it, the file never bends a name. */
export type BankRowFault =
  /** A character that the file's encoding lacks or the bank refuses. */
  | "characters"
  /** Longer than the bank's column. */
  | "too_long"
  /** A spreadsheet would run it; no name at a bank begins so. */
  | "formula"
  /** Something that the bank asks for isn't known. */
  | "missing"
  /** Above the bank's limit for one payment. */
  | "amount";

/** As many payments as one file of this profile may hold. */
export const rowsMaxOf = ({ limits }: Pick<BankProfile, "limits">): number =>
  Math.min(limits.rowsMax ?? batchItemsMax, batchItemsMax);

/** Whether a file of this profile may still take a payment beside what is in it. */
export const fitsBankFile = (
  { limits }: Pick<BankProfile, "limits">,
  sumFen: Fen,
  amountFen: Fen,
): boolean =>
  limits.fileAmountMaxYuan === undefined || addFen(sumFen, amountFen) <= limits.fileAmountMaxYuan;

const isOf = (profile: BankProfile, bankName: string): boolean =>
  profile.bankNames.some((name) => bankName.includes(name));

const replaced = ({ characters }: BankProfile, text: string): string =>
  Array.from(text, (character) => characters.replaced[character] ?? character).join("");

interface Row extends BankPayment {
  readonly profile: BankProfile;
  readonly payer: PayingAccount | null;
  readonly sequence: number;
}

/** The text of a field, before it is padded or quoted. */
const texts: Readonly<Record<Exclude<BankField, "payeeIsSameBank">, (row: Row) => string>> = {
  sequence: ({ sequence }) => String(sequence),
  reference: ({ reference }) => reference,
  payeeName: ({ profile, payee }) => replaced(profile, payee.name),
  payeeAccount: ({ payee }) => payee.cardNumber,
  payeeBank: ({ profile, payee }) => replaced(profile, payee.bankName),
  payeeProvince: ({ payee }) => placeOfBank(payee.bankName).province,
  payeeCity: ({ payee }) => placeOfBank(payee.bankName).city,
  payerName: ({ payer }) => payer?.accountName ?? "",
  payerAccount: ({ payer }) => payer?.accountNumber ?? "",
  payerBank: ({ payer }) => payer?.bankName ?? "",
  payerBankCode: ({ payer }) => payer?.bankCode ?? "",
  amount: ({ amountFen }) => plainYuan(amountFen),
  purpose: ({ profile }) => profile.purpose,
};

/** What a column shows of a payment; amounts as yuan with two decimals. `sequence` counts from 1. */
export const bankText = (
  profile: BankProfile,
  payer: PayingAccount | null,
  { value, text, yes, no }: BankColumn,
  payment: BankPayment,
  sequence: number,
): string => {
  if (value === undefined) return text ?? "";
  if (value === "payeeIsSameBank") {
    return (isOf(profile, payment.payee.bankName) ? yes : no) ?? "";
  }
  return texts[value]({ ...payment, profile, payer, sequence });
};

/** A formula's first character after any white space; full-width forms are looked at as plain ones. */
export const runsInSpreadsheet = (text: string): boolean =>
  /^[\s\p{Cc}\p{Cf}]*[=+\-@]/u.test(text.normalize("NFKC"));

/** Control characters, halves of pairs and characters of private use are in no bank's name. */
const unwritable = /[\p{Cc}\p{Cs}\p{Co}\uFFFE\uFFFF]/u;

const charactersFit = ({ file, characters }: BankProfile, text: string): boolean => {
  if (unwritable.test(text) || characters.refused.some((one) => text.includes(one))) return false;
  if (!("encoding" in file)) return true;
  if (
    file.quote === "never" &&
    (text.includes('"') || (file.separator !== "" && text.includes(file.separator)))
  ) {
    return false;
  }
  return file.encoding !== "gbk" || fitsGbk(text);
};

const lengthOf = (text: string): number => Array.from(text).length;

const columnFault = (
  profile: BankProfile,
  payer: PayingAccount | null,
  column: BankColumn,
  payment: BankPayment,
): BankRowFault | null => {
  const text = bankText(profile, payer, column, payment, 1);
  if (text === "") return column.required ? "missing" : null;
  if (!charactersFit(profile, text)) return "characters";
  const lengthMax = column.charactersMax ?? column.pad?.length;
  if (lengthMax !== undefined && lengthOf(text) > lengthMax) return "too_long";
  return runsInSpreadsheet(text) ? "formula" : null;
};

const orderFault = (profile: BankProfile, { payee }: BankPayment): BankRowFault | null => {
  if (payee.name === "" || payee.cardNumber === "") return "missing";
  return [payee.name, payee.bankName].every((text) => charactersFit(profile, text))
    ? null
    : "characters";
};

/**
 * Whether this bank's file can hold a payment (quality C3, policy 6): asked before it enters a
 * batch, because afterwards there is nobody to ask.
 */
export const bankRowFault = (
  profile: BankProfile,
  payer: PayingAccount | null,
  payment: BankPayment,
): BankRowFault | null => {
  const { rowAmountMaxYuan, nameCharactersMax } = profile.limits;
  if (rowAmountMaxYuan !== undefined && payment.amountFen > rowAmountMaxYuan) return "amount";
  if (nameCharactersMax !== undefined && lengthOf(payment.payee.name) > nameCharactersMax) {
    return "too_long";
  }
  if (!("columns" in profile.file)) return orderFault(profile, payment);
  for (const column of profile.file.columns) {
    const fault = columnFault(profile, payer, column, payment);
    if (fault !== null) return fault;
  }
  return null;
};

/** Whether a payment is held back because the bank's file can't have it; null: it can. */
export type BankCheck = (payment: BankPayment) => BankHold | null;

/** Held by what of the payee the file can't say, or by the bank's limit. */
export type BankHold = "bank_text" | "bank_amount";

/** The check of a batch's profile and account, to be asked of each payment. */
export const bankCheckOf =
  (profile: BankProfile, payer: PayingAccount | null): BankCheck =>
  (payment) => {
    const fault = bankRowFault(profile, payer, payment);
    if (fault === null) return null;
    return fault === "amount" ? "bank_amount" : "bank_text";
  };
