/** The funds with what each holds, is for and has moved this month; and money coming in. */
import { monthSums, type KindSum } from "#shared/casework/fund-ledger.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { fundTitles, type Fund } from "#shared/domain/fund.ts";
import { grantTransfer, type TransferKind } from "#shared/domain/ledger.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, parseYuan, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskMessage, deskPage, say, type Desk } from "../frame.ts";
import { loadFund } from "../load-fund.ts";
import { fundPage } from "./fund.ts";
import { balancesPart, fundTags } from "./fund-parts.ts";
import { fundPurposes, fundWords as words, kindNames } from "./fund-words.ts";
import type { GrantProblems } from "./grant-form.ts";

const movementPart = (desk: Desk, sums: ReadonlyMap<TransferKind, KindSum>): Html | string =>
  sums.size === 0
    ? say(desk, words.nothingMoved)
    : html`${[...sums].map(
        ([kind, { count: number, sumFen }]) =>
          html`<div>
            ${say(desk, kindNames[kind])} ${amount(sumFen, desk.request.locale)}
            <span class="soft">×${count(number)}</span>
          </div>`,
      )}`;

const fundCard = async (desk: Desk, fund: Fund): Promise<Html> => {
  const { locale } = desk.request;
  const month = localDateOf(desk.uses.clock.now()).slice(0, 7);
  const sums = await monthSums(desk.uses, fund, month);
  const name = say(desk, fund.name);
  const kind = say(desk, fundTitles[fund.code]);
  const line = (label: Text, value: Html | string): Html =>
    html`<dt>${say(desk, label)}</dt>
      <dd>${value}</dd>`;
  return html`<li class="card fund">
    <div>
      <h2><a href="${paths.desk("funds", fund.id)}">${name}</a> ${fundTags(desk, fund)}</h2>
      ${kind === name ? null : html`<p class="soft small">${kind}</p>`} ${balancesPart(desk, fund)}
      <dl class="lines">
        ${line(words.thisMonth, movementPart(desk, sums))}
        ${line(words.purpose, say(desk, fundPurposes[fund.code]))}
        ${line(words.opened, date(localDateOf(fund.openedAt), locale))}
      </dl>
    </div>
  </li>`;
};

const totalPart = (desk: Desk, funds: readonly Fund[]): Html => {
  const sum = (part: (fund: Fund) => Fen): Fen => addFen(...funds.map(part));
  return html`<section class="panel" aria-labelledby="all-funds">
    <h2 id="all-funds">${say(desk, words.total)}</h2>
    ${balancesPart(desk, {
      grantedFen: sum(({ grantedFen }) => grantedFen),
      availableFen: sum(({ availableFen }) => availableFen),
      reservedFen: sum(({ reservedFen }) => reservedFen),
      paidFen: sum(({ paidFen }) => paidFen),
    })}
    <p class="soft small">${say(desk, words.adds)}</p>
  </section>`;
};

export const showFunds = async (desk: Desk): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const cards = await Promise.all(funds.map((fund) => fundCard(desk, fund)));
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${
        funds.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : html`${totalPart(desk, funds)}
              <ul class="cards">
                ${cards}
              </ul>`
      }`,
  });
};

export const showFund = async (desk: Desk, id: string): Promise<PageResponse> => {
  const fund = await loadFund(desk, id);
  return fund ? fundPage(desk, fund, {}) : notFoundPage(desk.request.locale);
};

/** Books money coming in, once for each voucher, and lets cases have it that wait for it. */
export const bookGrant = async (desk: Desk, id: string): Promise<PageResponse> => {
  const { form } = desk.request;
  const fund = await loadFund(desk, id);
  if (!fund) return notFoundPage(desk.request.locale);
  const number = (form["number"] ?? "").normalize("NFKC").trim();
  const amountFen = parseYuan(form["amount"] ?? "");
  const isNumber = /^[\p{L}\p{N}][\p{L}\p{N}()〔〕[\]/_-]{0,39}$/u.test(number);
  const problems: GrantProblems = {
    ...(isNumber ? {} : { number: true }),
    ...(amountFen !== null && amountFen > 0 ? {} : { amount: true }),
  };
  if (!isNumber || amountFen === null || amountFen <= 0) return fundPage(desk, fund, problems);
  const transfer = grantTransfer(number, {
    fundId: fund.id,
    amountFen,
    at: desk.uses.clock.now(),
    by: desk.session.staff.id,
  });
  if ((await desk.uses.funds.grant(transfer)) === "already_done") {
    return deskMessage(desk, 409, {
      title: { zh: "这个凭证号已经入账", en: "This voucher is booked already" },
      happened: {
        zh: "同一凭证号只能入账一次，这次没有入账。",
        en: "A voucher is booked once; nothing was booked this time.",
      },
      next: {
        zh: "请在账目里核对；确为另一笔款的，用它自己的凭证号。",
        en: "Check the ledger; if it is other money, use its own voucher number.",
      },
      link: { href: paths.desk("funds", fund.id), label: words.ledger },
    });
  }
  await reserveWaiting(desk.uses);
  return redirect(paths.desk("funds", fund.id));
};
