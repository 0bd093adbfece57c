/** What every form for a fund order has: its number, the paper's number, and what it is for. */
import { parseVoucher, orderReasonMaxLength } from "#shared/domain/fund-order.ts";
import { freshOrderId } from "#shared/casework/fund-orders.ts";
import { parseOrderId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { linesField, textField, type FormView } from "../people/fields.ts";
import { orderWords as words } from "./order-words.ts";

/** What was typed of the head of an order, or the first thing that is wrong with it. */
export type OrderHead =
  | {
      readonly kind: "head";
      readonly id: string;
      readonly voucher: string;
      readonly reason: string;
    }
  | { readonly kind: "problem"; readonly field: "voucher" | "reason"; readonly says: Text };

/** The number that a form carries, so that the form sent twice is one order; a new one for a new form. */
const orderIdOf = (desk: Desk): string =>
  parseOrderId(desk.request.form["order"] ?? "") ?? freshOrderId(desk.uses);

export const readHead = (desk: Desk): OrderHead => {
  const { form } = desk.request;
  const voucher = parseVoucher(form["voucher"] ?? "");
  if (voucher === null) return { kind: "problem", field: "voucher", says: words.voucherWrong };
  const reason = (form["reason"] ?? "").trim();
  if (reason === "" || reason.length > orderReasonMaxLength) {
    return { kind: "problem", field: "reason", says: words.reasonWrong };
  }
  return { kind: "head", id: orderIdOf(desk), voucher, reason };
};

/** The fields of the head, with what was typed; `view` has at most one problem. */
export const headFields = (desk: Desk, view: FormView): Html =>
  html`<input type="hidden" name="order" value="${orderIdOf(desk)}" />
    ${textField(desk, view, "voucher", {
      label: words.voucher,
      hint: words.voucherHint,
      maxLength: 40,
    })}
    ${linesField(desk, view, "reason", { label: words.reason, hint: words.reasonHint })}
    <p class="soft">${say(desk, words.proposeNote)}</p>
    <p class="actions">
      <button>${say(desk, words.propose)}</button>
      <a href="${paths.desk("funds")}">${say(desk, words.back)}</a>
    </p>`;

/** The view of a form as it was sent, or as it begins. */
export const viewOf = (
  desk: Desk,
  problem: FormView["problem"],
  begins: Readonly<Record<string, string>> = {},
): FormView => ({ values: { ...begins, ...desk.request.form }, problem });

export interface OrderFormPage {
  readonly title: Text;
  readonly action: string;
  readonly view: FormView;
  /** Before the form: what it is about. */
  readonly about?: Html | null;
  readonly fields: Html;
}

export const orderFormPage = async (
  desk: Desk,
  { title, action, view, about = null, fields }: OrderFormPage,
): Promise<PageResponse> => {
  const { problem } = view;
  const summary = problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [];
  return deskPage(desk, {
    title: say(desk, title),
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${say(desk, title)}</h1>
      ${about} ${await deskForm(desk, action, html`${fields}${headFields(desk, view)}`)}`,
  });
};
