/** The first screen of a phone: what is decided, how much, for whom, what the rules say of it, and until when. */
import type { Application } from "#shared/domain/application.ts";
import { categoryTitles, type Assessment } from "#shared/domain/assessment.ts";
import { policyOf } from "#shared/casework/load.ts";
import { tierAbove } from "#shared/domain/decision.ts";
import { isAdvance, underDecisionFen } from "#shared/domain/fast-track.ts";
import type { Answers } from "#shared/domain/form.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { tierTitles, unitOf } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { chineseCapitals } from "#shared/kernel/money.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { amount, dateTime, lastDayBefore } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";
import { amountTitle, fastTrackNote } from "./fast-track-part.ts";

const words = {
  recommended: { zh: "建议救助金额", en: "Recommended amount" },
  refused: { zh: "规则建议：不予救助", en: "The rules recommend refusal" },
  applicant: { zh: "申请人", en: "Applicant" },
  office: { zh: "申报工会", en: "Office" },
  category: { zh: "困难类别", en: "Category" },
  deadline: { zh: "审批期限", en: "Decide by" },
  submitted: { zh: "提交", en: "sent" },
  next: { zh: "本级之后：", en: "Next: " },
  final: { zh: "本级决定后即生效", en: "This tier decides finally" },
  whole: { zh: "查看姓名、证件和材料", en: "Names, numbers and papers" },
  papers: { zh: "查看材料", en: "See the papers" },
} as const satisfies Record<string, Text>;

const headline = (view: CaseView, assessment: Assessment | undefined): Html => {
  const { link, locale } = view;
  const { application } = link;
  if (application.recommendation !== "approve") {
    return html`<p class="big">${inLocale(words.refused, locale)}</p>
      <p>${assessment?.refusal ? inLocale(assessment.refusal.says, locale) : null}</p>`;
  }
  const amountFen = underDecisionFen(application);
  return html`<p class="soft">${inLocale(amountTitle(application) ?? words.recommended, locale)}</p>
    <p class="big">${amount(amountFen, locale)}</p>
    ${locale === "zh-CN" ? html`<p class="capitals">${chineseCapitals(amountFen)}</p>` : null}`;
};

/** An advance has hours, an award has days. */
const deadlineOf = (application: Application, end: Instant, locale: Locale): string =>
  isAdvance(application) ? dateTime(end, locale) : lastDayBefore(end, locale);

const fact = (label: Text, value: string, locale: Locale): Html =>
  html`<div>
    <dt>${inLocale(label, locale)}</dt>
    <dd>${value}</dd>
  </div>`;

const countsOf = ({ steps, flags }: Assessment): Text => {
  const countOf = (outcome: string): number =>
    steps.filter((step) => step.outcome === outcome).length;
  const [met, missed] = [countOf("met"), countOf("missed")];
  return {
    zh: [
      `规则核对：符合${met}项`,
      ...(missed > 0 ? [`不符${missed}项`] : []),
      ...(flags.length > 0 ? [`需留意${flags.length}项`] : []),
    ].join("，"),
    en: [
      `Rules: ${met} met`,
      ...(missed > 0 ? [`${missed} not met`] : []),
      ...(flags.length > 0 ? [`${flags.length} to look at`] : []),
    ].join(", "),
  };
};

/** What the rules say in one line, which leads to the whole of it. */
const rulesLine = (assessment: Assessment | undefined, locale: Locale): Html | null => {
  if (!assessment) return null;
  const isClean = assessment.recommendation === "approve" && assessment.flags.length === 0;
  return html`<p class="rules ${isClean ? "good" : "wait"}">
    <a href="#reasons">${inLocale(countsOf(assessment), locale)}</a>
  </p>`;
};

const byTheWay = (uses: Uses, { link, locale }: CaseView): Html => {
  const { application } = link;
  const above = tierAbove(application, application.amountFen, policyOf(uses, application));
  const next = above
    ? `${inLocale(words.next, locale)}${inLocale(tierTitles[above], locale)}`
    : inLocale(words.final, locale);
  const sent = application.submittedAt && dateTime(application.submittedAt, locale);
  return html`<p class="soft small">
    <span class="code">${application.id}</span>${
      sent ? ` · ${sent} ${inLocale(words.submitted, locale)}` : ""
    }
    · ${next}
  </p>`;
};

/** The panel at the top of the case. */
export const summaryPart = async (
  uses: Uses,
  view: CaseView,
  assessment: Assessment | undefined,
  answers: Answers,
): Promise<Html> => {
  const { link, locale, whole } = view;
  const { application, approval } = link;
  const office =
    application.unitId && unitOf(await uses.directory.organisation(), application.unitId);
  const name = answers["applicantName"] ?? "";
  return html`<div class="panel brief">
      ${headline(view, assessment)}
      <dl>
        ${fact(words.applicant, whole ? name : maskedName(name), locale)}
        ${
          application.category
            ? fact(words.category, inLocale(categoryTitles[application.category], locale), locale)
            : null
        }
        ${office ? fact(words.office, inLocale(office.name, locale), locale) : null}
        ${fact(words.deadline, deadlineOf(application, approval.expiresAt, locale), locale)}
      </dl>
      ${rulesLine(assessment, locale)}
      <p class="rules open">
        <a href="${whole ? "#papers" : "#whole"}"
          >${inLocale(whole ? words.papers : words.whole, locale)}</a
        >
      </p>
      ${byTheWay(uses, view)}
    </div>
    ${fastTrackNote(application, locale)}`;
};
