/**
 * Parts of a batch's page: its payments, the lines of returns that moved nothing, and what happened
 * to it.
 */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { failureTitles } from "#shared/domain/disbursement.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { isFlag, remarkTitles, type PaymentRemark } from "#shared/domain/payment-check.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { ListedException } from "#shared/ports/batch-store.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, figureHeading, say, type Desk } from "../frame.ts";
import {
  batchEventNames,
  exceptionNames,
  itemStatusMoods,
  itemStatusNames,
} from "./batch-words.ts";

const itemsPerPage = 50;
const readsAtOnce = 16;
const exceptionsMax = 500;
const remarksMax = 200;

const words = {
  items: { zh: "发放明细", en: "Payments" },
  case: { zh: "受理编号", en: "Case" },
  payee: { zh: "收款人", en: "Payee" },
  card: { zh: "银行卡", en: "Card" },
  amount: { zh: "金额", en: "Amount" },
  status: { zh: "状态", en: "State" },
  page: { zh: "页", en: "Page" },
  pages: { zh: "发放明细分页", en: "Pages of the payments" },
  exceptions: { zh: "没有入账、需要核对的回盘行", en: "Lines of returns that moved nothing" },
  line: { zh: "行", en: "Line" },
  file: { zh: "回盘文件", en: "Return" },
  whole: { zh: "整个文件", en: "the whole file" },
  says: { zh: "情况", en: "What is odd" },
  remarks: { zh: "发放前复核", en: "Checked again before payment" },
  leftOut: { zh: "未列入", en: "Left out" },
  flagged: { zh: "请核对", en: "Look at it" },
  firstRemarks: {
    zh: `只列出前 ${remarksMax} 件。`,
    en: `Only the first ${remarksMax} are listed.`,
  },
  history: { zh: "办理过程", en: "What happened" },
  system: { zh: "系统", en: "System" },
} as const satisfies Record<string, Text>;

const itemCells = async (
  desk: Desk,
  batch: Batch,
  item: BatchItem,
): Promise<readonly Fragment[]> => {
  const application = await desk.uses.cases.get(item.applicationId);
  const payee = application && (await desk.uses.batches.payee(item, application.salt));
  const reason = item.failureCode ? say(desk, failureTitles[item.failureCode]) : null;
  const status = html`<span class="tag nowrap ${itemStatusMoods[item.status]}"
    >${say(desk, itemStatusNames[item.status])}</span
  >`;
  return [
    html`<a class="nowrap" href="${paths.desk("case", item.applicationId)}"
      >${item.applicationId}</a
    >`,
    payee ? maskedName(payee.name) : "",
    payee ? maskedCard(payee.cardNumber) : "",
    amount(item.amountFen, desk.request.locale),
    batch.fileKey === null && item.status === "ready" ? "" : html`${status} ${reason}`,
  ];
};

const pageLinks = (desk: Desk, batch: Batch, shown: number, pages: number): Html | null => {
  if (pages < 2) return null;
  const links = Array.from({ length: pages }, (_page, index) => {
    const number = index + 1;
    const href = `${paths.desk("batches", batch.id)}?page=${number}`;
    return number === shown
      ? html` <strong aria-current="page">${number}</strong>`
      : html` <a href="${href}">${number}</a>`;
  });
  return html`<nav class="page-links" aria-label="${say(desk, words.pages)}">
    ${say(desk, words.page)}${links}
  </nav>`;
};

/** A page of the payments, with the payees masked. */
export const itemsPart = async (
  desk: Desk,
  batch: Batch,
  items: readonly BatchItem[],
): Promise<Html | null> => {
  if (items.length === 0) return null;
  const pages = Math.ceil(items.length / itemsPerPage);
  const asked = Number(desk.request.query["page"] ?? "1");
  const shown = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
  const onPage = items.slice((shown - 1) * itemsPerPage, shown * itemsPerPage);
  const rows = await inParallel(onPage, readsAtOnce, (item) => itemCells(desk, batch, item));
  const head = [words.case, words.payee, words.card, figureHeading(words.amount), words.status];
  return html`<h2>${say(desk, words.items)}</h2>
    <div class="compact">${cardTable(desk, head, rows)}</div>
    ${pageLinks(desk, batch, shown, pages)}`;
};

/** Cases that were left out of the batch, and payments in it that the second person should look at. */
export const remarksPart = (
  desk: Desk,
  items: readonly BatchItem[],
  remarks: readonly PaymentRemark[],
): Html | null => {
  const inBatch = new Set(items.map(({ applicationId }) => applicationId));
  // Left out by a run that was cut off, and put in by the next: the payment is in, the remark is past.
  const shown = remarks.filter(({ applicationId, code }) =>
    isFlag(code) ? inBatch.has(applicationId) : !inBatch.has(applicationId),
  );
  if (shown.length === 0) return null;
  const rows = shown
    .slice(0, remarksMax)
    .map(({ applicationId, code }) => [
      html`<a class="nowrap" href="${paths.desk("case", applicationId)}">${applicationId}</a>`,
      html`<span class="tag nowrap ${isFlag(code) ? "wait" : "wrong"}"
        >${say(desk, isFlag(code) ? words.flagged : words.leftOut)}</span
      >`,
      say(desk, remarkTitles[code]),
    ]);
  return html`<h2>${say(desk, words.remarks)} (${count(shown.length)})</h2>
    ${cardTable(desk, [words.case, words.status, words.says], rows)}
    ${shown.length > remarksMax ? html`<p class="soft">${say(desk, words.firstRemarks)}</p>` : null}`;
};

/** What may mean a double payment comes first. */
const byWeight = (a: ListedException, b: ListedException): number =>
  Number(b.code === "contradicts_settlement") - Number(a.code === "contradicts_settlement");

export const exceptionsPart = (
  desk: Desk,
  batch: Batch,
  exceptions: readonly ListedException[],
): Html | null => {
  if (exceptions.length === 0) return null;
  const rows = exceptions
    .toSorted(byWeight)
    .slice(0, exceptionsMax)
    .map(({ returnKey, line, code, reference }) => [
      reference,
      say(desk, exceptionNames[code]),
      String(batch.returnKeys.indexOf(returnKey) + 1),
      line === 0 ? say(desk, words.whole) : String(line),
    ]);
  const head = [words.case, words.says, figureHeading(words.file), figureHeading(words.line)];
  return html`<h2>${say(desk, words.exceptions)} (${count(exceptions.length)})</h2>
    ${cardTable(desk, head, rows)}`;
};

export const historyPart = (desk: Desk, batch: Batch, names: ReadonlyMap<string, string>): Html =>
  html`<h2>${say(desk, words.history)}</h2>
    <ol class="timeline">
      ${batch.history.map(
        ({ type, at, by }) =>
          html`<li>
            <time datetime="${at}">${dateTime(at, desk.request.locale)}</time>
            ${say(desk, batchEventNames[type])} ·
            ${by === null ? say(desk, words.system) : (names.get(by) ?? by)}
          </li> `,
      )}
    </ol>`;
