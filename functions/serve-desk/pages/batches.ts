/** The list of batches, and making a new one out of a fund's payable cases. */
import { startBatch } from "#shared/casework/signal-batch.ts";
import { payableFen } from "#shared/domain/application.ts";
import { batchItemsMax, newBatch, type Batch } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import { newBatchId, type FundId } from "#shared/kernel/ids.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  count,
  deskForm,
  deskPage,
  figureHeading,
  mayDo,
  say,
  table,
  type Desk,
} from "../frame.ts";
import { loadFund } from "../load-fund.ts";
import { batchStatusMoods, batchStatusNames } from "./batch-words.ts";

const listMax = 50;
const pageSize = 250;

const words = {
  title: { zh: "发放批次", en: "Batches" },
  new: { zh: "归集发放批次", en: "Make a batch" },
  open: { zh: "办理中", en: "Open" },
  done: { zh: "已办结", en: "Done" },
  none: { zh: "目前没有。", en: "None at present." },
  batch: { zh: "批次", en: "Batch" },
  fund: { zh: "资金", en: "Fund" },
  status: { zh: "状态", en: "State" },
  count: { zh: "笔数", en: "Payments" },
  sum: { zh: "金额", en: "Sum" },
  made: { zh: "归集时间", en: "Made" },
  exceptions: { zh: "异常行", en: "Odd lines" },
  lead: {
    zh: `一个批次只用一项资金，最多 ${count(batchItemsMax)} 笔。归集后金额锁定，由另一位财务人员授权后才生成银行文件。`,
    en: `A batch pays out of one fund, at most ${count(batchItemsMax)} payments. Its sum is then fixed, and another person authorises it before the bank file is written.`,
  },
  payable: { zh: "待发放", en: "To be paid" },
  due: { zh: "最早到账期限", en: "First due by" },
  overdue: { zh: "已超期", en: "overdue" },
  checked: {
    zh: "归集时逐件复核：还没到发放开始日、申领登记不符、在限制期内、超年度限额或卡号不符的不列入，原因写在批次页上，其他人照常发放。",
    en: "Each case is checked again: one before its days of delivery, without its claim, barred, above the year's limits or with a wrong card number is left out, the batch's page says why, and nobody else is held up.",
  },
  assemble: { zh: "归集", en: "Assemble" },
} as const satisfies Record<string, Text>;

const batchRow = (desk: Desk, batch: Batch, fundNames: ReadonlyMap<FundId, Text>): Html => {
  const { locale } = desk.request;
  const fund = fundNames.get(batch.fundId);
  return html`<tr>
    <td class="nowrap"><a href="${paths.desk("batches", batch.id)}">${batch.id}</a></td>
    <td>
      <span class="tag nowrap ${batchStatusMoods[batch.status]}"
        >${say(desk, batchStatusNames[batch.status])}</span
      >
    </td>
    <td>${fund ? inLocale(fund, locale) : batch.fundId}</td>
    <td class="figure">${count(batch.count)}</td>
    <td class="figure">${amount(batch.sumFen, locale)}</td>
    <td class="figure">
      ${
        batch.exceptions > 0
          ? html`<span class="tag wrong">${count(batch.exceptions)}</span>`
          : null
      }
    </td>
    <td>${dateTime(batch.createdAt, locale)}</td>
  </tr>`;
};

const listPart = (
  desk: Desk,
  title: Text,
  batches: readonly Batch[],
  fundNames: ReadonlyMap<FundId, Text>,
): Html => {
  const head = [
    words.batch,
    words.status,
    words.fund,
    figureHeading(words.count),
    figureHeading(words.sum),
    figureHeading(words.exceptions),
    words.made,
  ];
  return html`<h2>${say(desk, title)}</h2>
    ${
      batches.length === 0
        ? html`<p>${say(desk, words.none)}</p>`
        : table(
            desk,
            head,
            batches.map((batch) => batchRow(desk, batch, fundNames)),
          )
    }`;
};

