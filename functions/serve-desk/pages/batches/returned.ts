/** One payment of a batch: how it stands, and what is said and done when its money came back after a success (退票). */
import {
  agreeReturned,
  loadPayment,
  sayReturned,
  unsayReturned,
  type LateReturning,
  type PaymentOfBatch,
} from "#shared/casework/late-return.ts";
import { failureTitles, type FailureCode } from "#shared/domain/failure-code.ts";
import { parseVoucher } from "#shared/domain/fund-order.ts";
import { lateReturnRefusals } from "#shared/domain/late-return.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, factRow, forbidden, mayDo, say, type Desk } from "../../frame.ts";
import { changedSince, loadBatch } from "../batch-actions.ts";
import { itemStatusMoods, itemStatusNames } from "../batch-words.ts";
import { emptyView, summaryOf } from "../oversight/words-field.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";

const words = {
  title: { zh: "付款", en: "Payment" },
  batch: { zh: "批次", en: "Batch" },
  case: { zh: "受理编号", en: "Case" },
  payee: { zh: "收款人", en: "Payee" },
  amount: { zh: "金额", en: "Amount" },
  status: { zh: "状态", en: "State" },
  form: { zh: "登记发放后退票", en: "Say that the money came back" },
  lead: {
    zh: "银行已报成功，款项后来退回账户时办理。另一位财务人员同意后：退回的款项冲回原资金并重新预留，案件等待更正收款信息或重新待发放。",
    en: "For money that the bank returned after it had said that it paid. Once another person agrees it is booked back to its fund and set aside anew, and the case waits for mended details or is payable again.",
  },
  voucher: { zh: "银行退款凭证号", en: "The bank's voucher number" },
  cause: { zh: "银行说明的原因", en: "The bank's reason" },
  say: { zh: "登记，交第二人确认", en: "Say so, for a second person" },
  voucherRequired: {
    zh: "请填写银行凭证号：最多 40 个字母、数字",
    en: "Enter the bank's voucher number: letters and digits, at most 40",
  },
  causeRequired: { zh: "请选择银行说明的原因", en: "Choose the bank's reason" },
  choose: { zh: "请选择", en: "Choose" },
  said: {
    zh: "已登记退票，等待第二人确认",
    en: "Said to have come back; a second person is to agree",
  },
  saidBy: { zh: "登记人", en: "Said by" },
  agree: { zh: "同意：冲回资金并重新预留", en: "Agree: book it back and set it aside anew" },
  withdraw: { zh: "撤销登记", en: "Take it back" },
  own: { zh: "这是您登记的，需由另一人确认。", en: "You said it; another person agrees." },
  back: { zh: "返回批次", en: "Back to the batch" },
} as const satisfies Record<string, Text>;

const addressOf = ({ batch, item }: PaymentOfBatch, ...more: readonly string[]): string =>
  paths.desk("batches", batch.id, "items", item.reference, ...more);

const facts = async (desk: Desk, { batch, item, application }: PaymentOfBatch): Promise<Html> => {
  const { locale } = desk.request;
  const payee = await desk.uses.batches.payee(item, application.salt);
  return html`<dl class="facts">
    ${factRow(say(desk, words.amount), html`<strong>${amount(item.amountFen, locale)}</strong>`)}
    ${factRow(
      say(desk, words.status),
      html`<span class="tag ${itemStatusMoods[item.status]}"
          >${say(desk, itemStatusNames[item.status])}</span
        >${item.failureCode ? html` ${say(desk, failureTitles[item.failureCode])}` : null}`,
    )}
    ${factRow(say(desk, words.payee), `${maskedName(payee.name)} ${maskedCard(payee.cardNumber)}`)}
    ${factRow(
      say(desk, words.case),
      html`<a href="${paths.desk("case", application.id)}">${application.id}</a>`,
    )}
    ${factRow(
      say(desk, words.batch),
      html`<a href="${paths.desk("batches", batch.id)}">${batch.id}</a>`,
    )}
  </dl>`;
};

const sayForm = async (desk: Desk, payment: PaymentOfBatch, view: FormView): Promise<Html> => {
  const options = [
    { value: "", label: say(desk, words.choose) },
    ...Object.entries(failureTitles).map(([value, title]) => ({ value, label: say(desk, title) })),
  ];
  return html`<h2>${say(desk, words.form)}</h2>
    <p>${say(desk, words.lead)}</p>
    ${await deskForm(
      desk,
      addressOf(payment, "returned"),
      html`${textField(desk, view, "voucher", { label: words.voucher, maxLength: 40 })}
        ${selectField(desk, view, "cause", { label: words.cause, options })}
        <p class="actions"><button class="danger">${say(desk, words.say)}</button></p>`,
    )}`;
};

