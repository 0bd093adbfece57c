/** A case as its applicant follows it: where it stands, what comes next, how much and why, what one can do. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { mayWithdraw } from "#shared/domain/intake.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, labelled, statusMoods, statusNames } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { askedPart, correctLink } from "./asked-part.ts";
import { eventWords, failureWords, meaningOf, nextStepOf } from "./case-words.ts";
import { outcomePart } from "./outcome.ts";

const words = {
  title: { zh: "申请进度", en: "Your application" },
  reference: { zh: "受理编号", en: "Reference" },
  mend: { zh: "更正银行卡", en: "Mend the card details" },
  bank: { zh: "银行说明", en: "What the bank says" },
  timeline: { zh: "办理过程", en: "What has happened" },
  withdraw: { zh: "撤回申请", en: "Withdraw the application" },
} as const satisfies Record<string, Text>;

const timeline = (events: readonly RecordedEvent[], locale: Locale): Html =>
  html`<section class="section">
    <h2>${inLocale(words.timeline, locale)}</h2>
    <ol class="timeline">
      ${events.toReversed().map(
        (event) =>
          html`<li>
            <time datetime="${event.at}">${dateTime(event.at, locale)}</time>
            ${inLocale(eventWords(event), locale)}
          </li>`,
      )}
    </ol>
  </section>`;

/** What the state asks of the applicant, with the way to do it. */
const task = (application: Application, locale: Locale): Html | null => {
  const say = (text: Text): string => inLocale(text, locale);
  const { id, status, failureCode } = application;
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
        <p class="lead">${say(meaningOf(application))}</p>
        ${next && html`<p>${say(next)}</p>`} ${await askedPart(uses, application, events, locale)}
        ${task(application, locale)}
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
