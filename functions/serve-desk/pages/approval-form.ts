/**
 * 困难职工帮扶救助审批表: a case on one sheet of A4 as it is filed for thirty years (policy 5, retention): who applied,
 * how the amount was worked out, who visited, what each tier decided, and places to sign and seal.
 */
import type { RecordedEvent } from "#shared/domain/application.ts";
import { tierTitles, unitAtTier, type Tier } from "#shared/domain/organisation.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { chineseCapitals, fen } from "#shared/kernel/money.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, date, dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { labelled, eventNames, statusNames } from "#shared/web/messages.ts";
import { noticeKinds, noticeLines } from "#shared/web/notice-lines.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { visitOf } from "#shared/web/visit-part.ts";
import { deskPage, mayDo, say, type Desk } from "../frame.ts";
import { noteAccess } from "../note-access.ts";
import { seesCaseOf } from "../scope.ts";
import {
  assessmentRow,
  cell,
  claimRow,
  head,
  membersRow,
  personRows,
  row,
  type Sheet,
} from "./approval-form-rows.ts";
import { approvalFormWords as words } from "./approval-form-words.ts";

const nameOf = ({ organisation }: Sheet, id: string): string =>
  organisation.staff.find((staff) => staff.id === id)?.name ?? id;

const visitRow = (sheet: Sheet): Html => {
  const { desk, events } = sheet;
  const visit = visitOf(events);
  const { locale } = desk.request;
  if (!visit) return row(head(desk, words.visit), cell(say(desk, words.noVisit), 5));
  const whole = mayDo(desk, "see_facts");
  const people = [
    ...visit.staffIds.map((id) => nameOf(sheet, id)),
    ...(whole ? visit.others : visit.others.map(() => "***")),
  ].join(locale === "zh-CN" ? "、" : ", ");
  const result = say(desk, visit.confirmed ? words.asDeclared : words.notAsDeclared);
  return row(
    head(desk, words.visit),
    cell(
      html`${date(visit.visitedOn, locale)} ·
      ${labelled(words.visitors, desk.request.locale)}${people} · ${result}
      ${whole ? html`<div>${visit.findings}</div>` : null}`,
      5,
    ),
  );
};

const noticeRow = ({ desk, application, notices }: Sheet): Html | null => {
  if (notices.length === 0) return null;
  const { title } = programmeOf(application);
  const lines = notices.map((notice) => {
    const { days } = noticeLines(notice, title, desk.request.locale);
    return html`<div>${labelled(noticeKinds[notice.kind], desk.request.locale)}${days}</div>`;
  });
  return row(head(desk, words.notice), cell(lines, 5));
};

/** Decisions of people, as their tiers' opinions; who accepted the case stands first. */
const opinions: readonly RecordedEvent["type"][] = [
  "accepted",
  "co_approved",
  "tier_approved",
  "advance_approved",
  "approved",
  "approved_without_funds",
  "refusal_confirmed_at_tier",
  "refusal_confirmed",
  "rejected",
];

const isTier = (text: unknown): text is Tier =>
  typeof text === "string" && Object.hasOwn(tierTitles, text);

const opinionRow = (sheet: Sheet, event: RecordedEvent): Html => {
  const { desk, application, organisation } = sheet;
  const { tier, amountFen } = event.detail;
  const office =
    isTier(tier) && application.unitId !== null
      ? unitAtTier(organisation, application.unitId, tier)
      : undefined;
  const label = isTier(tier) ? tierTitles[tier] : words.handler;
  const by = event.actor.kind === "staff" ? nameOf(sheet, event.actor.staffId) : "";
  const agreed = typeof amountFen === "number" ? amount(fen(amountFen), desk.request.locale) : "";
  const reason = mayDo(desk, "see_facts") ? (event.confidential?.reason ?? "") : "";
  return row(
    head(desk, label),
    cell(
      html`<div>
          ${office ? say(desk, office.name) : null} ${say(desk, eventNames[event.type])} ${agreed}
          ${reason}
        </div>
        <div class="signed">
          ${labelled(words.signed, desk.request.locale)}${by}
          ${dateTime(event.at, desk.request.locale)}
          <span class="seal">${say(desk, words.seal)}</span>
        </div>`,
      5,
    ),
  );
};

