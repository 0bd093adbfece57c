/** A paying account in one line, for whoever may see more of it or less. */
import type { Fund, PayingAccount } from "#shared/domain/fund.ts";
import { maskedCard } from "#shared/domain/masking.ts";
import { bankProfileById } from "#shared/exports/bank-profiles.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { mayDo, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

/** Whoever takes the file to the bank, authorises it or sets the account sees its number; others its end. */
export const accountNumberFor = (desk: Desk, { accountNumber }: PayingAccount): string =>
  mayDo(desk, "bank_file") || mayDo(desk, "order_funds") || mayDo(desk, "authorise")
    ? accountNumber
    : maskedCard(accountNumber);

export const profileName = (desk: Desk, id: string): string => {
  const profile = bankProfileById(id);
  return profile ? inLocale(profile.name, desk.request.locale) : id;
};

/** Name, number, and the form of the bank's file. */
export const payingAccountLine = (desk: Desk, account: PayingAccount): Html =>
  html`${account.accountName} <span class="code">${accountNumberFor(desk, account)}</span><br />
    <span class="soft small">${profileName(desk, account.profileId)}</span>`;

/** The same with the way to its page: what a fund says of it. */
export const payingAccountFact = (desk: Desk, { id, payingAccount }: Fund): Html =>
  html`${payingAccount ? html`${payingAccountLine(desk, payingAccount)}<br />` : null}<a
      href="${paths.desk("paying-accounts", id)}"
      >${say(desk, payingAccount ? words.toAccount : words.toSet)}</a
    >`;
