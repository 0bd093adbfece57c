/**
 * The case on one screen: amount first, then why, what earlier tiers said, and the decision. Names, numbers and
 * papers are shown only after the PIN: a forwarded mail shows figures and a masked name.
 */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { categoryTitles, type Assessment } from "#shared/domain/assessment.ts";
import { comparisonFlagsOf } from "#shared/casework/compare-branches.ts";
import { policyOf, programmeOf } from "#shared/casework/load.ts";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { tierAbove } from "#shared/domain/decision.ts";
import { offeredDecisions } from "#shared/domain/decision-problem.ts";
import type { Answers, FieldKind } from "#shared/domain/form.ts";
import { isAdvance, underDecisionFen } from "#shared/domain/fast-track.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { tierTitles, unitOf } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { comparisonNotice } from "#shared/web/comparison-notice.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { eventNames } from "#shared/web/messages.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";
import type { Uses } from "../uses.ts";
import { decisionForm, openForm, problemSummary, recuseForm } from "./decision-controls.ts";
import { askedNotice } from "./asked-part.ts";
import type { CaseView } from "./case-view.ts";
import { reviewPart, reviewTitles } from "./review-part.ts";
import { amountTitle, fastTrackNote } from "./fast-track-part.ts";
import { handlingNotice, handlingPart } from "./handling-part.ts";
import { nearNotice } from "./near-notice.ts";
import { approverNavigation } from "./states.ts";
import { paths } from "#shared/web/paths.ts";

const words = {
  recommended: { zh: "建议救助金额", en: "Recommended amount" },
  refused: { zh: "规则建议：不予救助", en: "The rules recommend refusal" },
  applicant: { zh: "申请人", en: "Applicant" },
  office: { zh: "申报工会", en: "Office" },
  programme: { zh: "救助项目", en: "Programme" },
  category: { zh: "困难类别", en: "Category" },
  reference: { zh: "受理编号", en: "Reference" },
  submitted: { zh: "提交时间", en: "Sent" },
  deadline: { zh: "审批期限", en: "Decide by" },
  route: { zh: "本级之后", en: "After this tier" },
  final: { zh: "本级决定后即生效", en: "This tier decides finally" },
  reasons: { zh: "规则核对", en: "What the rules found" },
  flags: { zh: "请留意", en: "Please look at" },
  earlier: { zh: "办理经过", en: "What has happened" },
  facts: { zh: "申请内容", en: "What was applied for" },
  papers: { zh: "材料", en: "Papers" },
} as const satisfies Record<string, Text>;

const assessmentOf = (events: readonly RecordedEvent[]): Assessment | undefined =>
  events.findLast(({ type }) => type === "assessed")?.confidential?.assessment;

const headline = ({ link, locale }: CaseView, assessment: Assessment | undefined): Html => {
  const { application } = link;
  return application.recommendation === "approve"
    ? html`<p class="soft">${inLocale(amountTitle(application) ?? words.recommended, locale)}</p>
        <p class="big">${amount(underDecisionFen(application), locale)}</p>
        ${fastTrackNote(application, locale)}`
    : html`<p class="big">${inLocale(words.refused, locale)}</p>
        <p class="lead">
          ${assessment?.refusal ? inLocale(assessment.refusal.says, locale) : null}
        </p>`;
};

const factRow = (label: Text, value: string, locale: Locale): Html =>
  html`<dt>${inLocale(label, locale)}</dt>
    <dd>${value}</dd>`;

/** An advance has hours, an award has days. */
const deadlineOf = (application: Application, end: Instant, locale: Locale): string =>
  isAdvance(application) ? dateTime(end, locale) : lastDayBefore(end, locale);

const overview = async (uses: Uses, view: CaseView, answers: Answers): Promise<Html> => {
  const { link, locale, whole } = view;
  const { application, approval } = link;
  const office =
    application.unitId && unitOf(await uses.directory.organisation(), application.unitId);
  const above = tierAbove(application, application.amountFen, policyOf(uses, application));
  const name = answers["applicantName"] ?? "";
  return html`<dl class="facts">
    ${factRow(words.applicant, whole ? name : maskedName(name), locale)}
    ${office ? factRow(words.office, inLocale(office.name, locale), locale) : null}
    ${
      application.category
        ? factRow(words.category, inLocale(categoryTitles[application.category], locale), locale)
        : null
    }
    ${factRow(words.reference, application.id, locale)}
    ${
      application.submittedAt
        ? factRow(words.submitted, dateTime(application.submittedAt, locale), locale)
        : null
    }
    ${factRow(words.deadline, deadlineOf(application, approval.expiresAt, locale), locale)}
    ${factRow(words.route, inLocale(above ? tierTitles[above] : words.final, locale), locale)}
  </dl>`;
};

const marks = { met: "✓", missed: "✗", applied: "＝", flagged: "!" } as const;

