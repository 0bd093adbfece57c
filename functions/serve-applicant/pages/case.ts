/** A case as its applicant follows it: where it stands, what comes next, how much and why, what one can do. */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles, type Assessment } from "#shared/domain/assessment.ts";
import { mayWithdraw } from "#shared/domain/intake.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, labelled, statusMoods, statusNames } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import {
  askedFor,
  eventWords,
  failureWords,
  isDecided,
  isGranted,
  lastAssessment,
  lastReason,
  meaningOf,
  nextStepOf,
} from "./case-words.ts";

const words = {
  title: { zh: "申请进度", en: "Your application" },
  reference: { zh: "受理编号", en: "Reference" },
  amount: { zh: "救助金额", en: "Amount" },
  category: { zh: "认定类别", en: "Category" },
  asked: { zh: "需要补充", en: "What is needed" },
  give: { zh: "现在补充", en: "Send it now" },
  mend: { zh: "更正银行卡", en: "Mend the card details" },
  bank: { zh: "银行说明", en: "What the bank says" },
  reason: { zh: "审批人的说明", en: "What the union says" },
  why: { zh: "核算依据", en: "How it was worked out" },
  instead: { zh: "您可以", en: "What you can do" },
  clause: { zh: "条款", en: "Clause" },
  timeline: { zh: "办理过程", en: "What has happened" },
  withdraw: { zh: "撤回申请", en: "Withdraw the application" },
} as const satisfies Record<string, Text>;

const reasons = (assessment: Assessment, locale: Locale): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const { refusal, category, steps } = assessment;
  return html`${refusal && html`<p>${say(refusal.says)}</p>`}
    ${refusal?.suggests && html`<p><strong>${labelled(words.instead, locale)}</strong>${say(refusal.suggests)}</p>`}
    ${category && html`<p>${labelled(words.category, locale)}${say(categoryTitles[category])}</p>`}
    <details>
      <summary>${say(words.why)}</summary>
      <ol>
        ${steps.map(
          (step) =>
            html`<li>
              ${say(step.says)}
              <span class="soft small">${say(words.clause)} ${step.clause}</span>
            </li>`,
        )}
      </ol>
    </details>`;
};

const decision = (
  application: Application,
  events: readonly RecordedEvent[],
  locale: Locale,
): Html | null => {
  if (!isDecided(application)) return null;
  const assessment = lastAssessment(events);
  const lowered = assessment !== null && application.amountFen < assessment.amountFen;
  const reason = isGranted(application)
    ? lowered && lastReason(events, ["tier_approved", "approved", "approved_without_funds"])
    : lastReason(events, ["rejected", "refusal_confirmed", "refusal_confirmed_at_tier"]);
  return html`<section class="section">
    ${
      isGranted(application) &&
      html`<h2>${inLocale(words.amount, locale)}</h2>
        <p class="big">${amount(application.amountFen, locale)}</p>`
    }
    ${
      reason &&
      html`<h3>${inLocale(words.reason, locale)}</h3>
        <p>${lines(reason)}</p>`
    }
    ${assessment && reasons(assessment, locale)}
  </section>`;
};

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
const task = (
  application: Application,
  events: readonly RecordedEvent[],
  locale: Locale,
): Html | null => {
  const say = (text: Text): string => inLocale(text, locale);
  const { id, status, failureCode } = application;
  if (status === "needs_information") {
    const asked = askedFor(events);
    return html`<div class="notice wait">
      <h2>${say(words.asked)}</h2>
      ${asked !== null && html`<p>${lines(asked)}</p>`}
      <p><a class="button" href="${paths.information(id)}">${say(words.give)}</a></p>
    </div>`;
  }
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
        ${next && html`<p>${say(next)}</p>`} ${task(application, events, locale)}
        ${decision(application, events, locale)} ${timeline(events, locale)}
        <div class="actions section">
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
