/** One case whose money is claimed back: its account, what came back, and what can be done. */
import { loadRecovery, type Recovery } from "#shared/casework/recover.ts";
import type { CaseEvent } from "#shared/domain/application.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { subtractFen } from "#shared/kernel/money.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { inLocale } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { errorSummary, type SummaryLine } from "#shared/web/form.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { statusMoods, statusNames } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, factRow, figureHeading, mayDo, say, table, type Desk } from "../../frame.ts";
import { repaymentForm, writeOffPart, type FormProblems } from "./forms.ts";
import { causeNames, words } from "./words.ts";

/** The recovery at an address; null for anything that was never claimed back. */
export const recoveryAt = async (desk: Desk, typed: string): Promise<Recovery | null> => {
  const id = parseApplicationId(typed);
  const application = id && (await desk.uses.cases.get(id));
  if (!application) return null;
  const recovery = await loadRecovery(desk.uses, application);
  return recovery.claim ? recovery : null;
};

const causeOf = (desk: Desk, claim: CaseEvent | null): string | null => {
  if (!claim) return null;
  const cause = claim.type === "objection_upheld" ? "objection" : claim.detail["cause"];
  return typeof cause === "string" && Object.hasOwn(causeNames, cause)
    ? say(desk, causeNames[cause as keyof typeof causeNames])
    : null;
};

const summary = (desk: Desk, { application, account, claim }: Recovery): Html => {
  const { locale } = desk.request;
  const { status, id } = application;
  const cause = causeOf(desk, claim);
  const writtenOff = status === "closed" && account.leftFen > 0;
  return html`<dl class="facts">
    ${factRow(
      say(desk, words.status),
      html`<span class="tag ${statusMoods[status]}">${say(desk, statusNames[status])}</span>`,
    )}
    ${factRow(say(desk, words.reference), html`<a href="${paths.desk("case", id)}">${id}</a>`)}
    ${cause && factRow(say(desk, words.cause), cause)}
    ${factRow(say(desk, words.paid), amount(account.paidFen, locale))}
    ${factRow(say(desk, words.claimed), amount(account.dueFen, locale))}
    ${factRow(say(desk, words.back), amount(account.backFen, locale))}
    ${factRow(
      say(desk, writtenOff ? words.writtenOff : words.left),
      amount(subtractFen(account.dueFen, account.backFen), locale),
    )}
  </dl>`;
};

const repaymentRow = (desk: Desk, transfer: Transfer, fundName: string): Html =>
  html`<tr>
    <td>${dateTime(transfer.at, desk.request.locale)}</td>
    <td>${transfer.voucher ?? ""}</td>
    <td>${fundName}</td>
    <td class="figure">${amount(transfer.amountFen, desk.request.locale)}</td>
  </tr>`;

const repaymentsPart = async (desk: Desk, { transfers }: Recovery): Promise<Html | null> => {
  const back = transfers.filter(({ kind }) => kind === "refund");
  if (back.length === 0) return null;
  const names = new Map(
    (await desk.uses.funds.all()).map(({ id, name }) => [id, inLocale(name, desk.request.locale)]),
  );
  return html`<h2>${say(desk, words.repayments)}</h2>
    ${table(
      desk,
      [words.at, words.voucher, words.fund, figureHeading(words.back)],
      back.map((transfer) =>
        repaymentRow(desk, transfer, names.get(transfer.fundId) ?? transfer.fundId),
      ),
    )}`;
};

const reasonPart = (desk: Desk, claim: CaseEvent | null): Html | null => {
  const reason = claim?.confidential?.reason;
  return reason && mayDo(desk, "see_facts") ? html`<p>${lines(reason)}</p>` : null;
};

export interface RecoveryView {
  readonly recovery: Recovery;
  readonly problems?: FormProblems;
  readonly summary?: readonly SummaryLine[];
}

export const recoveryPage = async (desk: Desk, view: RecoveryView): Promise<PageResponse> => {
  const { recovery, problems = {} } = view;
  const wrong = view.summary ?? [];
  const isOpen = recovery.application.status === "recovery_due";
  const title = `${say(desk, words.title)} ${recovery.application.id}`;
  return deskPage(desk, {
    title,
    status: wrong.length > 0 ? 422 : 200,
    body: html`${errorSummary(wrong, desk.request.locale)}
      <h1>${title}</h1>
      ${isOpen ? html`<p class="lead">${say(desk, words.how)}</p>` : null}
      ${summary(desk, recovery)}${reasonPart(desk, recovery.claim)}
      ${await repaymentsPart(desk, recovery)}
      ${isOpen ? await repaymentForm(desk, recovery, problems) : null}
      ${isOpen ? await writeOffPart(desk, recovery, problems) : null}`,
  });
};

export const showRecovery = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const recovery = await recoveryAt(desk, typed);
  return recovery ? recoveryPage(desk, { recovery }) : notFoundPage(desk.request.locale);
};
