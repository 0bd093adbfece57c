/** Advances by their clock, what is to follow them, and what has to come back. */
import {
  awaitedPapers,
  openAdvances,
  type AwaitedPapers,
} from "#shared/casework/fast-track-cases.ts";
import { loadRecovery, type Recovery } from "#shared/casework/recover.ts";
import { timesOf } from "#shared/domain/fast-track.ts";
import { localDateOf, yearOf, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { amount, dateTime, duration, lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, factRow, figureHeading, say, table, type Desk } from "../../frame.ts";
import { words } from "./words.ts";

const listMax = 200;
const readsAtOnce = 16;

const caseLink = (id: QueueEntry["applicationId"], area: "case" | "recovery"): Html =>
  html`<td class="nowrap"><a href="${paths.desk(area, id)}">${id}</a></td>`;

const overdueTag = (desk: Desk, at: Instant | null): Html | null =>
  at !== null && at < desk.uses.clock.now()
    ? html`<span class="tag wrong">${say(desk, words.overdue)}</span>`
    : null;

const timesPart = async (desk: Desk): Promise<Html> => {
  const { uses, request } = desk;
  const year = yearOf(localDateOf(uses.clock.now()));
  const times = timesOf((await uses.cases.advanceTimes(year)).map(({ minutes }) => minutes));
  return html`<h2>${say(desk, words.times)}</h2>
    ${
      times
        ? html`<dl class="facts">
            ${factRow(say(desk, words.timesOf), String(times.count))}
            ${factRow(say(desk, words.median), duration(times.median, request.locale))}
            ${factRow(say(desk, words.worst), duration(times.worst, request.locale))}
          </dl>`
        : html`<p>${say(desk, words.noTimes)}</p>`
    }`;
};

const advanceRow = (desk: Desk, entry: QueueEntry): Html => {
  const { locale } = desk.request;
  const { applicationId, status, advanceFen, deadlineAt } = entry;
  return html`<tr>
    ${caseLink(applicationId, "case")}
    <td>${say(desk, statusNames[status])}</td>
    <td class="figure">${amount(advanceFen ?? zeroFen, locale)}</td>
    <td>${deadlineAt && dateTime(deadlineAt, locale)} ${overdueTag(desk, deadlineAt)}</td>
  </tr>`;
};

const advancesPart = async (desk: Desk): Promise<Html> => {
  const entries = await openAdvances(desk.uses);
  const head = [words.reference, words.status, figureHeading(words.advance), words.deadline];
  return html`<h2>${say(desk, words.open)}</h2>
    ${
      entries.length === 0
        ? html`<p>${say(desk, words.noOpen)}</p>`
        : table(
            desk,
            head,
            entries.map((entry) => advanceRow(desk, entry)),
          )
    }`;
};

const awaitedRow = (desk: Desk, { application, visitDueAt, deadlineAt }: AwaitedPapers): Html => {
  const { locale } = desk.request;
  return html`<tr>
    ${caseLink(application.id, "case")}
    <td class="figure">${amount(application.advanceFen ?? zeroFen, locale)}</td>
    <td>${deadlineAt && lastDayBefore(deadlineAt, locale)} ${overdueTag(desk, deadlineAt)}</td>
    <td>
      ${visitDueAt ? lastDayBefore(visitDueAt, locale) : say(desk, words.visited)}
      ${overdueTag(desk, visitDueAt)}
    </td>
  </tr>`;
};

const awaitedPart = async (desk: Desk): Promise<Html> => {
  const cases = await awaitedPapers(desk.uses);
  const head = [words.reference, figureHeading(words.advance), words.papersDue, words.visitDue];
  return html`<h2>${say(desk, words.follow)}</h2>
    ${
      cases.length === 0
        ? html`<p>${say(desk, words.noOpen)}</p>`
        : table(
            desk,
            head,
            cases.map((one) => awaitedRow(desk, one)),
          )
    }`;
};

const recoveryRow = (desk: Desk, { application, account }: Recovery): Html => {
  const { locale } = desk.request;
  return html`<tr>
    ${caseLink(application.id, "recovery")}
    <td class="figure">${amount(account.dueFen, locale)}</td>
    <td class="figure">${amount(account.backFen, locale)}</td>
    <td class="figure">${amount(account.leftFen, locale)}</td>
    <td>
      ${dateTime(application.since, locale)}
      ${account.proposal && html`<span class="tag wait">${say(desk, words.proposed)}</span>`}
    </td>
  </tr>`;
};

const recoveriesPart = async (desk: Desk): Promise<Html> => {
  const { uses } = desk;
  const page = await uses.cases.queue({ kind: "status", status: "recovery_due" }, listMax);
  const found = await inParallel(page.rows, readsAtOnce, async ({ applicationId }) => {
    const application = await uses.cases.get(applicationId);
    return application?.status === "recovery_due" ? loadRecovery(uses, application) : null;
  });
  const recoveries = found.filter((one) => one !== null);
  const head = [
    words.reference,
    figureHeading(words.claimed),
    figureHeading(words.back),
    figureHeading(words.left),
    words.since,
  ];
  return html`<h2>${say(desk, words.due)}</h2>
    ${
      recoveries.length === 0
        ? html`<p>${say(desk, words.noOpen)}</p>`
        : table(
            desk,
            head,
            recoveries.map((recovery) => recoveryRow(desk, recovery)),
          )
    }`;
};

export const showRecoveries = async (desk: Desk): Promise<PageResponse> =>
  deskPage(desk, {
    title: say(desk, words.title),
    body: html`<h1>${say(desk, words.title)}</h1>
      ${await advancesPart(desk)}${await awaitedPart(desk)}${await recoveriesPart(desk)}
      ${await timesPart(desk)}`,
  });
