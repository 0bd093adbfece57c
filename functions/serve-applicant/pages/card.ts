/** Mending the bank card after the bank's refusal: two answers, the money stays set aside. */
import { deliveryOf } from "#shared/casework/load.ts";
import { readForm, type Answers, type FieldProblem } from "#shared/domain/form.ts";
import { mendCard } from "#shared/domain/intake.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary, fieldItem, problemLines } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, labelled } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { limits, overLimit } from "../rate-limit.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere, expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { failureWords, nextStepOf } from "./case-words.ts";
import { postedAnswers, switchesLanguage } from "./form-page.ts";
import { storedAnswers } from "./papers.ts";
import { momentAt } from "./submit.ts";

const words = {
  title: { zh: "更正银行卡", en: "Mend the card details" },
  bank: { zh: "银行说明", en: "What the bank says" },
  how: {
    zh: "请填写申请人本人的银行卡。改好后款项重新发放，不用重新审批。",
    en: "Give a card in the applicant's own name. Once it is mended the payment is made again, without a new decision.",
  },
  same: {
    zh: "开户银行和卡号与原来的完全一样。请对照银行卡检查；如果没有错，请换一张本人的卡。",
    en: "Bank and card number are the same as before. Check them against the card; if they are right, give another card of your own.",
  },
} as const satisfies Record<string, Text>;

/** The questions about the card; every programme asks them (domain/household.ts). */
const cardFields = ["bankName", "bankCardNumber"] as const;
type CardField = (typeof cardFields)[number];

const formId = "card";

interface CardView {
  readonly status: number;
  readonly typed: Answers;
  readonly problems?: Readonly<Partial<Record<CardField, FieldProblem>>>;
  readonly notice?: Text;
}

const cardForm = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  view: CardView,
): Promise<PageResponse> => {
  const { application } = own;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const shown = {
    form: programme.form,
    answers: view.typed,
    problems: (view.problems ?? {}) as Readonly<Record<string, FieldProblem>>,
    locale,
    units: [],
  };
  const summary = problemLines(shown);
  const failure = failureWords(application.failureCode);
  const next = nextStepOf(application);
  const path = paths.card(application.id);
  const token = await tokenField(uses, own, "card");
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(words.title),
      path,
      switchForm: formId,
      wrong: summary.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(words.title)}</h1>
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        ${failure && html`<div class="notice wrong"><p>${labelled(words.bank, locale)}${say(failure)}</p></div>`}
        <p>${say(words.how)}</p>
        ${next && html`<p>${say(next)}</p>`}
        <form id="${formId}" method="post" action="${path}" novalidate>
          ${token} ${cardFields.map((name) => fieldItem(shown, name))}
          <div class="actions">
            <button>${say(actions.continue)}</button>
            <a href="${paths.case(application.id)}">${say(actions.back)}</a>
          </div>
        </form>`,
    }),
  );
};

const onlyCard = (answers: Answers): Answers =>
  Object.fromEntries(cardFields.map((name) => [name, answers[name] ?? ""]));

const cardProblems = (
  programme: EveryProgramme,
  answers: Answers,
): Partial<Record<CardField, FieldProblem>> => {
  const reading = readForm(programme.form, answers);
  if (reading.kind === "facts") return {};
  return Object.fromEntries(
    cardFields.flatMap((name) => {
      const problem = reading.problems[name];
      return problem ? [[name, problem]] : [];
    }),
  );
};

const digits = (typed: string | undefined): string => (typed ?? "").replaceAll(/[\s-]/gu, "");

const isSameCard = (stored: Answers, typed: Answers): boolean =>
  digits(stored["bankCardNumber"]) === digits(typed["bankCardNumber"]) &&
  (stored["bankName"] ?? "").trim() === (typed["bankName"] ?? "").trim();

const postCard = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const typed = onlyCard(postedAnswers(request, programme));
  const again = (status: number, notice?: Text): Promise<PageResponse> =>
    cardForm(uses, request, own, programme, { status, typed, ...(notice ? { notice } : {}) });
  if (switchesLanguage(request)) return again(200);
  if (!(await hasToken(uses, request, own, "card"))) return again(403, expiredForm);
  const stored = await storedAnswers(uses, own);
  const problems = cardProblems(programme, { ...stored, ...typed });
  if (Object.keys(problems).length > 0) {
    return cardForm(uses, request, own, programme, { status: 422, typed, problems });
  }
  if (isSameCard(stored, typed)) return again(422, words.same);
  const minutes = await overLimit(uses, limits.changeByCase, application.id);
  if (minutes !== null) return again(429, tooOften(minutes));
  const mended = mendCard(
    application,
    momentAt(uses, application.submittedAt),
    deliveryOf(uses, application),
  );
  if (mended.kind === "refused") return redirect(paths.case(application.id));
  const outcome = await uses.cases.commit({ ...mended, answers: { ...stored, ...typed } });
  if (outcome === "committed") return redirect(paths.case(application.id));
  const now = await uses.cases.get(application.id);
  return now?.status === "payment_failed"
    ? again(409, changedElsewhere)
    : redirect(paths.case(application.id));
};

export const cardPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  if (own.application.status !== "payment_failed") {
    return redirect(paths.case(own.application.id));
  }
  if (request.method === "POST") return postCard(uses, request, own, programme);
  const stored = await storedAnswers(uses, own);
  // The old number isn't shown again: whoever borrows the phone could read it off the page.
  const typed = { bankName: stored["bankName"] ?? "", bankCardNumber: "" };
  return cardForm(uses, request, own, programme, { status: 200, typed });
};
