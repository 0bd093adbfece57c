/** One batch on one page: its figures, what is to be done with it, its payments and its history. */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { sumOfItems, unreadReturn } from "#shared/domain/disbursement.ts";
import { parseBatchId } from "#shared/kernel/ids.ts";
import { chineseCapitals } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskForm, deskPage, factRow, mayDo, say, type Desk } from "../frame.ts";
import { historyPart, itemsPart, remarksPart } from "./batch-parts.ts";
import { batchStatusMoods, batchStatusNames, itemStatusNames } from "./batch-words.ts";
import { closingPart } from "./batches/closing.ts";
import { exceptionsPart } from "./batches/exceptions.ts";
import { uploadPart, waitingUploads } from "./batches/uploads.ts";
import { scopeWords } from "./batches/scope.ts";
import { refusalPart } from "./batches/refusal-part.ts";
import { emptyView } from "./oversight/words-field.ts";
import { payingAccountLine } from "./paying-account/line.ts";
import type { FormView } from "./people/fields.ts";

const words = {
  batch: { zh: "发放批次", en: "Batch" },
  status: { zh: "状态", en: "State" },
  fund: { zh: "资金", en: "Fund" },
  payer: { zh: "付款账户", en: "Paying account" },
  count: { zh: "笔数", en: "Payments" },
  sum: { zh: "金额", en: "Sum" },
  maker: { zh: "经办", en: "Made by" },
  checker: { zh: "授权", en: "Authorised by" },
  reason: { zh: "作废原因", en: "Why it was voided" },
  hash: { zh: "银行文件校验值（SHA-256）", en: "SHA-256 of the bank file" },
  authorise: { zh: "授权发放", en: "Authorise" },
  authoriseLead: {
    zh: "请核对笔数和金额。授权后生成银行文件，批次内容不能再改。",
    en: "Check the count and the sum. The bank file is then written, and nothing in the batch can be changed.",
  },
  own: {
    zh: "这是您归集的批次，需由另一位财务人员授权。",
    en: "You made this batch; another person must authorise it.",
  },
  void: { zh: "作废批次", en: "Void the batch" },
  voidReason: { zh: "作废原因", en: "Why it is to be voided" },
  file: { zh: "下载银行文件", en: "Download the bank file" },
  reading: {
    zh: "正在读取回盘文件，请稍后刷新。",
    en: "A return is being read; reload in a moment.",
  },
  working: { zh: "系统正在处理，请稍后刷新。", en: "Work is under way; reload in a moment." },
  goOn: { zh: "继续处理", en: "Go on" },
  reload: { zh: "刷新", en: "Reload" },
  list: { zh: "打印发放清单", en: "Payment list to print" },
  scope: { zh: "范围", en: "Takes in" },
  lock: { zh: "明细校验值（SHA-256）", en: "SHA-256 of the payments" },
  receipt: { zh: "银行批次号", en: "The bank's batch number" },
} as const satisfies Record<string, Text>;

export const voidNeedsReason: Text = { zh: "请填写作废原因", en: "Say why it is voided" };

/** A form of the page that came back, with what was typed into it and what is wrong. */
export interface BatchView extends FormView {
  readonly form: "void" | "acceptance" | "answers" | "refusal";
}

/** What came of the payments, once the bank has them. */
const figures = (desk: Desk, batch: Batch, items: readonly BatchItem[]): Html | null =>
  batch.fileKey === null
    ? null
    : html`${(["ready", "paid", "failed", "returned", "voided"] as const).map((status) => {
        const those = items.filter((item) => item.status === status);
        return those.length === 0
          ? null
          : factRow(
              say(desk, itemStatusNames[status]),
              `${count(those.length)} · ${amount(sumOfItems(those), desk.request.locale)}`,
            );
      })}`;

const overview = async (
  desk: Desk,
  batch: Batch,
  items: readonly BatchItem[],
  names: ReadonlyMap<string, string>,
): Promise<Html> => {
  const { locale } = desk.request;
  const fund = await desk.uses.funds.get(batch.fundId);
  const scope = scopeWords(desk, await desk.uses.directory.organisation(), batch.scope);
  const capitals = locale === "zh-CN" ? html`<br />${chineseCapitals(batch.sumFen)}` : null;
  const nameOf = (id: string): string => names.get(id) ?? id;
  const status = html`<span class="tag ${batchStatusMoods[batch.status]}"
    >${say(desk, batchStatusNames[batch.status])}</span
  >`;
  return html`<dl class="facts">
    ${factRow(say(desk, words.status), status)}
    ${factRow(say(desk, words.fund), fund ? inLocale(fund.name, locale) : batch.fundId)}
    ${
      batch.payingAccount
        ? factRow(say(desk, words.payer), payingAccountLine(desk, batch.payingAccount))
        : null
    }
    ${scope ? factRow(say(desk, words.scope), scope) : null}
    ${factRow(say(desk, words.count), count(batch.count))}
    ${factRow(say(desk, words.sum), html`<strong>${amount(batch.sumFen, locale)}</strong>${capitals}`)}
    ${figures(desk, batch, items)} ${factRow(say(desk, words.maker), nameOf(batch.makerId))}
    ${batch.checkerId ? factRow(say(desk, words.checker), nameOf(batch.checkerId)) : null}
    ${batch.voidReason ? factRow(say(desk, words.reason), batch.voidReason) : null}
    ${batch.acceptance ? factRow(say(desk, words.receipt), batch.acceptance.number) : null}
    ${
      batch.itemsSha256
        ? factRow(say(desk, words.lock), html`<span class="code small">${batch.itemsSha256}</span>`)
        : null
    }
    ${
      batch.fileSha256
        ? factRow(say(desk, words.hash), html`<span class="code small">${batch.fileSha256}</span>`)
        : null
    }
  </dl>`;
};

