/**
 * Why a case came out as it did, and what one can do now (policy 4.3: a refusal is always in writing, with its
 * reasons). Printed, the page is the written notice (决定告知书): reference, office and day stand at its head.
 */
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles, type RuleStep } from "#shared/domain/assessment.ts";
import { tierTitles, unitAtTier } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { isWrongPaymentCause } from "#shared/domain/claim-back.ts";
import { isAdverse, outcomeReasons } from "#shared/domain/reasons.ts";
import { claimIn, isReturnedByBank } from "#shared/domain/recovery.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { eventNames, labelled } from "#shared/web/messages.ts";
import type { Uses } from "../uses.ts";
import { toPayBack } from "#shared/web/fast-track-words.ts";
import { kindWords, outcomeWords as words, wrongPaymentWords } from "#shared/web/outcome-words.ts";
import { nowPart, type OutcomeView } from "./remedies.ts";

const row = (label: Text, value: string, locale: Locale): Html =>
  html`<dt>${inLocale(label, locale)}</dt>
    <dd>${value}</dd>`;

/** What makes the printed page a notice: it doesn't show on the screen, where all of it stands above already. */
const noticeHead = async (uses: Uses, view: OutcomeView): Promise<Html> => {
  const { application, reasons, programme, locale } = view;
  const { unitId } = application;
  const organisation = await uses.directory.organisation();
  const office = unitId && reasons.tier && unitAtTier(organisation, unitId, reasons.tier);
  return html`<div class="printed">
    <h2>${inLocale(words.notice, locale)}</h2>
    <dl class="facts">
      ${row(words.reference, application.id, locale)}
      ${row(words.programme, inLocale(programme.title, locale), locale)}
      ${row(words.outcome, inLocale(kindWords[reasons.kind], locale), locale)}
      ${office ? row(words.office, inLocale(office.name, locale), locale) : null}
      ${row(words.day, date(localDateOf(reasons.decidedAt), locale), locale)}
    </dl>
  </div>`;
};

const amountsPart = ({ application, events, reasons, locale }: OutcomeView): Html | null => {
  const { kind, assessment } = reasons;
  if (kind === "recovery_due") {
    if (isReturnedByBank(events)) return null;
    const due = toPayBack(application, events, locale);
    return html`<h2>${inLocale(due.label, locale)}</h2>
      <p class="big">${due.amount}</p>`;
  }
  if (kind !== "approved" && kind !== "lowered") return null;
  const computed =
    kind === "lowered" && assessment
      ? html`<p class="soft">
          ${labelled(words.computedAmount, locale)}${amount(assessment.amountFen, locale)}
        </p>`
      : null;
  return html`<h2>${inLocale(words.amount, locale)}</h2>
    <p class="big">${amount(application.amountFen, locale)}</p>
    ${computed}`;
};

const marks = { met: "✓", missed: "✗", applied: "＝", flagged: "·" } as const;
const markWords = { met: words.met, missed: words.missed, flagged: words.looked } as const;

const stepLine = (step: RuleStep, locale: Locale): Html => {
  const heard =
    step.outcome === "applied"
      ? null
      : html`<span class="unseen">${labelled(markWords[step.outcome], locale)}</span>`;
  return html`<li>
    <span aria-hidden="true">${marks[step.outcome]}</span> ${heard}${inLocale(step.says, locale)}
    <span class="soft small nowrap">${inLocale(words.clause, locale)} ${step.clause}</span>
  </li> `;
};

const stepList = (title: Text, steps: readonly RuleStep[], locale: Locale): Html | null =>
  steps.length === 0
    ? null
    : html`<h3>${inLocale(title, locale)}</h3>
        <ul class="files">
          ${steps.map((step) => stepLine(step, locale))}
        </ul>`;

/** Why money that was paid is claimed back, where it was found wrong later. */
const causePart = ({ events, locale }: OutcomeView): Html | null => {
  const cause = claimIn(events)?.detail["cause"];
  return isWrongPaymentCause(cause)
    ? html`<h3>${inLocale(words.reason, locale)}</h3>
        <p>${inLocale(wrongPaymentWords[cause], locale)}</p>`
    : null;
};