export const showBatches = async (desk: Desk): Promise<PageResponse> => {
  const [open, done, funds] = await Promise.all([
    desk.uses.batches.list("open", listMax),
    desk.uses.batches.list("done", listMax),
    desk.uses.funds.all(),
  ]);
  const fundNames = new Map(funds.map(({ id, name }) => [id, name]));
  const make = mayDo(desk, "assemble")
    ? html`<p class="actions">
        <a class="button" href="${paths.desk("batches", "new")}">${say(desk, words.new)}</a>
      </p>`
    : null;
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${make}${listPart(desk, words.open, open, fundNames)}
      ${listPart(desk, words.done, done, fundNames)}`,
  });
};

interface Payable {
  readonly count: number;
  readonly sumFen: Fen;
  /** The earliest day by which one of them must have reached its card. */
  readonly dueAt: Instant | null;
}

const earliest = (deadlines: readonly (Instant | null)[]): Instant | null =>
  deadlines.filter((at) => at !== null).toSorted()[0] ?? null;

/** What a batch of this fund would hold now, as far as the queue knows. */
const payableOf = async ({ uses }: Desk, { id }: Fund): Promise<Payable> => {
  let payable: Payable = { count: 0, sumFen: addFen(), dueAt: null };
  let after: string | undefined;
  do {
    const page = await uses.cases.queue({ kind: "payable", fundId: id }, pageSize, after);
    const taken = page.rows.slice(0, batchItemsMax - payable.count);
    payable = {
      count: payable.count + taken.length,
      sumFen: addFen(payable.sumFen, ...taken.map(payableFen)),
      dueAt: earliest([payable.dueAt, ...taken.map(({ deadlineAt }) => deadlineAt)]),
    };
    after = page.next ?? undefined;
  } while (after !== undefined && payable.count < batchItemsMax);
  return payable;
};

const assembleForm = (desk: Desk, fund: Fund): Promise<Html> => {
  // Drawn with the page: sending the same form twice names the same batch, so there is one.
  const nonce = Buffer.from(desk.uses.random(16)).toString("base64url");
  return deskForm(
    desk,
    paths.desk("batches", "new"),
    html`<input type="hidden" name="fund" value="${fund.id}" />
      <input type="hidden" name="nonce" value="${nonce}" />
      <button>${say(desk, words.assemble)}</button>`,
  );
};

const dueWords = (desk: Desk, { dueAt }: Payable): Html | null => {
  if (dueAt === null) return null;
  const overdue = dueAt <= desk.uses.clock.now();
  return html`${lastDayBefore(dueAt, desk.request.locale)}
  ${overdue ? html`<span class="tag wrong">${say(desk, words.overdue)}</span>` : null}`;
};

const payableRow = async (desk: Desk, fund: Fund): Promise<Html> => {
  const payable = await payableOf(desk, fund);
  return html`<tr>
    <td>${inLocale(fund.name, desk.request.locale)}</td>
    <td class="figure">${count(payable.count)}</td>
    <td class="figure">${amount(payable.sumFen, desk.request.locale)}</td>
    <td class="nowrap">${dueWords(desk, payable)}</td>
    <td>${payable.count === 0 ? null : await assembleForm(desk, fund)}</td>
  </tr>`;
};

const payableHead = [
  words.fund,
  figureHeading(words.count),
  figureHeading(words.sum),
  words.due,
  words.assemble,
];

export const showNewBatch = async (desk: Desk): Promise<PageResponse> => {
  const funds = await desk.uses.funds.all();
  const rows = await Promise.all(funds.map((fund) => payableRow(desk, fund)));
  return deskPage(desk, {
    title: say(desk, words.new),
    body: html`<h1>${say(desk, words.new)}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <p>${say(desk, words.checked)}</p>
      ${table(desk, payableHead, rows, words.payable)}`,
  });
};

/** Makes the batch and starts its execution, which fills it. */
export const createBatch = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const fund = await loadFund(desk, request.form["fund"] ?? "");
  const nonce = request.form["nonce"] ?? "";
  if (!fund || !/^[\w-]{22}$/u.test(nonce)) return notFoundPage(request.locale);
  const at = uses.clock.now();
  const signed = await uses.vault.sign("batch-id", `${session.tokenHash}|${nonce}`);
  const batch = newBatch(newBatchId(localDateOf(at), Buffer.from(signed, "base64url")), {
    fundId: fund.id,
    makerId: session.staff.id,
    at,
  });
  // Not created: the same form was sent before, and its batch is there.
  if (await uses.batches.create(batch)) await startBatch(uses, batch);
  return redirect(paths.desk("batches", batch.id));
};
