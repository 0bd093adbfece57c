/** What a batch needs to be closed: four figures side by side, what is still open, and the bank's receipt (受理回执). */
import {
  batchFigures,
  isSameFigure,
  openPointTitles,
  openPoints,
  wasPaid,
  type BatchFigures,
  type Figure,
} from "#shared/domain/batch-closing.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { ListedException } from "#shared/ports/batch-store.ts";
import { amount } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskForm, figureHeading, mayDo, say, type Desk } from "../../frame.ts";
import { textField, type FormView } from "../people/fields.ts";

const words = {
  title: { zh: "核对结清", en: "What has to agree" },
  what: { zh: "口径", en: "By" },
  count: { zh: "笔数", en: "Payments" },
  sum: { zh: "金额", en: "Sum" },
  agrees: { zh: "与批次", en: "As the batch" },
  batch: { zh: "批次（授权时锁定）", en: "The batch, as authorised" },
  acceptance: { zh: "银行受理回执", en: "The bank's receipt" },
  items: { zh: "逐笔结果", en: "Payments with a result" },
  ledger: { zh: "账上：已付加退回", en: "The ledger: paid, and refused" },
  missing: { zh: "未登记", en: "not entered" },
  same: { zh: "✓ 一致", en: "✓ the same" },
  differs: { zh: "✗ 不符", en: "✗ differs" },
  open: { zh: "还不能结清：", en: "Not to be closed yet:" },
  receiptTitle: { zh: "登记银行受理回执", en: "Enter the bank's receipt" },
  receiptAgain: { zh: "重新登记受理回执", en: "Enter the receipt again" },
  number: { zh: "银行批次号", en: "The bank's batch number" },
  receiptCount: { zh: "受理笔数", en: "Payments it took in" },
  receiptSum: { zh: "受理金额（元）", en: "Sum it took in (yuan)" },
  enter: { zh: "登记", en: "Enter" },
  countHint: { zh: "只填数字", en: "Digits only" },
} as const satisfies Record<string, Text>;

const cells = (desk: Desk, label: Text, figure: Figure | null, figures: BatchFigures) => [
  say(desk, label),
  figure === null ? say(desk, words.missing) : count(figure.count),
  figure === null ? "" : amount(figure.sumFen, desk.request.locale),
  isSameFigure(figure, figures.batch)
    ? html`<span class="tag good nowrap">${say(desk, words.same)}</span>`
    : html`<span class="tag wait nowrap">${say(desk, words.differs)}</span>`,
];

const receiptForm = async (desk: Desk, batch: Batch, view: FormView): Promise<Html> => {
  const form = await deskForm(
    desk,
    paths.desk("batches", batch.id, "acceptance"),
    html`${textField(desk, view, "number", { label: words.number, maxLength: 40 })}
      ${textField(desk, view, "count", { label: words.receiptCount, hint: words.countHint, maxLength: 6 })}
      ${textField(desk, view, "sum", { label: words.receiptSum, maxLength: 16 })}
      <p class="actions"><button class="second">${say(desk, words.enter)}</button></p>`,
  );
  if (batch.acceptance === null) {
    return html`<h3>${say(desk, words.receiptTitle)}</h3>
      ${form}`;
  }
  return html`<details ${view.problem ? html`open` : null}>
    <summary>${say(desk, words.receiptAgain)}</summary>
    ${form}
  </details>`;
};

/** What was entered before, to be looked at rather than typed anew. */
const viewOf = ({ acceptance }: Batch): FormView => ({
  values:
    acceptance === null
      ? {}
      : {
          number: acceptance.number,
          count: String(acceptance.count),
          sum: plainYuan(acceptance.sumFen),
        },
  problem: null,
});

/** Nothing before the bank has the file. */
export const closingPart = async (
  desk: Desk,
  shown: {
    readonly batch: Batch;
    readonly items: readonly BatchItem[];
    readonly exceptions: readonly ListedException[];
  },
  typed: FormView | null,
): Promise<Html | null> => {
  const { batch, items, exceptions } = shown;
  if (batch.status !== "sent" && batch.status !== "closed") return null;
  const postedFen = await desk.uses.batches.postedFen(items.filter(wasPaid));
  const figures = batchFigures(batch, items, postedFen);
  const exceptionsOpen = exceptions.filter(({ answer }) => answer === null).length;
  const open = openPoints(batch, items, { postedFen, exceptionsOpen });
  const head = [words.what, figureHeading(words.count), figureHeading(words.sum), words.agrees];
  const rows = (["batch", "acceptance", "items", "ledger"] as const).map((name) =>
    cells(desk, words[name], figures[name], figures),
  );
  return html`<h2>${say(desk, words.title)}</h2>
    ${cardTable(desk, head, rows)}
    ${
      open.length === 0 || batch.status === "closed"
        ? null
        : html`<div class="notice wait">
            <p>${say(desk, words.open)}</p>
            <ul>
              ${open.map((point) => html`<li>${say(desk, openPointTitles[point])}</li>`)}
            </ul>
          </div>`
    }
    ${
      batch.status === "sent" && mayDo(desk, "import_return")
        ? await receiptForm(desk, batch, typed ?? viewOf(batch))
        : null
    }`;
};
