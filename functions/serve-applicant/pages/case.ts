/** A case as its applicant follows it: where it stands, what comes next, how much and why, what one can do. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { toldToApplicant } from "#shared/domain/claim-back.ts";
import { isCardToCheck } from "#shared/domain/card-check.ts";
import { mayWithdraw } from "#shared/domain/intake.ts";
import { policyOf } from "#shared/casework/load.ts";
import { progressOf, type Milestone } from "#shared/domain/progress.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, labelled, statusMoods, statusNames } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { progressPart } from "#shared/web/progress-part.ts";
import { tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { askedPart, correctLink } from "./asked-part.ts";
import { eventWords, failureWords, meaningOf, nextStepOf } from "#shared/web/case-words.ts";
import { feedbackPart } from "./feedback-part.ts";
import { outcomePart } from "./outcome.ts";
import { renewalPart } from "./renewal.ts";

const words = {
  title: { zh: "申请进度", en: "Your application" },
  reference: { zh: "受理编号", en: "Reference" },
  mend: { zh: "更正银行卡", en: "Mend the card details" },
  bank: { zh: "银行说明", en: "What the bank says" },
  timeline: { zh: "全部办理记录", en: "Everything that has happened" },
  withdraw: { zh: "撤回申请", en: "Withdraw the application" },
} as const satisfies Record<string, Text>;

/** The whole trail, folded: the milestones above say where the case stands. */
const timeline = (events: readonly RecordedEvent[], locale: Locale): Html =>
  html`<details>
    <summary>${inLocale(words.timeline, locale)}</summary>
    <ol class="timeline">
      ${toldToApplicant(events)
        .toReversed()
        .map(
          (event) =>
            html`<li>
              <time datetime="${event.at}">${dateTime(event.at, locale)}</time>
              ${inLocale(eventWords(event), locale)}
            </li>`,
        )}
    </ol>
  </details>`;

const milestones = (
  uses: Uses,
  application: Application,
  events: readonly RecordedEvent[],
  { grassRootsNotice, finalNotice }: EveryProgramme,
): readonly Milestone[] =>
  progressOf(application, events, {
    grassRootsNotice,
    finalNotice,
    route: policyOf(uses, application).route,
  });

/** What the state asks of the applicant, with the way to do it. */
const task = (application: Application, locale: Locale): Html | null => {
  const say = (text: Text): string => inLocale(text, locale);
  const { id, status, failureCode } = application;
  if (isCardToCheck(application)) return null;
  if (status === "payment_failed") {
    const failure = failureWords(failureCode);
    return html`<div class="notice wrong">
      ${failure && html`<p>${labelled(words.bank, locale)}${say(failure)}</p>`}
      <p><a class="button" href="${paths.card(id)}">${say(words.mend)}</a></p>
    </div>`;
  }
  return null;
};

export const casePage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const events = await uses.cases.events(application);
  const next = nextStepOf(application);
  const mood = statusMoods[application.status];
  const token = await tokenField(uses, own, "leave");
  return htmlPage(
    200,
    page({
      locale,
      title: say(words.title),
      path: paths.case(application.id),
      body: html`<h1>${say(programme.title)}</h1>
        <p>
          <span class="tag ${mood}">${say(statusNames[application.status])}</span>
          <span class="soft"
            >${say(words.reference)} <span class="code">${application.id}</span></span
          >
        </p>
        <p class="lead">${say(meaningOf(application, events))}</p>
        ${next && html`<p>${say(next)}</p>`} ${await askedPart(uses, application, events, locale)}
        ${task(application, locale)} ${await feedbackPart(uses, application, events, locale)}
        ${progressPart(milestones(uses, application, events, programme), locale)}
        ${await renewalPart(uses, request, own)}
        ${await outcomePart(uses, application, events, programme, locale)}
        ${timeline(events, locale)}
        <div class="actions section">
          ${correctLink(application, locale)}
          ${
            mayWithdraw(application) &&
            html`<a href="${paths.withdraw(application.id)}">${say(words.withdraw)}</a>`
          }
          <form method="post" action="${paths.leave(application.id)}">
            ${token}<button class="second">${say(actions.leave)}</button>
          </form>
        </div>`,
    }),
  );
};
