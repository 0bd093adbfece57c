/** Funds with their balances, one fund's ledger by month, and money coming in. */
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import { fundTitles, type Fund } from "#shared/domain/fund.ts";
import { grantTransfer, type Transfer, type TransferKind } from "#shared/domain/ledger.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { addFen, parseYuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  count,
  deskMessage,
  deskPage,
  figureHeading,
  mayDo,
  say,
  table,
  type Desk,
} from "../frame.ts";
import { loadFund } from "../load-fund.ts";
import { grantForm, type GrantProblems } from "./grant-form.ts";

const rowsMax = 500;

const words = {
  title: { zh: "资金", en: "Funds" },
  fund: { zh: "资金名称", en: "Fund" },
  granted: { zh: "拨入", en: "Granted" },
  available: { zh: "可用", en: "Available" },
  reserved: { zh: "已预留", en: "Reserved" },
  paid: { zh: "已发放", en: "Paid" },
  closed: { zh: "已停用", en: "Closed" },
  fault: { zh: "账目不平，请立即核对", en: "The balances don't add up: check at once" },
  ledger: { zh: "账目", en: "Ledger" },
  month: { zh: "月份", en: "Month" },
  show: { zh: "查看", en: "Show" },
  at: { zh: "时间", en: "Time" },
  kind: { zh: "种类", en: "Kind" },
  amount: { zh: "金额", en: "Amount" },
  reference: { zh: "凭证", en: "Voucher" },
  total: { zh: "本月合计", en: "Sums of the month" },
  none: { zh: "这个月没有账目。", en: "Nothing was booked in this month." },
  first: { zh: `只列出前 ${rowsMax} 笔。`, en: `Only the first ${rowsMax} are listed.` },
} as const satisfies Record<string, Text>;

const kindNames: Readonly<Record<TransferKind, Text>> = {
  grant: { zh: "拨入", en: "Money in" },
  reserve: { zh: "预留", en: "Set aside" },
  release: { zh: "释放预留", en: "Released" },
  post: { zh: "发放", en: "Paid" },
  refund: { zh: "退回", en: "Paid back" },
};

const balanceCells = (desk: Desk, fund: Fund): Html => {
  const { locale } = desk.request;
  const cell = (balanceFen: Fen): Html =>
    html`<td class="figure">${amount(balanceFen, locale)}</td>`;
  return html`${cell(fund.grantedFen)}${cell(fund.availableFen)}${cell(fund.reservedFen)}${cell(
    fund.paidFen,
  )}`;
};

const fundRow = (desk: Desk, fund: Fund): Html =>
  html`<tr>
    <td>
      <a href="${paths.desk("funds", fund.id)}">${inLocale(fund.name, desk.request.locale)}</a>
      <span class="soft small">${say(desk, fundTitles[fund.code])}</span>
      ${fund.open ? null : html`<span class="tag">${say(desk, words.closed)}</span>`}
      ${fundFault(fund) === null ? null : html`<span class="tag wrong">${say(desk, words.fault)}</span>`}
    </td>
    ${balanceCells(desk, fund)}
  </tr>`;

const balanceHead = [
  words.fund,
  figureHeading(words.granted),
  figureHeading(words.available),
  figureHeading(words.reserved),
  figureHeading(words.paid),
];

export const showFunds = async (desk: Desk): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const rows = funds.map((fund) => fundRow(desk, fund));
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${table(desk, balanceHead, rows)}`,
  });
};

interface MonthOfLedger {
  readonly rows: readonly Transfer[];
  readonly sums: ReadonlyMap<TransferKind, { readonly count: number; readonly sumFen: Fen }>;
  readonly more: boolean;
}

const loadMonth = async (desk: Desk, id: FundId, month: string): Promise<MonthOfLedger> => {
  const rows: Transfer[] = [];
  const sums = new Map<TransferKind, { count: number; sumFen: Fen }>();
  let booked = 0;
  for await (const transfer of desk.uses.funds.transfers(id, month, month)) {
    const sum = sums.get(transfer.kind) ?? { count: 0, sumFen: zeroFen };
    sums.set(transfer.kind, {
      count: sum.count + 1,
      sumFen: addFen(sum.sumFen, transfer.amountFen),
    });
    booked += 1;
    if (rows.length < rowsMax) rows.push(transfer);
  }
  return { rows, sums, more: booked > rowsMax };
};

const transferRow = (desk: Desk, transfer: Transfer): Html => {
  const { applicationId, subject } = transfer;
  const reference =
    applicationId && mayDo(desk, "see_cases")
      ? html`<a href="${paths.desk("case", applicationId)}">${applicationId}</a>`
      : subject;
  return html`<tr>
    <td>${dateTime(transfer.at, desk.request.locale)}</td>
    <td>${say(desk, kindNames[transfer.kind])}</td>
    <td>${reference}</td>
    <td class="figure">${amount(transfer.amountFen, desk.request.locale)}</td>
  </tr>`;
};

const ledgerHead = [words.at, words.kind, words.reference, figureHeading(words.amount)];

const ledgerPart = async (desk: Desk, fund: Fund): Promise<Html> => {
  const typed = desk.request.query["month"] ?? "";
  const month = /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(typed)
    ? typed
    : desk.uses.clock.now().slice(0, 7);
  const { rows, sums, more } = await loadMonth(desk, fund.id, month);
  return html`<h2>${say(desk, words.ledger)}</h2>
    <form method="get" action="${paths.desk("funds", fund.id)}">
      <div class="item">
        <label for="month">${say(desk, words.month)}</label>
        <input class="short" type="text" id="month" name="month" value="${month}" maxlength="7" />
      </div>
      <p class="actions"><button class="second">${say(desk, words.show)}</button></p>
    </form>
    ${
      rows.length === 0
        ? html`<p>${say(desk, words.none)}</p>`
        : html`<p>
              ${say(desk, words.total)}：${[...sums].map(
                ([kind, { count: number, sumFen }]) =>
                  html`${say(desk, kindNames[kind])} ${count(number)} ·
                  ${amount(sumFen, desk.request.locale)} `,
              )}
            </p>
            ${table(
              desk,
              ledgerHead,
              rows.map((row) => transferRow(desk, row)),
            )}`
    }
    ${more ? html`<p class="soft">${say(desk, words.first)}</p>` : null}`;
};

const fundPage = async (desk: Desk, fund: Fund, problems: GrantProblems): Promise<PageResponse> => {
  const title = inLocale(fund.name, desk.request.locale);
  return deskPage(desk, {
    title,
    status: Object.keys(problems).length > 0 ? 422 : 200,
    body: html`<h1>${title}</h1>
      ${table(desk, balanceHead, [fundRow(desk, fund)])}
      ${mayDo(desk, "grant") && fund.open ? await grantForm(desk, fund, problems) : null}
      ${await ledgerPart(desk, fund)}`,
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