const amountRows = ({ desk, application, fundName, events }: Sheet): Html => {
  const { locale } = desk.request;
  const { amountFen, minutesNumber, batchId, status } = application;
  const paidAt = events.findLast(({ type }) => type === "paid")?.at;
  const paid = paidAt === undefined ? "" : date(localDateOf(paidAt), locale);
  return html`${row(
    head(desk, words.amount),
    cell(
      html`<strong>${amount(amountFen, locale)}</strong>
        ${labelled(words.capitals, desk.request.locale)}${chineseCapitals(amountFen)}`,
      5,
    ),
  )}
  ${row(
    head(desk, words.minutes),
    cell(minutesNumber),
    head(desk, words.fund),
    cell(fundName ? say(desk, fundName) : ""),
    head(desk, words.batch),
    cell(batchId),
  )}
  ${row(
    head(desk, words.status),
    cell(say(desk, statusNames[status])),
    head(desk, words.paidOn),
    cell(paid, 3),
  )}`;
};

const signatureRow = ({ desk }: Sheet): Html =>
  html`<tr class="sign-here">
    <td colspan="2">${say(desk, words.applicantSigns)}</td>
    <td colspan="2">${say(desk, words.handlerSigns)}</td>
    <td colspan="2">${say(desk, words.headSigns)}</td>
  </tr>`;

const sheetBody = (sheet: Sheet): Html => {
  const { desk, application, events } = sheet;
  const { id, submittedAt } = application;
  const applied = submittedAt === null ? "" : date(localDateOf(submittedAt), desk.request.locale);
  const decided = events.filter(({ type }) => opinions.includes(type));
  return html`<div class="sheet">
    <p class="unprinted">
      <a href="${paths.desk("case", id)}">${say(desk, words.back)}</a>
      <span class="soft">${say(desk, words.hint)}</span>
    </p>
    <h1>${say(desk, words.title)}</h1>
    <p class="sheet-head">
      <span>${labelled(words.reference, desk.request.locale)}${id}</span>
      <span
        >${labelled(words.programme, desk.request.locale)}${say(desk, programmeOf(application).title)}</span
      >
      <span>${labelled(words.applied, desk.request.locale)}${applied}</span>
    </p>
    <table class="ruled form-sheet">
      <tbody>
        ${personRows(sheet)}${membersRow(sheet)}${claimRow(sheet)}${assessmentRow(sheet)}
        ${visitRow(sheet)}${noticeRow(sheet)}${decided.map((event) => opinionRow(sheet, event))}
        ${amountRows(sheet)}${signatureRow(sheet)}
      </tbody>
    </table>
  </div>`;
};

/** Shows the sheet; names and numbers as they are for whoever may see them, masked for all others. */
export const showApprovalForm = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request } = desk;
  const id = parseApplicationId(typed);
  const [application, organisation] = await Promise.all([
    id && uses.cases.get(id),
    uses.directory.organisation(),
  ]);
  const isSeen = application && seesCaseOf(desk, organisation, application);
  if (!isSeen || application.status === "draft") return notFoundPage(request.locale);
  const [events, answers, notices, fund] = await Promise.all([
    uses.cases.events(application),
    uses.cases.answers(application),
    uses.notices.noticesOf(application.id),
    application.fundId === null ? null : uses.funds.get(application.fundId),
  ]);
  if (mayDo(desk, "see_facts")) await noteAccess(desk, "approval_form", application.id);
  const sheet: Sheet = {
    desk,
    application,
    events,
    answers: answers ?? {},
    notices,
    organisation,
    fundName: fund?.name ?? null,
  };
  return deskPage(desk, {
    title: `${say(desk, words.title)} ${application.id}`,
    body: sheetBody(sheet),
  });
};