const reasonPart = (view: OutcomeView): Html | null => {
  const { reasons, locale } = view;
  const { kind, assessment } = reasons;
  if (kind === "recovery_due") return causePart(view);
  const byRules = kind === "refused_by_rules" || kind === "appeal_dismissed";
  const refusal = byRules ? assessment?.refusal : null;
  return refusal
    ? html`<h3>${inLocale(words.reason, locale)}</h3>
        <p>${inLocale(refusal.says, locale)}</p>`
    : null;
};

const saidPart = ({ reasons: { said }, locale }: OutcomeView): Html | null =>
  said.length === 0
    ? null
    : html`<h3>${inLocale(words.said, locale)}</h3>
        ${said.map(({ type, at, tier, words: written }) => {
          const who = [tier && tierTitles[tier], eventNames[type]]
            .filter((text) => text !== null)
            .map((text) => inLocale(text, locale));
          const day = date(localDateOf(at), locale);
          return html`<p>
            <span class="soft small">${[...who, day].join(" · ")}</span><br />${lines(written)}
          </p>`;
        })}`;

const papersPart = async (
  uses: Uses,
  { application, locale }: OutcomeView,
): Promise<Html | null> => {
  const papers = await uses.cases.papers(application.id);
  if (papers.length === 0) return null;
  const titles = await paperTitlesOf(uses, application);
  const counts = new Map<string, number>();
  for (const { kind } of papers) {
    const title = inLocale(titles.get(kind) ?? otherPaper, locale);
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const listed = [...counts].map(([title, count]) => (count > 1 ? `${title} × ${count}` : title));
  return row(words.papers, listed.join(locale === "zh-CN" ? "、" : ", "), locale);
};

const lookedAtPart = async (uses: Uses, view: OutcomeView): Promise<Html> => {
  const { application, reasons, locale } = view;
  const { visit, assessment } = reasons;
  const say = (text: Text): string => inLocale(text, locale);
  const visited =
    visit &&
    `${date(visit.on, locale)} · ${say(visit.confirmed ? words.borneOut : words.notBorneOut)}`;
  return html`<h3>${say(words.lookedAt)}</h3>
    <dl class="facts">
      ${await papersPart(uses, view)}${visited ? row(words.visit, visited, locale) : null}
      ${row(words.file, application.fileId ?? say(words.noFile), locale)}
      ${
        assessment?.category
          ? row(words.category, say(categoryTitles[assessment.category]), locale)
          : null
      }
      ${assessment ? row(words.rules, assessment.policyVersion, locale) : null}
    </dl>`;
};

/**
 * Conditions, figures and what was looked at. Who got what the rules computed may open it; everybody else sees it,
 * and has it on paper. What was withdrawn was never decided: the rules had only recommended.
 */
const explanation = async (uses: Uses, view: OutcomeView): Promise<Html | null> => {
  const { reasons, locale } = view;
  const { kind, conditions, computed, lookedInto } = reasons;
  if (kind === "withdrawn") return null;
  const lapsed = kind === "lapsed";
  const whole = html`${stepList(lapsed ? words.preliminary : words.conditions, conditions, locale)}
  ${lapsed ? null : stepList(words.computed, computed, locale)}
  ${stepList(words.lookedInto, lookedInto, locale)} ${await lookedAtPart(uses, view)}`;
  return kind === "approved"
    ? html`<details>
        <summary>${inLocale(words.why, locale)}</summary>
        ${whole}
      </details>`
    : whole;
};

/** Reasons and remedies of a decided case; null while nothing has been decided. */
export const outcomePart = async (
  uses: Uses,
  application: Application,
  events: readonly RecordedEvent[],
  programme: EveryProgramme,
  locale: Locale,
): Promise<Html | null> => {
  const reasons = outcomeReasons(application, events);
  if (!reasons) return null;
  const view: OutcomeView = { application, events, reasons, programme, locale };
  const { kind } = reasons;
  return html`<section class="section">
    ${isAdverse(kind) ? await noticeHead(uses, view) : null}${amountsPart(view)}${reasonPart(view)}
    ${saidPart(view)}${await explanation(uses, view)}${nowPart(uses, view)}
    ${
      isAdverse(kind)
        ? html`<p class="soft small unprinted">${inLocale(words.print, locale)}</p>`
        : null
    }
  </section>`;
};
