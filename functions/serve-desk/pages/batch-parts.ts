/**
 * Parts of a batch's page: its payments, the lines of returns that moved nothing, and what happened
 * to it.
 */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { failureTitles } from "#shared/domain/failure-code.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { isFlag, remarkTitles, type PaymentRemark } from "#shared/domain/payment-check.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Text } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, figureHeading, say, type Desk } from "../frame.ts";
import { batchEventNames, itemStatusMoods, itemStatusNames } from "./batch-words.ts";

const itemsPerPage = 50;
const readsAtOnce = 16;
const remarksMax = 200;

const words = {
  items: { zh: "发放明细", en: "Payments" },
  case: { zh: "受理编号", en: "Case" },
  payee: { zh: "收款人", en: "Payee" },
  card: { zh: "银行卡", en: "Card" },
  amount: { zh: "金额", en: "Amount" },
  status: { zh: "状态", en: "State" },
  all: { zh: "全部", en: "All" },
  filter: { zh: "按结果筛选", en: "By result" },
  page: { zh: "页", en: "Page" },
  pages: { zh: "发放明细分页", en: "Pages of the payments" },
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
    batch.fileKey === null && item.status === "ready"
      ? ""
      : html`<a href="${paths.desk("batches", batch.id, "items", item.reference)}"
            >${status}<span class="unseen"> ${item.reference}</span></a
          >
          ${reason}`,
  ];
};

/** What the list may be narrowed to. */
const filters = ["all", "ready", "failed", "paid", "returned", "voided"] as const;
type Filter = (typeof filters)[number];

const filterOf = ({ request }: Desk): Filter =>
  filters.find((name) => name === request.query["show"]) ?? "all";

const shownBy = (items: readonly BatchItem[], filter: Filter): readonly BatchItem[] =>
  filter === "all" ? items : items.filter(({ status }) => status === filter);

/** Only what there is can be chosen, and nothing where all payments stand alike. */
const filterLinks = (
  desk: Desk,
  batch: Batch,
  items: readonly BatchItem[],
  shown: Filter,
): Html | null => {
  const offered = filters.filter((name) => name === "all" || shownBy(items, name).length > 0);
  if (offered.length < 3) return null;
  const links = offered.map((name) => {
    const title = say(desk, name === "all" ? words.all : itemStatusNames[name]);
    const label = `${title} ${count(shownBy(items, name).length)}`;
    const href = `${paths.desk("batches", batch.id)}${name === "all" ? "" : `?show=${name}`}`;
    return name === shown
      ? html` <strong aria-current="page">${label}</strong>`
      : html` <a href="${href}">${label}</a>`;
  });
  return html`<nav class="page-links" aria-label="${say(desk, words.filter)}">${links}</nav>`;
};

const pageLinks = (
  desk: Desk,
  batch: Batch,
  filter: Filter,
  shown: number,
  pages: number,
): Html | null => {
  if (pages < 2) return null;
  const narrowed = filter === "all" ? "" : `&show=${filter}`;
  const links = Array.from({ length: pages }, (_page, index) => {
    const number = index + 1;
    const href = `${paths.desk("batches", batch.id)}?page=${number}${narrowed}`;
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
  all: readonly BatchItem[],
): Promise<Html | null> => {
  if (all.length === 0) return null;
  const filter = filterOf(desk);
  const items = shownBy(all, filter);
  const pages = Math.max(1, Math.ceil(items.length / itemsPerPage));
  const asked = Number(desk.request.query["page"] ?? "1");
  const shown = Number.isInteger(asked) && asked >= 1 && asked <= pages ? asked : 1;
  const onPage = items.slice((shown - 1) * itemsPerPage, shown * itemsPerPage);
  const rows = await inParallel(onPage, readsAtOnce, (item) => itemCells(desk, batch, item));
  const head = [words.case, words.payee, words.card, figureHeading(words.amount), words.status];
  return html`<h2>${say(desk, words.items)}</h2>
    ${filterLinks(desk, batch, all, filter)}
    <div class="compact">${cardTable(desk, head, rows)}</div>
    ${pageLinks(desk, batch, filter, shown, pages)}`;
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
