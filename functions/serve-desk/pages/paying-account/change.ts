/**
 * Setting a fund's paying account. The change names who and when; it holds for batches made
 * afterwards, and whoever authorises one of them sees the account it pays from: no batch leaves from
 * an account that one person chose.
 */
import type { Fund, PayingAccount } from "#shared/domain/fund.ts";
import { payingAccountFaults, samePayingAccount } from "#shared/domain/paying-account.ts";
import { bankProfileById } from "#shared/exports/bank-profiles.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, type Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { accountPage } from "./page.ts";
import { faultWords, words } from "./words.ts";

const fields = ["profileId", "accountNumber", "accountName", "bankName", "bankCode"] as const;
const maxLength = 120;

const accountTyped = (desk: Desk): PayingAccount => {
  const typed = (name: (typeof fields)[number]): string =>
    (desk.request.form[name] ?? "").normalize("NFKC").trim().slice(0, maxLength);
  const bankCode = typed("bankCode");
  return {
    profileId: typed("profileId"),
    accountNumber: typed("accountNumber").replaceAll(/[\s-]/gu, ""),
    accountName: typed("accountName"),
    bankName: typed("bankName"),
    ...(bankCode === "" ? {} : { bankCode }),
  };
};

const changedSince = (desk: Desk, fund: Fund): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "付款账户有变化", en: "The paying account has changed" },
    happened: {
      zh: "您打开页面之后有人变更了付款账户，所以这次没有保存。",
      en: "Somebody changed the account after you opened the page, so nothing was saved.",
    },
    next: { zh: "请返回核对后再填写。", en: "Please go back, look at it and type again." },
    link: { href: paths.desk("paying-accounts", fund.id), label: words.title },
  });

/** Saves what was typed. The same form sent twice is one change. */
export const changeAccount = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const fund = await loadFund(desk, typed);
  const number = Number(request.form["number"]);
  if (!fund?.open || !Number.isInteger(number) || number < 1) return notFoundPage(request.locale);
  const account = accountTyped(desk);
  const faults = payingAccountFaults(account, bankProfileById(account.profileId));
  const first = fields.find((name) => faults.includes(name));
  if (first) {
    const problem = { field: first, says: faultWords[first] };
    return accountPage(desk, fund, { values: request.form, problem });
  }
  const page = redirect(paths.desk("paying-accounts", fund.id));
  if (samePayingAccount(fund.payingAccount, account)) return page;
  // The number is the next one at the time the form was shown: a gap would be a form made up.
  const changes = await uses.payingAccounts.changes(fund.id);
  if (number !== changes.length + 1) return changedSince(desk, fund);
  const change = { number, at: uses.clock.now(), by: session.staff.id, account };
  const outcome = await uses.payingAccounts.set(fund.id, change);
  return outcome === "committed" ? page : changedSince(desk, fund);
};
