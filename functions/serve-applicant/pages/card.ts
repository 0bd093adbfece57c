/** Mending the bank card after the bank's refusal: two answers, the money stays set aside. */
import { cardFields, mendCardDetails, type CardProblems } from "#shared/casework/mend-card.ts";
import { isCardToMend, sentBackWords } from "#shared/domain/card-check.ts";
import type { Answers, FieldProblem } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary, fieldItem, problemLines } from "#shared/web/form.ts";
import { html, lines } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { actions, labelled } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { sameCardWords } from "#shared/web/refusal-words.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { changedElsewhere, expiredForm } from "./answers.ts";
import { tooOften } from "./apply.ts";
import { failureWords, nextStepOf } from "#shared/web/case-words.ts";
import { postedAnswers, switchesLanguage } from "./form-page.ts";
import { storedAnswers } from "./papers.ts";

const words = {
  title: { zh: "更正银行卡", en: "Mend the card details" },
  bank: { zh: "银行说明", en: "What the bank says" },
  how: {
    zh: "请填写申请人本人的银行卡。财务人员核对后重新发放，不用重新审批。",
    en: "Give a card in the applicant's own name. Finance checks it and the payment is made again, without a new decision.",
  },
  sentBack: { zh: "上次更正没有通过，请看", en: "What you gave last time can't be used" },
} as const satisfies Record<string, Text>;

const formId = "card";

interface CardView {
  readonly status: number;
  readonly typed: Answers;
  readonly problems?: CardProblems;
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
  const sentBack = sentBackWords(await uses.cases.events(application));
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
        ${
          sentBack &&
          html`<div class="notice wait">
            <p>${labelled(words.sentBack, locale)}</p>
            <p>${lines(sentBack)}</p>
          </div>`
        }
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

const postCard = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { application } = own;
  const { bankName = "", bankCardNumber = "" } = postedAnswers(request, programme);
  const typed = { bankName, bankCardNumber };
  const again = (view: Omit<CardView, "typed">): Promise<PageResponse> =>
    cardForm(uses, request, own, programme, { ...view, typed });
  if (switchesLanguage(request)) return again({ status: 200 });
  if (!(await hasToken(uses, request, own, "card"))) {
    return again({ status: 403, notice: expiredForm });
  }
  const mended = await mendCardDetails(uses, application, typed);
  switch (mended.kind) {
    case "mended":
    case "not_asked":
      return redirect(paths.case(application.id));
    case "problems":
      return again({ status: 422, problems: mended.problems });
    case "same_card":
      return again({ status: 422, notice: sameCardWords });
    case "too_often":
      return again({ status: 429, notice: tooOften(mended.minutes) });
    case "changed_meanwhile":
      return again({ status: 409, notice: changedElsewhere });
  }
};

export const cardPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  if (!isCardToMend(own.application)) {
    return redirect(paths.case(own.application.id));
  }
  if (request.method === "POST") return postCard(uses, request, own, programme);
  const stored = await storedAnswers(uses, own);
  // The old number isn't shown again: whoever borrows the phone could read it off the page.
  const typed = { bankName: stored["bankName"] ?? "", bankCardNumber: "" };
  return cardForm(uses, request, own, programme, { status: 200, typed });
};