/**
 * The second person's button carries the version that was shown, so that exactly that is
 * authorised.
 */
const authorisePart = async (desk: Desk, batch: Batch): Promise<Html | null> => {
  if (!mayDo(desk, "authorise")) return null;
  if (desk.session.staff.id === batch.makerId) {
    return html`<p class="notice wait">${say(desk, words.own)}</p>`;
  }
  const content = html`<p>${say(desk, words.authoriseLead)}</p>
    <input type="hidden" name="version" value="${batch.version}" />
    <p class="actions"><button>${say(desk, words.authorise)}</button></p>`;
  return deskForm(desk, paths.desk("batches", batch.id, "authorise"), content);
};

const voidPart = async (desk: Desk, batch: Batch, view: BatchView | null): Promise<Html | null> => {
  if (!mayDo(desk, "void")) return null;
  const wrong = view?.form === "void";
  const problem = wrong
    ? html`<span class="problem" id="reason-problem">${say(desk, voidNeedsReason)}</span>`
    : null;
  const state = wrong ? html`aria-invalid="true" aria-describedby="reason-problem"` : null;
  const content = html`<div class="${wrong ? "item wrong" : "item"}">
      <label for="reason">${say(desk, words.voidReason)}</label>
      ${problem}<input type="text" id="reason" name="reason" maxlength="200" ${state} />
    </div>
    <p class="actions"><button class="danger">${say(desk, words.void)}</button></p>`;
  return deskForm(desk, paths.desk("batches", batch.id, "void"), content);
};

const underWay = (desk: Desk, batch: Batch, text: Text): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("batches", batch.id, "continue"),
    html`<p class="notice wait">${say(desk, text)}</p>
      <p class="actions">
        <a class="button second" href="${paths.desk("batches", batch.id)}"
          >${say(desk, words.reload)}</a
        >
        ${
          mayDo(desk, "assemble")
            ? html`<button class="second">${say(desk, words.goOn)}</button>`
            : null
        }
      </p>`,
  );

/** The bank's file, and its returns. */
const returnsPart = async (desk: Desk, batch: Batch): Promise<Html | null> => {
  // A file that was refused as a whole is not to be sent once more.
  const file =
    mayDo(desk, "bank_file") && batch.status !== "voided"
      ? html`<p class="actions">
          <a class="button second" href="${paths.desk("batches", batch.id, "file")}"
            >${say(desk, words.file)}</a
          >
        </p>`
      : null;
  if (unreadReturn(batch) !== null) {
    return html`${file}${await underWay(desk, batch, words.reading)}`;
  }
  return mayDo(desk, "import_return")
    ? html`${file}${await waitingUploads(desk, batch)}${await uploadPart(desk, batch)}`
    : file;
};

/** What the reader may do with the batch as it stands. */
const actionsPart = async (
  desk: Desk,
  batch: Batch,
  view: BatchView | null,
): Promise<Html | null> => {
  switch (batch.status) {
    case "assembling":
    case "authorised":
    case "voiding":
      return underWay(desk, batch, words.working);
    case "awaiting_authorisation":
      return html`${await authorisePart(desk, batch)}${await voidPart(desk, batch, view)}`;
    case "voided":
      // A bank may say after all that it paid a file it had refused.
      return batch.fileKey === null ? null : returnsPart(desk, batch);
    case "sent":
    case "closed":
      return returnsPart(desk, batch);
  }
};

export const batchPage = async (
  desk: Desk,
  batch: Batch,
  view: BatchView | null = null,
): Promise<PageResponse> => {
  const { batches, directory } = desk.uses;
  const [items, exceptions, remarks, { staff }] = await Promise.all([
    batches.items(batch.id),
    batches.exceptions(batch.id),
    batches.remarks(batch.id),
    directory.organisation(),
  ]);
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  const title = `${say(desk, words.batch)} ${batch.id}`;
  const summary = view?.problem
    ? [{ href: `#${view.problem.field}`, words: say(desk, view.problem.says) }]
    : [];
  const typedInto = (form: BatchView["form"]): FormView | null =>
    view?.form === form ? view : null;
  return deskPage(desk, {
    title,
    status: view ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${await overview(desk, batch, items, names)}
      ${
        items.length === 0
          ? null
          : html`<p>
              <a href="${paths.desk("batches", batch.id, "list")}">${say(desk, words.list)}</a>
            </p>`
      }
      ${await actionsPart(desk, batch, view)}
      ${await refusalPart(desk, { batch, items, names }, typedInto("refusal"))}
      ${await closingPart(desk, { batch, items, exceptions }, typedInto("acceptance"))}
      ${await exceptionsPart(desk, { batch, exceptions, names }, typedInto("answers") ?? emptyView)}${remarksPart(desk, items, remarks)}${await itemsPart(desk, batch, items)}
      ${historyPart(desk, batch, names)}`,
  });
};

export const showBatch = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const id = parseBatchId(typed);
  const batch = id && (await desk.uses.batches.get(id));
  return batch ? batchPage(desk, batch) : notFoundPage(desk.request.locale);
};
