/** After the payment: did the money come, and how was it (满意度). Asked once, answered in a minute. */
import {
  feedbackWordsMax,
  paidAtOf,
  readFeedback,
  type FeedbackProblem,
  type Satisfaction,
} from "#shared/domain/feedback.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";

const words = {
  title: { zh: "款项收到了吗？", en: "Did the money arrive?" },
  lead: {
    zh: "两个问题，一分钟。您的回答只用来改进服务和核对到账，不影响这次或以后的救助。",
    en: "Two questions, a minute. Your answers serve to mend the service and to check the payment; they change nothing about this help or any later.",
  },
  arrived: { zh: "救助金到账了吗？", en: "Has the money reached your card?" },
  arrivedHint: {
    zh: "一般在发放后1到3个工作日到账，请先看看银行卡余额或短信。",
    en: "It mostly takes one to three working days. Please look at your card's balance first.",
  },
  yes: { zh: "到账了", en: "Yes" },
  no: { zh: "没有到账", en: "No" },
  satisfied: { zh: "您对这次办理满意吗？", en: "How was it for you?" },
  say: { zh: "还有什么想说的（选填）", en: "Anything else (optional)" },
  sayHint: {
    zh: `最多${feedbackWordsMax}个字。请不要写身份证号和银行卡号。`,
    en: `At most ${feedbackWordsMax} characters, and please no ID or card numbers.`,
  },
  send: { zh: "提交", en: "Send" },
  nothing: {
    zh: "款项还没有发放，暂时不用填写。",
    en: "Nothing has been paid yet, so there is nothing to answer.",
  },
} as const satisfies Record<string, Text>;

export const satisfactionWords: Readonly<Record<Satisfaction, Text>> = {
  5: { zh: "很满意", en: "Very good" },
  4: { zh: "满意", en: "Good" },
  3: { zh: "一般", en: "Neither" },
  2: { zh: "不满意", en: "Poor" },
  1: { zh: "很不满意", en: "Very poor" },
};

const problems: Readonly<
  Record<FeedbackProblem, { readonly control: string; readonly says: Text }>
> = {
  arrived_required: {
    control: "arrived",
    says: { zh: "请选择救助金是否到账", en: "Say whether the money has arrived" },
  },
  satisfaction_required: {
    control: "satisfaction",
    says: { zh: "请选择一个满意程度", en: "Choose one of the five answers" },
  },
  words_too_long: {
    control: "words",
    says: {
      zh: `最多${feedbackWordsMax}个字，请缩短`,
      en: `Shorten it to at most ${feedbackWordsMax} characters`,
    },
  },
};

interface Shown {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly FeedbackProblem[];
  readonly locale: Locale;
}

const problemAt = ({ problems: found, locale }: Shown, control: string): Html | null => {
  const problem = found.find((one) => problems[one].control === control);
  return problem
    ? html`<span class="problem" id="${control}-problem"
        >${inLocale(problems[problem].says, locale)}</span
      >`
    : null;
};

const radios = (
  shown: Shown,
  name: string,
  legend: Text,
  options: readonly (readonly [string, Text])[],
  hint: Text | null,
): Html => {
  const problem = problemAt(shown, name);
  return html`<fieldset class="${problem ? "item wrong" : "item"}">
    <legend>${inLocale(legend, shown.locale)}</legend>
    ${hint && html`<span class="hint">${inLocale(hint, shown.locale)}</span>`}${problem}
    <div class="ticks">
      ${options.map(
        ([value, label], index) =>
          html`<label class="tick"
            ><input${attributes({
              type: "radio",
              name,
              value,
              id: index === 0 ? name : `${name}-${value}`,
              checked: shown.typed[name] === value,
            })} /><span>${inLocale(label, shown.locale)}</span></label
          >`,
      )}
    </div>
  </fieldset>`;
};

