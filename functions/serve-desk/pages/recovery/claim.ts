/** One case whose payment may be claimed back: how much of it, the proposal, and who confirms it. */
import { loadClaimable, type ClaimableCase } from "#shared/casework/claim-back.ts";
import { mayClaimBack, wrongPaymentCauses } from "#shared/domain/claim-back.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { statusMoods, statusNames } from "#shared/web/messages.ts";
import { wrongPaymentWords } from "#shared/web/outcome-words.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, factRow, mayDo, say, type Desk } from "../../frame.ts";
import { loadCase } from "../case.ts";
import { emptyView, summaryOf } from "../oversight/words-field.ts";
import { linesField, selectField, textField, type FormView } from "../people/fields.ts";
import { claimWords as words } from "./claim-words.ts";
import { words as recoveryWords } from "./words.ts";

/** The case at an address with its claim; null for one that isn't there, or isn't this person's to see. */
export const claimableAt = async (desk: Desk, typed: string): Promise<ClaimableCase | null> => {
  const application = await loadCase(desk, typed);
  return application && loadClaimable(desk.uses, application);
};

const facts = (desk: Desk, { application, claim }: ClaimableCase): Html => {
  const { locale } = desk.request;
  const { id, status } = application;
  const { outstandingFen, backBeforeFen } = claim;
  return html`<dl class="facts">
    ${factRow(
      say(desk, recoveryWords.status),
      html`<span class="tag ${statusMoods[status]}">${say(desk, statusNames[status])}</span>`,
    )}
    ${factRow(
      say(desk, recoveryWords.reference),
      html`<a href="${paths.desk("case", id)}">${id}</a>`,
    )}
    ${factRow(say(desk, words.most), html`<strong>${amount(outstandingFen, locale)}</strong>`)}
    ${backBeforeFen > 0 && factRow(say(desk, words.backBefore), amount(backBeforeFen, locale))}
  </dl>`;
};

const proposeForm = async (
  desk: Desk,
  { application, claim }: ClaimableCase,
  view: FormView,
): Promise<Html> => {
  const filled = view.problem
    ? view
    : { ...view, values: { amount: plainYuan(claim.outstandingFen) } };
  const options = [
    { value: "", label: say(desk, words.choose) },
    ...wrongPaymentCauses.map((value) => ({ value, label: say(desk, wrongPaymentWords[value]) })),
  ];
  const amountAsked = { label: words.amount, hint: words.amountHint, maxLength: 16 };
  return html`<p class="lead">${say(desk, words.lead)}</p>
    ${await deskForm(
      desk,
      paths.desk("recovery", application.id, "claim"),
      html`${textField(desk, filled, "amount", amountAsked)}
        ${selectField(desk, filled, "cause", { label: words.cause, options })}
        ${linesField(desk, filled, "reason", { label: words.reason, hint: words.reasonHint })}
        <p class="actions"><button class="danger">${say(desk, words.propose)}</button></p>`,
    )}`;
};

const actionForm = (
  desk: Desk,
  { application }: ClaimableCase,
  action: "claim-confirmed" | "claim-dropped",
  button: Html,
): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("recovery", application.id, action),
    html`<input type="hidden" name="version" value="${application.version}" />
      <p class="actions">${button}</p>`,
  );

const proposalPart = async (desk: Desk, claimable: ClaimableCase): Promise<Html | null> => {
  const { proposal } = claimable.claim;
  if (!proposal) return null;
  const { locale } = desk.request;
  const { staff } = await desk.uses.directory.organisation();
  const isOwn = proposal.by === desk.session.staff.id;
  const mayConfirm = mayDo(desk, "confirm_claim_back") && !isOwn;
  const ofBank = proposal.cause === "returned_by_bank";
  const consequence = ofBank ? words.bankConsequence : words.consequence;
  const dropWords = isOwn ? words.takeBack : words.drop;
  const confirming =
    mayConfirm &&
    (await actionForm(
      desk,
      claimable,
      "claim-confirmed",
      html`<button class="danger">${say(desk, words.confirm)}</button>`,
    ));
  const dropping =
    (mayConfirm || isOwn) &&
    (await actionForm(
      desk,
      claimable,
      "claim-dropped",
      html`<button class="second">${say(desk, dropWords)}</button>`,
    ));
  return html`<div class="notice wait">
    <p><strong>${say(desk, words.proposed)}</strong></p>
    <dl class="facts">
      ${factRow(say(desk, words.claimed), amount(proposal.dueFen, locale))}
      ${factRow(say(desk, words.cause), say(desk, wrongPaymentWords[proposal.cause]))}
      ${factRow(
        say(desk, words.proposedBy),
        `${staff.find(({ id }) => id === proposal.by)?.name ?? proposal.by} · ${dateTime(proposal.at, locale)}`,
      )}
    </dl>
    <p>${lines(proposal.reason)}</p>
    ${mayConfirm && html`<p>${say(desk, consequence)}</p>`}
    ${isOwn && html`<p>${say(desk, words.own)}</p>`}${confirming}${dropping}
  </div>`;
};

export const claimPage = async (
  desk: Desk,
  claimable: ClaimableCase,
  view: FormView,
): Promise<PageResponse> => {
  const { application, claim } = claimable;
  const title = `${say(desk, words.title)} ${application.id}`;
  const maySay = mayDo(desk, "claim_back") && claim.proposal === null;
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      ${facts(desk, claimable)}${await proposalPart(desk, claimable)}
      ${maySay ? await proposeForm(desk, claimable, view) : null}
      <p>
        <a href="${paths.desk("case", application.id)}">${say(desk, words.backToCase)}</a>
      </p>`,
  });
};

export const showClaim = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const claimable = await claimableAt(desk, typed);
  if (!claimable) return notFoundPage(desk.request.locale);
  const { application, claim } = claimable;
  // Somebody has confirmed it since the link was made.
  if (application.status === "recovery_due") {
    return redirect(paths.desk("recovery", application.id));
  }
  return mayClaimBack(application, claim)
    ? claimPage(desk, claimable, emptyView)
    : notFoundPage(desk.request.locale);
};