const saidPart = async (desk: Desk, payment: PaymentOfBatch): Promise<Html | null> => {
  const { lateReturn, status } = payment.item;
  if (lateReturn === null) return null;
  const { staff } = await desk.uses.directory.organisation();
  const isOwn = lateReturn.by === desk.session.staff.id;
  const isOpen = status === "paid";
  const agreeing =
    isOpen && mayDo(desk, "authorise") && !isOwn
      ? await deskForm(
          desk,
          addressOf(payment, "agreed"),
          html`<input type="hidden" name="voucher" value="${lateReturn.voucher}" />
            <p class="actions"><button class="danger">${say(desk, words.agree)}</button></p>`,
        )
      : null;
  const withdrawing =
    isOpen && mayDo(desk, "import_return")
      ? await deskForm(
          desk,
          addressOf(payment, "withdrawn"),
          html`<p class="actions"><button class="second">${say(desk, words.withdraw)}</button></p>`,
        )
      : null;
  return html`<div class="notice wait">
    ${isOpen ? html`<p><strong>${say(desk, words.said)}</strong></p>` : null}
    <p>
      ${say(desk, words.voucher)} ${lateReturn.voucher} ·
      ${say(desk, failureTitles[lateReturn.failureCode])}
    </p>
    <p class="soft">
      ${say(desk, words.saidBy)}
      ${staff.find(({ id }) => id === lateReturn.by)?.name ?? lateReturn.by} ·
      ${dateTime(lateReturn.at, desk.request.locale)}
    </p>
    ${isOpen && isOwn ? html`<p>${say(desk, words.own)}</p>` : null}${agreeing}${withdrawing}
  </div>`;
};

const paymentPage = async (
  desk: Desk,
  payment: PaymentOfBatch,
  view: FormView,
): Promise<PageResponse> => {
  const { item, refusal, batch } = payment;
  const title = `${say(desk, words.title)} ${item.reference}`;
  const maySay = item.status === "paid" && item.lateReturn === null && mayDo(desk, "import_return");
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      ${await facts(desk, payment)}${await saidPart(desk, payment)}
      ${maySay && refusal === null ? await sayForm(desk, payment, view) : null}
      ${maySay && refusal !== null ? html`<p>${say(desk, lateReturnRefusals[refusal])}</p>` : null}
      <p><a href="${paths.desk("batches", batch.id)}">${say(desk, words.back)}</a></p>`,
  });
};

const paymentAt = async (
  desk: Desk,
  typed: string,
  reference: string,
): Promise<PaymentOfBatch | null> => {
  const batch = await loadBatch(desk, typed);
  return batch && loadPayment(desk.uses, batch, reference);
};

export const showPayment = async (
  desk: Desk,
  typed: string,
  reference: string,
): Promise<PageResponse> => {
  const payment = await paymentAt(desk, typed, reference);
  return payment ? paymentPage(desk, payment, emptyView) : notFoundPage(desk.request.locale);
};

const answerOf = (desk: Desk, payment: PaymentOfBatch, outcome: LateReturning): PageResponse => {
  if (outcome === "own_proposal") return forbidden(desk, "own_proposal");
  return outcome === "done" ? redirect(addressOf(payment)) : changedSince(desk, payment.batch);
};

const isFailureCode = (typed: string): typed is FailureCode => Object.hasOwn(failureTitles, typed);

export const sayPaymentReturned = async (
  desk: Desk,
  typed: string,
  reference: string,
): Promise<PageResponse> => {
  const payment = await paymentAt(desk, typed, reference);
  if (!payment) return notFoundPage(desk.request.locale);
  const { voucher: typedVoucher = "", cause = "" } = desk.request.form;
  const values = { voucher: typedVoucher, cause };
  const voucher = parseVoucher(typedVoucher);
  if (voucher === null) {
    const problem = { field: "voucher", says: words.voucherRequired };
    return paymentPage(desk, payment, { values, problem });
  }
  if (!isFailureCode(cause)) {
    const problem = { field: "cause", says: words.causeRequired };
    return paymentPage(desk, payment, { values, problem });
  }
  const said = { voucher, failureCode: cause, by: desk.session.staff.id };
  return answerOf(desk, payment, await sayReturned(desk.uses, payment, said));
};

export const agreePaymentReturned = async (
  desk: Desk,
  typed: string,
  reference: string,
): Promise<PageResponse> => {
  const payment = await paymentAt(desk, typed, reference);
  if (!payment) return notFoundPage(desk.request.locale);
  const shown = { voucher: desk.request.form["voucher"] ?? "" };
  const by = desk.session.staff.id;
  return answerOf(desk, payment, await agreeReturned(desk.uses, payment, shown, by));
};

export const withdrawPaymentReturned = async (
  desk: Desk,
  typed: string,
  reference: string,
): Promise<PageResponse> => {
  const payment = await paymentAt(desk, typed, reference);
  if (!payment) return notFoundPage(desk.request.locale);
  return answerOf(desk, payment, await unsayReturned(desk.uses, payment));
};
