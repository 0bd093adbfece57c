/** The funds with what each holds, may pay and has moved this month; orders that wait stand first. */
import { monthSums, type KindSum } from "#shared/casework/fund-ledger.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import type { TransferKind } from "#shared/domain/ledger.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskPage, mayDo, say, type Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { fundPage } from "./fund.ts";
import { balancesPart, fundTags, termsPart } from "./parts.ts";
import { officeWords, sourceWords } from "./earmark-words.ts";
import { orderWords } from "./order-words.ts";
import { waitingPart } from "./order-parts.ts";
import { fundWords as words, kindNames } from "./words.ts";

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

const fundCard = async (desk: Desk, fund: Fund, organisation: Organisation): Promise<Html> => {
  const { locale } = desk.request;
  const month = localDateOf(desk.uses.clock.now()).slice(0, 7);
  const sums = await monthSums(desk.uses, fund, month);
  const name = say(desk, fund.name);
  const kind = `${sourceWords(fund, locale)} · ${say(desk, officeWords(fund, organisation))}`;
  const line = (label: Text, value: Html | string): Html =>
    html`<dt>${say(desk, label)}</dt>
      <dd>${value}</dd>`;
  return html`<li class="card fund">
    <div>
      <h2><a href="${paths.desk("funds", fund.id)}">${name}</a> ${fundTags(desk, fund)}</h2>
      <p class="soft small">${kind}</p>
      ${balancesPart(desk, fund)}
      <dl class="lines">
        ${line(words.thisMonth, movementPart(desk, sums))}
        ${line(words.purpose, termsPart(desk, fund, organisation))}
        ${line(words.opened, date(localDateOf(fund.openedAt), locale))}
      </dl>
    </div>
  </li>`;
};

const actions = (desk: Desk): Html => {
  const link = (label: Text, href: string): Html =>
    html`<a class="button second" href="${href}">${say(desk, label)}</a>`;
  return html`<p class="actions">
    ${link(orderWords.orders, paths.desk("funds", "orders"))}
    ${
      mayDo(desk, "order_funds")
        ? html`${link(orderWords.yearEnd, paths.desk("funds", "year-end"))}
          ${link(orderWords.openFund, paths.desk("funds", "terms"))}`
        : null
    }
  </p>`;
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
  const organisation = await desk.uses.directory.organisation();
  const cards = await Promise.all(funds.map((fund) => fundCard(desk, fund, organisation)));
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${await waitingPart(desk)} ${actions(desk)}
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
  return fund ? fundPage(desk, fund) : notFoundPage(desk.request.locale);
};
