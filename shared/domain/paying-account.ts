/**
 * The account a fund's payments leave from, and whose bank's profile their file follows. It is the
 * office's own, no person's: it stands on the fund as it is, and pages show it masked all the same.
 */
import type { BankProfile } from "./bank-profile.ts";
import type { PayingAccount } from "./fund.ts";
import type { Instant } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";

/** A change of a fund's paying account: who made it, when, and what held from then on. */
export interface PayingAccountChange {
  /** Counted from 1 for each fund. */
  readonly number: number;
  readonly at: Instant;
  readonly by: StaffId;
  readonly account: PayingAccount;
}

export const samePayingAccount = (
  one: PayingAccount | null,
  other: PayingAccount | null,
): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.profileId === other.profileId &&
    one.accountNumber === other.accountNumber &&
    one.accountName === other.accountName &&
    one.bankName === other.bankName &&
    (one.bankCode ?? "") === (other.bankCode ?? ""));

/** What of a paying account as it was typed can't be taken. */
export type PayingAccountFault =
  | "accountNumber"
  | "accountName"
  | "bankName"
  | "bankCode"
  | "profileId";

const digitsMin = 8;
const digitsMax = 32;
const nameMax = 60;

const isName = (text: string, isNeeded: boolean): boolean =>
  text === "" ? !isNeeded : text.length <= nameMax && !/[\p{Cc}\p{Cs}\p{Co}]/u.test(text);

/**
 * What is wrong with an account for a bank's profile; null is a profile that there isn't. An office's account has no
 * check digit that all banks share, so only its length is looked at.
 */
export const payingAccountFaults = (
  account: PayingAccount,
  profile: BankProfile | null,
): readonly PayingAccountFault[] => {
  const needs = profile?.payerNeeds ?? [];
  const { accountNumber, accountName, bankName, bankCode = "" } = account;
  const isNumber = /^\d+$/u.test(accountNumber);
  const fits = accountNumber.length >= digitsMin && accountNumber.length <= digitsMax;
  const faults: readonly (readonly [PayingAccountFault, boolean])[] = [
    ["profileId", profile === null],
    ["accountNumber", !isNumber || !fits],
    ["accountName", !isName(accountName, true)],
    ["bankName", !isName(bankName, needs.includes("payerBank"))],
    ["bankCode", bankCode === "" ? needs.includes("payerBankCode") : !/^\d{3,14}$/u.test(bankCode)],
  ];
  return faults.flatMap(([name, isWrong]) => (isWrong ? [name] : []));
};
