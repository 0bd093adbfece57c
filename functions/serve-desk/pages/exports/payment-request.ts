/** 付款申请单 on paper: the same lines as its file, with places to sign. */
import { paymentRequestLines } from "#shared/exports/payment-request.ts";
import { parseBatchId } from "#shared/kernel/ids.ts";
import { exportKinds } from "#shared/domain/finance-export.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const signature = (
  desk: Desk,
  label: (typeof words)["signMaker" | "signChecker" | "signHead"],
): Html =>
  html`<tr>
    <th scope="row">${say(desk, label)}</th>
    <td><br /><br /></td>
  </tr>`;

export const showPaymentRequest = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses } = desk;
  const id = parseBatchId(typed);
  const batch = id && (await uses.batches.get(id));
  const fund = batch && (await uses.funds.get(batch.fundId));
  if (!batch || !fund || batch.status === "assembling") return notFoundPage(desk.request.locale);
  const { staff } = await uses.directory.organisation();
  const nameOf = (staffId: string): string =>
    staff.find((one) => one.id === staffId)?.name ?? staffId;
  const said = (value: string | Text): string =>
    typeof value === "string" ? value : say(desk, value);
  const lines = paymentRequestLines({
    batch,
    fund,
    makerName: nameOf(batch.makerId),
    checkerName: batch.checkerId === null ? null : nameOf(batch.checkerId),
  });
  const title = say(desk, exportKinds.payment_request.title);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <table class="sheet">
        <tbody>
          ${lines.map(
            ({ label, value, isCode }) =>
              html`<tr>
                <th scope="row">${say(desk, label)}</th>
                <td>${isCode ? html`<span class="code">${said(value)}</span>` : said(value)}</td>
              </tr>`,
          )}
          ${signature(desk, words.signMaker)} ${signature(desk, words.signChecker)}
          ${signature(desk, words.signHead)}
        </tbody>
      </table>`,
  });
};
