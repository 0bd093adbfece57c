/**
 * Appealing a refusal (复议, policy 4.3): until when, what happens, who looks at it; then the words, which only
 * the reviewer and those who decide read.
 */
import { appealableNow, fileAppeal } from "#shared/casework/appeal.ts";
import { appealWordsMax } from "#shared/domain/appeal.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, formWords } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { appealClosedWords, appealWordsProblem, byLastDay } from "#shared/web/refusal-words.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";

const words = {
  title: { zh: "申请复议", en: "Appeal" },
  who: {
    zh: "复议由没有参与过这份申请的人员办理：受理、入户、审批过的人都不参加。",
    en: "Somebody who has had no part in this application answers the appeal: nobody who accepted it, visited you or decided on it.",
  },
  upheld: {
    zh: "复议成立的，您的申请重新办理：由其他人员重新审批，或者请您补充材料。",
    en: "If it is upheld, your application is handled again: other people decide, or you are asked for what is missing.",
  },
  dismissed: {
    zh: "复议不成立的，维持原来的决定，理由书面告诉您。每个决定可以复议一次。",
    en: "If it is dismissed, the decision stands and you are told the reasons in writing. Each decision can be appealed once.",
  },
  meanwhile: {
    zh: "复议期间您可以撤回申请。复议不收费。",
    en: "You may withdraw the application meanwhile. An appeal costs nothing.",
  },
  label: { zh: "您为什么不同意这个决定", en: "Why you disagree with the decision" },
  hint: {
    zh: `请写明哪一条不对、事实是什么、有什么依据，最多 ${appealWordsMax} 个字。请不要写银行卡号。内容加密保存，只有复议和审批人员能看到。`,
    en: `Say what is wrong, what the facts are and what bears them out, in at most ${appealWordsMax} characters. Please write no card numbers. It is kept encrypted; only those who review and decide read it.`,
  },
  send: { zh: "提交复议申请", en: "Send the appeal" },
  moved: {
    zh: "这份申请刚才有了新的进展，复议还没有提交。请看过进度后再决定。",
    en: "Something just happened to this application, and the appeal was not sent. Look at it again and decide then.",
  },
} as const satisfies Record<string, Text>;

const untilWords = (until: Instant): Text =>
  byLastDay(
    (day) => ({
      zh: `请在${day}前（含当天）提交。`,
      en: `Please send it by ${day}, that day included.`,
    }),
    until,
  );

interface View {
  readonly status: number;
  readonly problem?: Text;
  readonly notice?: Text;
  readonly typed?: string;
}

const fieldName = "words";

const wordsItem = (locale: Locale, { problem, typed = "" }: View): Html => {
  const state = attributes({
    id: `f-${fieldName}`,
    name: fieldName,
    rows: 10,
    "aria-describedby": problem
      ? `f-${fieldName}-hint f-${fieldName}-problem`
      : `f-${fieldName}-hint`,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="f-${fieldName}">${inLocale(words.label, locale)}</label>
    <span class="hint" id="f-${fieldName}-hint">${inLocale(words.hint, locale)}</span>
    ${
      problem
        ? html`<span class="problem" id="f-${fieldName}-problem"
            ><span class="unseen">${inLocale(formWords.wrong, locale)}</span
            >${inLocale(problem, locale)}</span
          >`
        : null
    }
    <textarea${state}>${typed}</textarea>
  </div>`;
};

const formId = "appeal";

const shown = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  view: View,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const { id } = own.application;
  const appeal = await appealableNow(uses, own.application);
  const token = await tokenField(uses, own, "appeal");
  const { problem, notice } = view;
  const summary = problem ? [{ href: `#f-${fieldName}`, words: say(problem) }] : [];
  const back = html`<a href="${paths.case(id)}">${say(actions.back)}</a>`;
  const form =
    appeal.kind === "open"
      ? html`<p>${say(untilWords(appeal.until))}</p>
          <ul>
            <li>${say(words.who)}</li>
            <li>${say(words.upheld)}</li>
            <li>${say(words.dismissed)}</li>
            <li>${say(words.meanwhile)}</li>
          </ul>
          <form method="post" action="${paths.appeal(id)}" id="${formId}">
            ${token}${wordsItem(locale, view)}
            <div class="actions"><button>${say(words.send)}</button> ${back}</div>
          </form>`
      : html`<p>${say(appealClosedWords(appeal))}</p>
          <p class="actions">${back}</p>`;
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(words.title),
      path: paths.appeal(id),
      wrong: problem !== undefined,
      ...(appeal.kind === "open" ? { switchForm: formId } : {}),
      body: html`${errorSummary(summary, locale)}
        <h1>${say(words.title)}</h1>
        ${notice && html`<div class="notice wait" role="status"><p>${say(notice)}</p></div>`}
        ${form}`,
    }),
  );
};

/** What was typed that is not too long to come back in the page; anything longer was no letter. */
const typedMax = 20_000;

export const appealPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  _programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  if (request.method === "GET") return shown(uses, request, own, { status: 200 });
  const typed = (request.form[fieldName] ?? "").slice(0, typedMax).trim();
  if (!(await hasToken(uses, request, own, "appeal"))) {
    return shown(uses, request, own, { status: 403, notice: expiredForm, typed });
  }
  if (request.form["intent"] === "language") {
    return shown(uses, request, own, { status: 200, typed });
  }
  // Pressed twice: it is filed, and nothing more happens.
  if (application.status === "under_appeal") return redirect(paths.case(application.id));
  const problem = appealWordsProblem(typed);
  if (problem) return shown(uses, request, own, { status: 422, problem, typed });
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) {
    return shown(uses, request, own, { status: 429, notice: tooOften(minutes), typed });
  }
  const filed = await fileAppeal(uses, application, typed);
  if (filed.kind === "filed") return redirect(paths.case(application.id));
  const now = (await uses.cases.get(application.id)) ?? application;
  const notice = filed.kind === "case_changed" ? { notice: words.moved } : {};
  return shown(uses, request, { ...own, application: now }, { status: 409, ...notice, typed });
};
