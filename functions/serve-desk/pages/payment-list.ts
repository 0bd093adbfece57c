/**
 * 发放清单: a batch on paper, with its control total in figures and in words and places to sign (policy 6). Whole names
 * and account numbers stand on it for whoever may have the bank file or the files of cases; others see them masked.
 */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { itemReference, sumOfItems } from "#shared/domain/disbursement.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { parseBatchId } from "#shared/kernel/ids.ts";
import { chineseCapitals, displayYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { count, deskPage, mayDo, say, type Desk } from "../frame.ts";
import { noteAccess } from "../note-access.ts";
import { batchStatusNames, itemStatusNames } from "./batch-words.ts";

const readsAtOnce = 16;

const words = {
  title: { zh: "救助资金发放清单", en: "Payment list" },
  batch: { zh: "批次", en: "Batch" },
  fund: { zh: "资金", en: "Fund" },
  status: { zh: "状态", en: "State" },
  made: { zh: "归集时间", en: "Made" },
  number: { zh: "序号", en: "No." },
  reference: { zh: "业务参考号", en: "Reference" },
  payee: { zh: "收款人", en: "Payee" },
  unit: { zh: "所在工会", en: "Union office" },
  programme: { zh: "救助项目", en: "Programme" },
  bank: { zh: "开户行", en: "Bank" },
  card: { zh: "账号", en: "Account" },
  amount: { zh: "金额（元）", en: "Amount (yuan)" },
  state: { zh: "结果", en: "Result" },
  total: { zh: "合计", en: "Total" },
  payments: { zh: "笔", en: "payments" },
  capitals: { zh: "大写", en: "In words" },
  maker: { zh: "经办", en: "Made by" },
  checker: { zh: "授权", en: "Authorised by" },
  head: { zh: "负责人", en: "Head of office" },
  hash: { zh: "银行文件校验值（SHA-256）", en: "SHA-256 of the bank file" },
  masked: {
    zh: "您的岗位只能看到隐去的姓名和账号。",
    en: "Your role sees names and accounts masked.",
  },
  back: { zh: "返回批次", en: "Back to the batch" },
  hint: { zh: "用浏览器的打印功能打印。", en: "Print it with the browser's print command." },
  none: { zh: "这个批次没有付款。", en: "This batch has no payment." },
} as const satisfies Record<string, Text>;

/** Who may read whole accounts: those who may fetch the bank's file, and those who may open cases. */
const seesWhole = (desk: Desk): boolean => mayDo(desk, "bank_file") || mayDo(desk, "see_facts");

const itemRow = async (
  desk: Desk,
  organisation: Organisation,
  batch: Batch,
  item: BatchItem,
  index: number,
): Promise<Html> => {
  const application = await desk.uses.cases.get(item.applicationId);
  const payee = application && (await desk.uses.batches.payee(item, application.salt));
  const whole = seesWhole(desk);
  const unit = application?.unitId ? unitOf(organisation, application.unitId) : undefined;
  const programme = application && programmeById(application.programmeId);
  const name = payee && (whole ? payee.name : maskedName(payee.name));
  const card = payee && (whole ? payee.cardNumber : maskedCard(payee.cardNumber));
  const isOpen = batch.fileKey === null && item.status === "ready";
  return html`<tr>
    <td class="figure">${index + 1}</td>
    <td class="nowrap">${itemReference(item.applicationId, item.attempt)}</td>
    <td class="nowrap">${name}</td>
    <td>${unit ? say(desk, unit.name) : null}</td>
    <td>${programme ? say(desk, programme.title) : null}</td>
    <td>${payee?.bankName}</td>
    <td class="nowrap">${card}</td>
    <td class="figure">${displayYuan(item.amountFen)}</td>
    <td>${isOpen ? null : say(desk, itemStatusNames[item.status])}</td>
  </tr>`;
};

const heads = [
  "number",
  "reference",
  "payee",
  "unit",
  "programme",
  "bank",
  "card",
  "amount",
  "state",
] as const;

const listTable = (desk: Desk, items: readonly BatchItem[], rows: readonly Html[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${say(desk, words.title)}">
    <table class="ruled payment-rows">
      <thead>
        <tr>
          ${heads.map((name) => html`<th scope="col">${say(desk, words[name])}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tbody>
        <tr>
          <th scope="row" colspan="7">
            ${say(desk, words.total)} ${count(items.length)} ${say(desk, words.payments)}
          </th>
          <td class="figure"><strong>${displayYuan(sumOfItems(items))}</strong></td>
          <td></td>
        </tr>
      </tbody>
    </table>
  </div>`;

const signatures = (desk: Desk, batch: Batch, names: ReadonlyMap<string, string>): Html => {
  const at = (type: string): string => {
    const event = batch.history.findLast((one) => one.type === type);
    return event ? dateTime(event.at, desk.request.locale) : "";
  };
  const place = (label: Text, name: string, when: string): Html =>
    html`<div>
      <dt>${say(desk, label)}</dt>
      <dd>${name} <span class="soft small">${when}</span></dd>
    </div>`;
  const checker = batch.checkerId === null ? "" : (names.get(batch.checkerId) ?? batch.checkerId);
  return html`<dl class="signatures">
    ${place(words.maker, names.get(batch.makerId) ?? batch.makerId, at("created"))}
    ${place(words.checker, checker, at("authorised"))} ${place(words.head, "", "")}
  </dl>`;
};

/** A batch's payments on paper. */
export const showPaymentList = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request } = desk;
  const id = parseBatchId(typed);
  const batch = id && (await uses.batches.get(id));
  if (!batch) return notFoundPage(request.locale);
  const [items, organisation, fund] = await Promise.all([
    uses.batches.items(batch.id),
    uses.directory.organisation(),
    uses.funds.get(batch.fundId),
  ]);
  const indexed = items.map((item, index) => ({ item, index }));
  const rows = await inParallel(indexed, readsAtOnce, ({ item, index }) =>
    itemRow(desk, organisation, batch, item, index),
  );
  if (seesWhole(desk) && items.length > 0) await noteAccess(desk, "payment_list", batch.id);
  const names = new Map(organisation.staff.map((one) => [one.id as string, one.name]));
  const sumFen = sumOfItems(items);
  const facts = [
    `${say(desk, words.batch)}：${batch.id}`,
    `${say(desk, words.fund)}：${fund ? say(desk, fund.name) : batch.fundId}`,
    `${say(desk, words.status)}：${say(desk, batchStatusNames[batch.status])}`,
    `${say(desk, words.made)}：${dateTime(batch.createdAt, request.locale)}`,
  ];
  return deskPage(desk, {
    title: `${say(desk, words.title)} ${batch.id}`,
    body: html`<div class="sheet wide-sheet">
      <p class="unprinted">
        <a href="${paths.desk("batches", batch.id)}">${say(desk, words.back)}</a>
        <span class="soft">${say(desk, words.hint)}</span>
      </p>
      <h1>${say(desk, words.title)}</h1>
      <p>${facts.join(request.locale === "zh-CN" ? "　" : " · ")}</p>
      ${seesWhole(desk) ? null : html`<p class="soft unprinted">${say(desk, words.masked)}</p>`}
      ${
        items.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : html`${listTable(desk, items, rows)}
              <p>
                <strong>${say(desk, words.total)}：${amount(sumFen, request.locale)}</strong
                >　${say(desk, words.capitals)}：${chineseCapitals(sumFen)}
              </p>
              ${signatures(desk, batch, names)}`
      }
      ${
        batch.fileSha256
          ? html`<p class="small soft">
              ${say(desk, words.hash)} <span class="code">${batch.fileSha256}</span>
            </p>`
          : null
      }
    </div>`,
  });
};
