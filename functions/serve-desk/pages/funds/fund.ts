/** One fund: orders that wait, what it holds and may pay, what can be done, and its ledger month by month with the balances after each transfer. */
import {
  ledgerMonth,
  type KindSum,
  type LedgerMonth,
  type LedgerRow,
} from "#shared/casework/fund-ledger.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { TransferKind } from "#shared/domain/ledger.ts";
import type { Balances } from "#shared/domain/month-ends.ts";
import { addMonths, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { chineseCapitals, displayYuan, maxFen, zeroFen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount, date, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  count,
  deskPage,
  factRow,
  figureHeading,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import { payingAccountFact } from "../paying-account/line.ts";
import { words as accountWords } from "../paying-account/words.ts";
import { balancesPart, fundTags, termsPart } from "./parts.ts";
import { officeWords, sourceWords } from "./earmark-words.ts";
import { waitingPart } from "./order-parts.ts";
import { orderWords } from "./order-words.ts";
import { fundWords, kindNames } from "./words.ts";

const words = {
  month: { zh: "月份", en: "Month" },
  show: { zh: "查看", en: "Show" },
  earlier: { zh: "上一月", en: "Month before" },
  later: { zh: "下一月", en: "Month after" },
  at: { zh: "时间", en: "Time" },
  kind: { zh: "种类", en: "Kind" },
  reference: { zh: "凭证", en: "Voucher" },
  amount: { zh: "金额（元）", en: "Amount (yuan)" },
  availableAfter: { zh: "可用余额", en: "Available after" },
  reservedAfter: { zh: "预留余额", en: "Reserved after" },
  paidAfter: { zh: "累计发放", en: "Paid after" },
  opening: { zh: "月初", en: "Opening" },
  closing: { zh: "月末", en: "Closing" },
  carried: { zh: "承上页", en: "Carried over" },
  sums: { zh: "本月合计", en: "Sums of the month" },
  entries: { zh: "笔数", en: "Entries" },
  none: { zh: "这个月没有账目。", en: "Nothing was booked in this month." },
  capitals: { zh: "可用余额大写", en: "Available, in words" },
  page: { zh: "页", en: "Page" },
  pages: { zh: "账目分页", en: "Pages of the ledger" },
} as const satisfies Record<string, Text>;

const monthPattern = /^20\d{2}-(?:0[1-9]|1[0-2])$/u;
/** A ledger is kept for ten years; what an address asks beyond is this month. */
const monthsBackMax = 120;

const monthAfter = (month: string, months: number): string =>
  addMonths(`${month}-01` as LocalDate, months).slice(0, 7);

const monthAsked = (desk: Desk): string => {
  const typed = desk.request.query["month"] ?? "";
  const present = localDateOf(desk.uses.clock.now()).slice(0, 7);
  const isKept = typed >= monthAfter(present, -monthsBackMax) && typed <= present;
  return monthPattern.test(typed) && isKept ? typed : present;
};

const pageAsked = (desk: Desk): number => {
  const asked = Number(desk.request.query["page"] ?? "1");
  return Number.isSafeInteger(asked) && asked >= 1 ? asked : 1;
};

const addressOf = (fund: Fund, month: string, page = 1): string =>
  `${paths.desk("funds", fund.id)}?month=${month}${page > 1 ? `&page=${page}` : ""}#ledger`;

const monthPicker = (desk: Desk, fund: Fund, month: string): Html => {
  const present = localDateOf(desk.uses.clock.now()).slice(0, 7);
  const link = (to: string, label: Text): Html =>
    html`<a class="button second" href="${addressOf(fund, to)}">${say(desk, label)}</a>`;
  return html`<form method="get" action="${paths.desk("funds", fund.id)}" class="filter unprinted">
    <div class="item">
      <label for="month">${say(desk, words.month)}</label>
      <input type="month" id="month" name="month" value="${month}" />
    </div>
    <p class="actions">
      <button class="second">${say(desk, words.show)}</button>
      ${link(monthAfter(month, -1), words.earlier)}
      ${month < present ? link(monthAfter(month, 1), words.later) : null}
    </p>
  </form>`;
};

/** Which way a transfer goes for what can still be spent. */
const signs: Readonly<Record<TransferKind, string>> = {
  grant: "+",
  reserve: "−",
  release: "+",
  post: "",
  refund: "+",
  allot_out: "−",
  allot_in: "+",
  give_back: "−",
};

const balanceCells = (balances: Balances): readonly string[] =>
  [balances.availableFen, balances.reservedFen, balances.paidFen].map(displayYuan);

const rowCells = (desk: Desk, { transfer, after }: LedgerRow): readonly Fragment[] => {
  const { applicationId, subject, voucher } = transfer;
  const own = voucher ?? subject.split(":").at(-1) ?? subject;
  const reference =
    applicationId === null || !mayDo(desk, "see_cases")
      ? own
      : html`<a class="nowrap" href="${paths.desk("case", applicationId)}">${applicationId}</a>${
            voucher === undefined ? null : ` ${voucher}`
          }`;
  return [
    dateTime(transfer.at, desk.request.locale),
    say(desk, kindNames[transfer.kind]),
    reference,
    `${signs[transfer.kind]}${displayYuan(transfer.amountFen)}`,
    ...balanceCells(after),
  ];
};

const edgeRow = (desk: Desk, label: Text, balances: Balances): readonly Fragment[] => [
  html`<strong>${say(desk, label)}</strong>`,
  "",
  "",
  "",
  ...balanceCells(balances),
];

const rowsTable = (desk: Desk, ledger: LedgerMonth): Html => {
  const head = [
    words.at,
    words.kind,
    words.reference,
    figureHeading(words.amount),
    figureHeading(words.availableAfter),
    figureHeading(words.reservedAfter),
    figureHeading(words.paidAfter),
  ];
  const { page, start } = ledger;
  const isLast = ledger.page === ledger.pages;
  return cardTable(desk, head, [
    edgeRow(desk, page === 1 ? words.opening : words.carried, start),
    ...ledger.rows.map((row) => rowCells(desk, row)),
    ...(isLast ? [edgeRow(desk, words.closing, ledger.closing)] : []),
  ]);
};

const sumsTable = (desk: Desk, sums: ReadonlyMap<TransferKind, KindSum>): Html =>
  cardTable(
    desk,
    [words.kind, figureHeading(words.entries), figureHeading(words.amount)],
    [...sums].map(([kind, { count: number, sumFen }]) => [
      say(desk, kindNames[kind]),
      count(number),
      displayYuan(sumFen),
    ]),
    words.sums,
  );

const pageLinks = (desk: Desk, fund: Fund, month: string, ledger: LedgerMonth): Html | null =>
  ledger.pages < 2
    ? null
    : html`<nav class="page-links" aria-label="${say(desk, words.pages)}">
        ${say(desk, words.page)}
        ${Array.from({ length: ledger.pages }, (_page, index) => index + 1).map((number) =>
          number === ledger.page
            ? html` <strong aria-current="page">${number}</strong>`
            : html` <a href="${addressOf(fund, month, number)}">${number}</a>`,
        )}
      </nav>`;

const ledgerPart = async (desk: Desk, fund: Fund): Promise<Html> => {
  const month = monthAsked(desk);
  const ledger = await ledgerMonth(desk.uses, fund, month, pageAsked(desk));
  const { locale } = desk.request;
  const edges = html`<dl class="facts">
    ${factRow(
      `${say(desk, words.opening)} · ${say(desk, fundWords.available)}`,
      amount(ledger.opening.availableFen, locale),
    )}
    ${factRow(
      `${say(desk, words.closing)} · ${say(desk, fundWords.available)}`,
      html`<strong>${amount(ledger.closing.availableFen, locale)}</strong>${
          locale === "zh-CN"
            ? html`<br />${chineseCapitals(maxFen(zeroFen, ledger.closing.availableFen))}`
            : null
        }`,
    )}
  </dl>`;
  return html`<h2 id="ledger">${say(desk, fundWords.ledger)} ${month}</h2>
    ${monthPicker(desk, fund, month)}${edges}
    ${
      ledger.count === 0
        ? html`<p>${say(desk, words.none)}</p>`
        : html`<div class="compact">${sumsTable(desk, ledger.sums)} ${rowsTable(desk, ledger)}</div>
            ${pageLinks(desk, fund, month, ledger)}`
    }`;
};

/** What may be ordered of a fund. */
const actions = (desk: Desk, { id, open }: Fund): Html | null => {
  if (!mayDo(desk, "order_funds")) return null;
  const orders = paths.desk("funds", "orders", "new");
  const link = (label: Text, href: string): Html =>
    html`<a class="button second" href="${href}">${say(desk, label)}</a>`;
  return html`<h2>${say(desk, orderWords.acts)}</h2>
    <p class="actions unprinted">
      ${open ? link(orderWords.income, `${orders}?kind=income&fund=${id}`) : null}
      ${link(orderWords.formula, `${paths.desk("funds", "formula")}?fund=${id}`)}
      ${link(orderWords.allot, `${orders}?kind=allot&fund=${id}`)}
      ${link(orderWords.giveBack, `${orders}?kind=return&fund=${id}`)}
      ${link(orderWords.changeTerms, `${paths.desk("funds", "terms")}?fund=${id}`)}
    </p>`;
};

export const fundPage = async (desk: Desk, fund: Fund): Promise<PageResponse> => {
  const title = say(desk, fund.name);
  const { locale } = desk.request;
  const organisation = await desk.uses.directory.organisation();
  return deskPage(desk, {
    title,
    body: html`<h1>${title} ${fundTags(desk, fund)}</h1>
      ${await waitingPart(desk, fund.id)} ${balancesPart(desk, fund)}
      <dl class="facts">
        ${factRow(say(desk, fundWords.source), sourceWords(fund, locale))}
        ${factRow(say(desk, fundWords.office), say(desk, officeWords(fund, organisation)))}
        ${factRow(say(desk, fundWords.purpose), termsPart(desk, fund, organisation))}
        ${factRow(say(desk, accountWords.title), payingAccountFact(desk, fund))}
        ${factRow(say(desk, fundWords.opened), date(localDateOf(fund.openedAt), locale))}
      </dl>
      ${actions(desk, fund)} ${await ledgerPart(desk, fund)}`,
  });
};
