/** All answers of a draft to be looked over before it goes on to the papers, each page of them with a way to change it. */
import { policyDayOf } from "#shared/casework/load.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import { type EveryProgramme } from "#shared/domain/programme.ts";
import type { NamedPage } from "#shared/domain/question-pages.ts";
import { growsOld } from "#shared/domain/renewal.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { answerWords } from "#shared/web/answer-words.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { page as documentOf } from "#shared/web/layout.ts";
import { formWords, problemText } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { firstOpenPage, loadDraft, problemsOn, type Drafted } from "../draft.ts";
import type { OwnCase } from "../session.ts";
import type { Uses } from "../uses.ts";
import { progress } from "./question.ts";

const words = {
  title: { zh: "请核对填写的内容", en: "Check your answers" },
  notSent: {
    zh: "申请还没有提交。哪里不对，按“修改”改那一处，改完回到这里。",
    en: "Nothing is handed in yet. Where something is wrong press “Change”; you come back here.",
  },
  change: { zh: "修改", en: "Change" },
  answer: { zh: "填写", en: "Answer" },
  nothing: { zh: "没有填", en: "Left empty" },
  open: { zh: "还没有填写", en: "Not answered yet" },
  look: { zh: "请核对", en: "Please check" },
  papers: { zh: "接下来要上传的材料", en: "Papers to send next" },
  needed: { zh: "必需", en: "Needed" },
  ifAny: { zh: "有就上传", en: "If you have it" },
  toPapers: { zh: "内容无误，去上传材料", en: "All correct: send papers" },
  goOn: { zh: "接着填写", en: "Go on answering" },
  left: {
    zh: "还有问题没有填完，填完才能上传材料。",
    en: "Some questions are still open; papers come after them.",
  },
} as const satisfies Record<string, Text>;

interface Checked {
  readonly request: PageRequest;
  readonly own: OwnCase;
  readonly draft: Drafted;
}

/** An amount or a number that was taken over from last year and not looked at since. */
const isOld = ({ own, draft }: Checked, name: string): boolean => {
  const field = draft.programme.form.fields[name];
  return (
    own.application.renewedFrom !== null &&
    field !== undefined &&
    growsOld(field) &&
    !draft.answeredHere.includes(name)
  );
};

const shownAnswer = (checked: Checked, page: NamedPage, name: string): Html => {
  const { draft, request } = checked;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const field = draft.programme.form.fields[name];
  const problem = problemsOn(draft, page)[name];
  const typed = draft.answers[name];
  if (!field) return html``;
  if (problem && (typed ?? "") !== "") {
    return html`${lines(answerWords(field, typed ?? "", locale, draft.units))}<span class="problem"
        ><span class="unseen">${say(formWords.wrong)}</span
        >${say(problemText(problem, field))}</span
      >`;
  }
  if (problem || typed === undefined) {
    return html`<span class="tag wait">${say(words.open)}</span>${
        problem &&
        typed !== undefined &&
        html`<span class="problem">${say(problemText(problem, field))}</span>`
      }`;
  }
  if (typed === "") return html`<span class="soft">${say(words.nothing)}</span>`;
  return html`${lines(answerWords(field, typed, locale, draft.units))}${
    isOld(checked, name) && html` <span class="tag wait">${say(words.look)}</span>`
  }`;
};

/** Labels of amounts say their unit; the answer says it again. */
const asLabel = (label: Text, request: PageRequest): string =>
  inLocale(label, request.locale).replace(/\s*[（(](?:元|yuan|选填|optional)[)）]$/u, "");

const pageRows = (checked: Checked, page: NamedPage): Html => {
  const { request, own, draft } = checked;
  const say = (text: Text): string => inLocale(text, request.locale);
  const isOpen = page.fields.some((name) => draft.answers[name] === undefined);
  const href = `${paths.question(draft.programme.id, own.application.id, page.id)}?from=check`;
  return html`<div class="answered">
    <dl>
      ${page.fields.map((name) => {
        const field = draft.programme.form.fields[name];
        return (
          field &&
          html`<div>
            <dt>${asLabel(field.label, request)}</dt>
            <dd>${shownAnswer(checked, page, name)}</dd>
          </div>`
        );
      })}
    </dl>
    <p>
      <a href="${href}"
        >${say(isOpen ? words.answer : words.change)}<span class="unseen">
          · ${say(page.title)}</span
        ></a
      >
    </p>
  </div>`;
};

const sections = (checked: Checked): Html => {
  const { draft, request } = checked;
  const groups = new Map<Text, readonly NamedPage[]>();
  for (const page of draft.pages) {
    groups.set(page.section, [...(groups.get(page.section) ?? []), page]);
  }
  return html`${[...groups].map(
    ([title, pages]) =>
      html`<section class="section">
        <h2>${inLocale(title, request.locale)}</h2>
        ${pages.map((page) => pageRows(checked, page))}
      </section>`,
  )}`;
};

const papersPart = (uses: Uses, { own, draft, request }: Checked): Html | null => {
  const { programme, answers, units, on } = draft;
  const say = (text: Text): string => inLocale(text, request.locale);
  const read = readAnswers(programme, answers, units, on);
  if (read.kind === "problems") return null;
  const { application } = own;
  const papers = withEntrustment(
    application,
    papersToSend(programme, read.facts, policyDayOf(uses, application)),
  );
  return html`<section class="section">
    <h2>${say(words.papers)}</h2>
    <ul>
      ${papers.map(
        ({ title, required }) =>
          html`<li>
            ${say(title)}
            <span class="tag ${required ? "wait" : ""}"
              >${say(required ? words.needed : words.ifAny)}</span
            >
          </li> `,
      )}
    </ul>
  </section>`;
};

/** What no single question is to blame for, such as too many invoices. */
const furtherOf = ({ draft, request }: Checked): Html | null => {
  const read = readAnswers(draft.programme, draft.answers, draft.units, draft.on);
  const further = read.kind === "problems" ? read.further : [];
  return further.length === 0
    ? null
    : html`<div class="notice wrong">
        ${further.map((text) => html`<p>${inLocale(text, request.locale)}</p>`)}
      </div>`;
};

const wayOn = ({ request, own, draft }: Checked): Html => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const { id } = own.application;
  const open = firstOpenPage(draft);
  if (!open) {
    return html`<p class="actions">
      <a class="button" href="${paths.papers(draft.programme.id, id)}">${say(words.toPapers)}</a>
    </p>`;
  }
  return html`<div class="notice wait"><p>${say(words.left)}</p></div>
    <p class="actions">
      <a class="button" href="${paths.question(draft.programme.id, id, open.id)}"
        >${say(words.goOn)}</a
      >
    </p>`;
};

export const checkPage = async (
  uses: Uses,
  request: PageRequest,
  own: OwnCase,
  programme: EveryProgramme,
): Promise<PageResponse> => {
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const draft = await loadDraft(uses, own, programme);
  const checked: Checked = { request, own, draft };
  return htmlPage(
    200,
    documentOf({
      locale,
      title: say(words.title),
      path: paths.check(programme.id, own.application.id),
      body: html`${progress(draft.pages.length + 1, draft, programme.title, request)}
        <h1>${say(words.title)}</h1>
        <p>${say(words.notSent)}</p>
        ${furtherOf(checked)} ${sections(checked)} ${papersPart(uses, checked)} ${wayOn(checked)}`,
    }),
  );
};