const wordsItem = (shown: Shown): Html => {
  const problem = problemAt(shown, "words");
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="words">${inLocale(words.say, shown.locale)}</label>
    <span class="hint" id="words-hint">${inLocale(words.sayHint, shown.locale)}</span>${problem}
    <textarea
      name="words"
      id="words"
      aria-describedby="${problem ? "words-hint words-problem" : "words-hint"}"
    >
${shown.typed["words"] ?? ""}</textarea>
  </div>`;
};

const feedbackForm = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  found: readonly FeedbackProblem[],
  status: number,
  notice?: Text,
): Promise<PageResponse> => {
  const { locale } = request;
  const { id } = own.application;
  const shown: Shown = { typed: request.form, problems: found, locale };
  const options = ([5, 4, 3, 2, 1] as const).map(
    (one) => [String(one), satisfactionWords[one]] as const,
  );
  const summary = found.map((one) => ({
    href: `#${problems[one].control}`,
    words: inLocale(problems[one].says, locale),
  }));
  return htmlPage(
    status,
    page({
      locale,
      title: inLocale(words.title, locale),
      path: paths.feedback(id),
      wrong: status === 422,
      body: html`${errorSummary(summary, locale)}
        <h1>${inLocale(words.title, locale)}</h1>
        ${notice && html`<div class="notice wait" role="status"><p>${inLocale(notice, locale)}</p></div>`}
        <p>${inLocale(words.lead, locale)}</p>
        <form method="post" action="${paths.feedback(id)}" novalidate>
          ${await tokenField(uses, own, "feedback")}
          ${radios(
            shown,
            "arrived",
            words.arrived,
            [
              ["yes", words.yes],
              ["no", words.no],
            ],
            words.arrivedHint,
          )}
          ${radios(shown, "satisfaction", words.satisfied, options, null)}${wordsItem(shown)}
          <div class="actions">
            <button>${inLocale(words.send, locale)}</button>
            <a href="${paths.case(id)}">${inLocale(actions.back, locale)}</a>
          </div>
        </form>`,
    }),
  );
};

const nothingPaid = ({ locale }: PageRequest, { application }: OwnCase): PageResponse =>
  htmlPage(
    409,
    page({
      locale,
      title: inLocale(words.title, locale),
      path: paths.feedback(application.id),
      body: html`<h1>${inLocale(words.title, locale)}</h1>
        <p>${inLocale(words.nothing, locale)}</p>
        <p><a href="${paths.case(application.id)}">${inLocale(actions.back, locale)}</a></p>`,
    }),
  );

const save = async (
  uses: Uses,
  { application }: OwnCase,
  paidAt: Instant,
  given: Extract<ReturnType<typeof readFeedback>, { kind: "feedback" }>["given"],
): Promise<PageResponse> => {
  const { id, programmeId, unitId } = application;
  // Sent twice, the first one stands; either way the case page shows what is kept.
  await uses.feedback.put({
    ...given,
    applicationId: id,
    programmeId,
    unitId,
    paidAt,
    givenAt: uses.clock.now(),
    settledBy: null,
    settledAt: null,
  });
  return redirect(paths.case(id));
};

export const feedbackPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
): Promise<PageResponse> => {
  const { application } = own;
  const paidAt = paidAtOf(application, await uses.cases.events(application));
  if (paidAt === null) return nothingPaid(request, own);
  if (await uses.feedback.get(application.id, paidAt)) return redirect(paths.case(application.id));
  if (request.method === "GET") return feedbackForm(uses, request, own, [], 200);
  if (!(await hasToken(uses, request, own, "feedback"))) {
    return feedbackForm(uses, request, own, [], 403, expiredForm);
  }
  const read = readFeedback({
    arrived: request.form["arrived"] ?? "",
    satisfaction: request.form["satisfaction"] ?? "",
    words: request.form["words"] ?? "",
  });
  return read.kind === "feedback"
    ? save(uses, own, paidAt, read.given)
    : feedbackForm(uses, request, own, read.problems, 422);
};
