/** One page of a draft's questions: one small topic, kept when it is sent, and on to the next. */
import type { Text } from "#shared/kernel/text.ts";
import { inLocale } from "#shared/kernel/text.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { questionPages, type NamedPage } from "#shared/domain/question-pages.ts";
import { errorSummary, fieldItem, problemLines, type Problems } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page as documentOf } from "#shared/web/layout.ts";
import { actions } from "#shared/web/messages.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  loadDraft,
  openQuestion,
  othersExpected,
  postedOn,
  problemsOn,
  withAnswers,
  type Drafted,
} from "../draft.ts";
import { hasToken, tokenField, type OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { expiredForm, savedTooOften } from "./answers.ts";
import { cardsShown, reshaped, reshapes } from "./cards.ts";
import { credentials } from "./papers.ts";

const words = {
  back: { zh: "上一步", en: "Back" },
  later: { zh: "保存，以后再填", en: "Save and finish later" },
  whole: { zh: "在一页上填写全部问题", en: "Answer all questions on one page" },
  keep: {
    zh: "填写的内容随时保存。请先抄下或拍下这两样，换手机也能接着填：",
    en: "What you fill in is kept as you go. Write these two down or photograph them, and you can go on from another phone:",
  },
  mayFollow: {
    zh: "急用的可以先不填，直接按“保存并继续”，先行救助金到账后再补。",
    en: "In an emergency leave this empty and press “Save and continue”; it may follow after the advance.",
  },
} as const satisfies Record<string, Text>;

const formId = "question";

/** Whether the reader came from the page where answers are looked over, and goes back there. */
const fromCheck = ({ query, form }: PageRequest): boolean =>
  query["from"] === "check" || form["from"] === "check";

/** Pages of questions, then the answers to check, then the papers. */
const stepsAfterQuestions = 2;

const stepWords = (step: number, steps: number): Text => ({
  zh: `第 ${step} 步，共 ${steps} 步`,
  en: `Step ${step} of ${steps}`,
});

/** Where one stands, in words and as a bar. */
export const progress = (
  step: number,
  draft: Drafted,
  section: Text | null,
  { locale }: Pick<PageRequest, "locale">,
): Html => {
  const steps = draft.pages.length + stepsAfterQuestions;
  return html`<p class="step">
      ${inLocale(stepWords(step, steps), locale)}${section && html` · ${inLocale(section, locale)}`}
    </p>
    <progress class="steps" max="${steps}" value="${step}" aria-hidden="true"></progress>`;
};

/** How many cards there should be, in figures. */
const othersWords = (draft: Drafted, page: NamedPage): Text | null => {
  const others = othersExpected(draft);
  if (others === null || !page.fields.includes("members")) return null;
  return {
    zh: `前面填的是一共 ${others + 1} 口人，所以这里应填 ${others} 张。`,
    en: `You said ${others + 1} people in all, so ${others === 1 ? "one card is" : `${others} cards are`} expected here.`,
  };
};

interface QuestionView {
  readonly status: number;
  readonly problems?: Problems;
  readonly notice?: Text;
}

interface Asked {
  readonly uses: Uses;
  readonly request: PageRequest;
  readonly own: OwnCase;
  readonly draft: Drafted;
  readonly page: NamedPage;
}

const backTo = ({ request, own, draft, page }: Asked): string => {
  const { id } = own.application;
  if (fromCheck(request)) return paths.check(draft.programme.id, id);
  const before = draft.pages[draft.pages.findIndex((other) => other.id === page.id) - 1];
  return before
    ? paths.question(draft.programme.id, id, before.id)
    : paths.apply(draft.programme.id);
};

const introOf = ({ draft, page, request }: Asked): Html => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const others = othersWords(draft, page);
  return html`${page.why && html`<p>${say(page.why)}</p>`}
  ${others && html`<p><strong>${say(others)}</strong></p>`}
  ${page.mayFollow && html`<div class="notice good"><p>${say(words.mayFollow)}</p></div>`}`;
};

const footOf = async ({ uses, request, own, draft, page }: Asked): Promise<Html> => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const isFirst = draft.pages[0]?.id === page.id;
  return html`<p class="foot">
      <a href="${paths.answers(draft.programme.id, own.application.id)}">${say(words.whole)}</a>
    </p>
    ${
      isFirst &&
      html`<div class="panel small">
        <p>${say(words.keep)}</p>
        ${await credentials(uses, request, own)}
      </div>`
    }`;
};

