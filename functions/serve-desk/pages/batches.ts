/** The list of batches: what waits for somebody first, with its sum, then what is done. */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { addFen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskPage, figureHeading, mayDo, say, type Desk } from "../frame.ts";
import { batchStatusMoods, batchStatusNames } from "./batch-words.ts";

const listMax = 50;

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
  batches: { zh: "个批次", en: "batches" },
  payments: { zh: "笔", en: "payments" },
  cards: { zh: "核对更正后的收款信息", en: "Mended card details to check" },
  holds: { zh: "暂停发放", en: "Payments on hold" },
} as const satisfies Record<string, Text>;

const batchCells = (
  desk: Desk,
  batch: Batch,
  fundNames: ReadonlyMap<FundId, Text>,
): readonly Fragment[] => {
  const { locale } = desk.request;
  const fund = fundNames.get(batch.fundId);
  return [
    html`<a class="nowrap" href="${paths.desk("batches", batch.id)}">${batch.id}</a>`,
    html`<span class="tag ${batchStatusMoods[batch.status]}"
      >${say(desk, batchStatusNames[batch.status])}</span
    >`,
    fund ? inLocale(fund, locale) : batch.fundId,
    count(batch.count),
    amount(batch.sumFen, locale),
    batch.exceptions > batch.exceptionsAnswered
      ? html`<span class="tag wrong">${count(batch.exceptions - batch.exceptionsAnswered)}</span>`
      : "",
    dateTime(batch.createdAt, locale),
  ];
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
        : html`<div class="compact">
            ${cardTable(
              desk,
              head,
              batches.map((batch) => batchCells(desk, batch, fundNames)),
            )}
          </div>`
    }`;
};

const shownTotals = ["awaiting_authorisation", "sent"] as const;

/** What waits for a second person, and what the bank has: how much money that is, before any list. */
const totalsPart = (desk: Desk, open: readonly Batch[]): Html | null =>
  open.length === 0
    ? null
    : html`<dl class="headline">
        ${shownTotals.map((status) => {
          const those = open.filter((batch) => batch.status === status);
          const payments = those.reduce((sum, batch) => sum + batch.count, 0);
          return html`<div>
            <dt>${say(desk, batchStatusNames[status])}</dt>
            <dd class="big">
              ${amount(addFen(...those.map(({ sumFen }) => sumFen)), desk.request.locale)}
            </dd>
            <dd class="soft">
              ${count(those.length)} ${say(desk, words.batches)} · ${count(payments)}
              ${say(desk, words.payments)}
            </dd>
          </div>`;
        })}
      </dl>`;

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
  const more = html`<p>
    <a href="${paths.desk("batches", "cards")}">${say(desk, words.cards)}</a> ·
    <a href="${paths.desk("batches", "holds")}">${say(desk, words.holds)}</a>
  </p>`;
  return deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${totalsPart(desk, open)}${make}${more}${listPart(desk, words.open, open, fundNames)}
      ${listPart(desk, words.done, done, fundNames)}`,
  });
};