const reasons = (assessment: Assessment | undefined, locale: Locale): Html | null => {
  if (!assessment) return null;
  const flags = assessment.flags.map((flag) => html`<li>${inLocale(flag, locale)}</li>`);
  return html`<h2>${inLocale(words.reasons, locale)}</h2>
    ${
      flags.length > 0
        ? html`<div class="notice wait">
            <h3>${inLocale(words.flags, locale)}</h3>
            <ul>
              ${flags}
            </ul>
          </div>`
        : null
    }
    <ul class="files">
      ${assessment.steps.map(
        (step) =>
          html`<li>
            <span aria-hidden="true">${marks[step.outcome]}</span> ${inLocale(step.says, locale)}
            <span class="soft small">${step.clause}</span>
          </li>`,
      )}
    </ul>`;
};

/** An appeal's words, and why somebody stood aside, may name people: they are shown after the PIN only. */
const personalReasons: readonly RecordedEvent["type"][] = ["appealed", "recused"];

const history = ({ locale, whole }: CaseView, events: readonly RecordedEvent[]): Html =>
  html`<h2>${inLocale(words.earlier, locale)}</h2>
    <ol class="timeline">
      ${events.map(
        (event) =>
          html`<li>
            ${inLocale(eventNames[event.type], locale)}
            ${
              event.confidential?.reason && (whole || !personalReasons.includes(event.type))
                ? html`<br /><span class="soft">${lines(event.confidential.reason)}</span>`
                : null
            }
            <time>${dateTime(event.at, locale)}</time>
          </li>`,
      )}
    </ol>`;

/** An answer as a person reads it: the words of a choice, not its code. */
const shownAnswer = (
  field: { readonly options?: readonly { readonly value: string; readonly label: Text }[] },
  typed: string,
  locale: Locale,
): string => {
  const option = field.options?.find(({ value }) => value === typed);
  return option ? inLocale(option.label, locale) : typed;
};

/** Consents were given or the case would not be here; the office stands at the top already. */
const notListed: readonly FieldKind[] = ["consent", "unit"];

const facts = ({ link, locale }: CaseView, answers: Answers): Html => {
  const { form } = programmeOf(link.application);
  const sections = form.sections.map((section) => ({
    title: section.title,
    rows: section.fields.flatMap((name) => {
      const field = form.fields[name];
      const typed = answers[name] ?? "";
      return field && typed !== "" && !notListed.includes(field.kind)
        ? [factRow(field.label, shownAnswer(field, typed, locale), locale)]
        : [];
    }),
  }));
  return html`<h2>${inLocale(words.facts, locale)}</h2>
    ${sections
      .filter(({ rows }) => rows.length > 0)
      .map(
        ({ title, rows }) =>
          html`<h3>${inLocale(title, locale)}</h3>
            <dl class="facts">${rows}</dl>`,
      )}`;
};

const papersList = async (uses: Uses, { link, locale }: CaseView): Promise<Html> => {
  const { application } = link;
  const papers = await uses.cases.papers(application.id);
  const titles = await paperTitlesOf(uses, application);
  const secret = decodeURIComponent(link.path.slice(paths.decide("").length));
  return html`<h2>${inLocale(words.papers, locale)}</h2>
    <ul class="files">
      ${papers.map(({ number, kind }) => {
        return html`<li>
          <a href="${paths.decidePaper(secret, number)}"
            >${number}. ${inLocale(titles.get(kind) ?? otherPaper, locale)}</a
          >
        </li>`;
      })}
    </ul>`;
};

export const casePage = async (uses: Uses, view: CaseView): Promise<PageResponse> => {
  const { link, locale } = view;
  const { application } = link;
  const answers = (await uses.cases.answers(application)) ?? {};
  const events = await uses.cases.events(application);
  const assessment = assessmentOf(events);
  const programme = programmeOf(application);
  const part = isReviewed(application.status)
    ? reviewTitles[application.status]
    : tierTitles[link.approval.tier];
  const title = `${inLocale(programme.title, locale)} · ${inLocale(part, locale)}`;
  const body = html`${problemSummary(view)}
    <h1>${title}</h1>
    <div class="panel">${headline(view, assessment)}${await overview(uses, view, answers)}</div>
    ${await handlingNotice(uses, view, events)}${await nearNotice(uses, view)}
    ${comparisonNotice(await comparisonFlagsOf(uses, application), locale)}
    ${await askedNotice(uses, view)}${await reviewPart(uses, view, events)}
    ${decisionForm(view, offeredDecisions(application))}${reasons(assessment, locale)}
    ${await handlingPart(uses, view, events)}${history(view, events)}
    ${view.whole ? html`${facts(view, answers)}${await papersList(uses, view)}` : openForm(view)}
    ${recuseForm(view)}`;
  return htmlPage(
    view.status,
    page({
      locale,
      title,
      path: link.path,
      body,
      navigation: approverNavigation,
      wrong: view.status === 422,
    }),
  );
};