const shownQuestion = async (asked: Asked, view: QuestionView): Promise<PageResponse> => {
  const { uses, request, own, draft, page } = asked;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const shown = {
    form: draft.programme.form,
    answers: draft.answers,
    problems: view.problems ?? {},
    locale,
    units: draft.units,
    spacious: true,
    cards: cardsShown(draft, request),
  };
  const summary = problemLines(shown);
  const path = paths.question(draft.programme.id, own.application.id, page.id);
  const step = draft.pages.findIndex(({ id }) => id === page.id) + 1;
  const token = await tokenField(uses, own, "answers");
  return htmlPage(
    view.status,
    documentOf({
      locale,
      title: say(page.title),
      path,
      switchForm: formId,
      wrong: summary.length > 0,
      body: html`<a class="back" href="${backTo(asked)}">‹ ${say(words.back)}</a>
        ${errorSummary(summary, locale)}
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        ${progress(step, draft, page.section, request)}
        <h1>${say(page.title)}</h1>
        ${introOf(asked)}
        <form id="${formId}" method="post" action="${path}" novalidate>
          ${token}${fromCheck(request) && html`<input type="hidden" name="from" value="check" />`}
          ${page.fields.map((name) => fieldItem(shown, name))}
          <div class="actions">
            <button>${say(actions.continue)}</button>
            <button class="second" name="intent" value="later">${say(words.later)}</button>
          </div>
        </form>
        ${await footOf(asked)}`,
    }),
  );
};

/** What is amiss with answers that stand there: not that a question is still open. */
const standing = (asked: Asked): Problems =>
  Object.fromEntries(
    Object.entries(problemsOn(asked.draft, asked.page)).filter(
      ([name, problem]) =>
        asked.draft.answers[name] !== undefined &&
        problem !== "required" &&
        problem !== "must_agree",
    ),
  );

/** Too long to be kept even for later. */
const tooLong = ({ draft, page }: Asked): Problems =>
  Object.fromEntries(
    page.fields.flatMap((name) => {
      const typed = (draft.answers[name] ?? "").trim();
      const max = draft.programme.form.fields[name]?.maxLength ?? 0;
      return typed.length > max ? [[name, "too_long" as const]] : [];
    }),
  );

const nextAfter = ({ request, own, draft, page }: Asked): string => {
  const { id } = own.application;
  const next = draft.pages[draft.pages.findIndex((other) => other.id === page.id) + 1];
  return fromCheck(request) || !next
    ? paths.check(draft.programme.id, id)
    : paths.question(draft.programme.id, id, next.id);
};

const save = async (
  { uses, own, page }: Asked,
  posted: Readonly<Record<string, string>>,
): Promise<boolean> =>
  uses.cases.saveDraftPage(own.application, {
    page: page.id,
    answers: posted,
    at: uses.clock.now(),
  });

const postQuestion = async (before: Asked): Promise<PageResponse> => {
  const { uses, request, own, page } = before;
  const programme = before.draft.programme;
  const posted = postedOn(programme, page.fields, reshaped(request, programme));
  const asked = { ...before, draft: withAnswers(before.draft, posted) };
  if (reshapes(request)) return shownQuestion(asked, { status: 200 });
  if (!(await hasToken(uses, request, own, "answers"))) {
    return shownQuestion(asked, { status: 403, notice: expiredForm });
  }
  const isLater = request.form["intent"] === "later";
  const problems = isLater ? tooLong(asked) : problemsOn(asked.draft, page);
  if (Object.keys(problems).length > 0) return shownQuestion(asked, { status: 422, problems });
  if (!(await save(asked, posted))) {
    return shownQuestion(asked, { status: 429, notice: savedTooOften });
  }
  return redirect(isLater ? paths.saved(programme.id, own.application.id) : nextAfter(asked));
};

/** A page that isn't asked of this person, or of nobody, leads to the first that is still open. */
export const questionPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
  id: string,
): Promise<PageResponse> => {
  const draft = await loadDraft(uses, own, programme);
  const asked = draft.pages.find((other) => other.id === id);
  const page = asked ?? (request.method === "POST" ? pageOfForm(programme, id) : undefined);
  if (!page) return redirect(openQuestion(own, draft));
  const whole = { uses, request, own, draft, page };
  if (request.method === "POST") return postQuestion(whole);
  return shownQuestion(whole, { status: 200, problems: standing(whole) });
};

/** What was typed on a page that another device has made needless meanwhile is kept all the same. */
const pageOfForm = ({ form }: EveryProgramme, id: string): NamedPage | undefined =>
  questionPages(form).find((page) => page.id === id);
