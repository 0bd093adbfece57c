/** A fund's paying account as it stands, what changed of it and who did, and the form to change it. */
import { rowsMaxOf } from "#shared/domain/bank-row.ts";
import type { Fund, PayingAccount } from "#shared/domain/fund.ts";
import type { PayingAccountChange } from "#shared/domain/paying-account.ts";
import { bankProfileById, bankProfiles } from "#shared/exports/bank-profiles.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  factRow,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";
import { accountNumberFor, profileName } from "./line.ts";
import { words } from "./words.ts";

const accountFacts = (desk: Desk, account: PayingAccount): Html => {
  const profile = bankProfileById(account.profileId);
  const number = html`<span class="code">${accountNumberFor(desk, account)}</span>`;
  return html`<dl class="facts">
    ${factRow(say(desk, words.bank), profileName(desk, account.profileId))}
    ${factRow(say(desk, words.accountNumber), number)}
    ${factRow(say(desk, words.accountName), account.accountName)}
    ${account.bankName === "" ? null : factRow(say(desk, words.bankName), account.bankName)}
    ${account.bankCode ? factRow(say(desk, words.bankCode), account.bankCode) : null}
    ${profile ? factRow(say(desk, words.fileHolds), count(rowsMaxOf(profile))) : null}
  </dl>`;
};

const historyPart = (
  desk: Desk,
  changes: readonly PayingAccountChange[],
  names: ReadonlyMap<string, string>,
): Html =>
  cardTable(
    desk,
    [words.when, words.who, words.bank, words.accountNumber, words.accountName],
    changes
      .toReversed()
      .map(({ at, by, account }) => [
        dateTime(at, desk.request.locale),
        names.get(by) ?? by,
        profileName(desk, account.profileId),
        html`<span class="code">${accountNumberFor(desk, account)}</span>`,
        account.accountName,
      ]),
  );

/** `number` is that of the change: a form that was opened before another change can't undo it. */
const accountForm = async (
  desk: Desk,
  fund: Fund,
  view: FormView,
  number: number,
): Promise<Html> => {
  const options = [
    { value: "", label: say(desk, words.choose) },
    ...bankProfiles().map(({ id }) => ({ value: id, label: profileName(desk, id) })),
  ];
  const text = (
    name: "accountNumber" | "accountName" | "bankName" | "bankCode",
    maxLength: number,
  ): Html =>
    textField(desk, view, name, { label: words[name], hint: words[`${name}Hint`], maxLength });
  const content = html`<p>${say(desk, words.changeLead)}</p>
    <input type="hidden" name="number" value="${view.values["number"] ?? number}" />
    ${selectField(desk, view, "profileId", { label: words.bank, options })}
    ${text("accountNumber", 40)} ${text("accountName", 60)} ${text("bankName", 60)}
    ${text("bankCode", 20)}
    <p class="actions"><button>${say(desk, words.save)}</button></p>`;
  return html`<h2>${say(desk, words.change)}</h2>
    ${await deskForm(desk, paths.desk("paying-accounts", fund.id), content)}`;
};

/** The page; `view` is the form as it came back. */
export const accountPage = async (
  desk: Desk,
  fund: Fund,
  view: FormView | null,
): Promise<PageResponse> => {
  const { locale } = desk.request;
  const [changes, { staff }] = await Promise.all([
    desk.uses.payingAccounts.changes(fund.id),
    desk.uses.directory.organisation(),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const { payingAccount: account } = fund;
  const problem = view?.problem ?? null;
  const shown = view ?? { values: account ? { ...account } : {}, problem };
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  const title = `${inLocale(fund.name, locale)} · ${say(desk, words.title)}`;
  const mayChange = mayDo(desk, "order_funds") && fund.open;
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, locale)}
      <h1>${title}</h1>
      <p><a href="${paths.desk("funds", fund.id)}">${say(desk, words.fund)}</a></p>
      <h2>${say(desk, words.present)}</h2>
      ${account ? accountFacts(desk, account) : html`<p>${say(desk, words.none)}</p>`}
      ${mayChange ? await accountForm(desk, fund, shown, changes.length + 1) : null}
      <h2>${say(desk, words.history)}</h2>
      ${
        changes.length === 0
          ? html`<p>${say(desk, words.noHistory)}</p>`
          : historyPart(desk, changes, names)
      }`,
  });
};

export const showAccount = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const fund = await loadFund(desk, typed);
  return fund ? accountPage(desk, fund, null) : notFoundPage(desk.request.locale);
};
