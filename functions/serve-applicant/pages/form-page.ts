/** A page with a programme's questions: to apply, to change a draft, to correct what was asked for. */
import { answersTo } from "#shared/domain/intake.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary, formSections, problemLines, type Problems } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { formWords } from "#shared/web/messages.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { pathOf } from "#shared/web/paths.ts";

export interface FormPage {
  readonly request: PageRequest;
  readonly status: number;
  readonly title: Text;
  readonly programme: EveryProgramme;
  readonly units: readonly Unit[];
  readonly answers: Answers;
  readonly problems?: Problems;
  readonly further?: readonly Text[];
  /** Said above the form: why it came back, what to know first. */
  readonly notice?: Text;
  readonly above?: Html;
  /** Questions that may be answered later are asked now. */
  readonly unfolded?: boolean;
  /** How many cards a question about people shows. */
  readonly cards?: Readonly<Record<string, number>>;
  readonly button: Text;
  /** Where it is sent to; the page's own address when absent. */
  readonly action?: string;
  readonly token?: Html;
}

const formId = "answers";

export const formPage = (view: FormPage): PageResponse => {
  const { request, programme } = view;
  const { locale } = request;
  const say = (text: Text): string => inLocale(text, locale);
  const shown = {
    form: programme.form,
    answers: view.answers,
    problems: view.problems ?? {},
    locale,
    units: view.units,
    unfolded: view.unfolded ?? false,
    ...(view.cards ? { cards: view.cards } : {}),
  };
  const summary = [
    ...problemLines(shown),
    ...(view.further ?? []).map((text) => ({ href: `#${formId}`, words: say(text) })),
  ];
  return htmlPage(
    view.status,
    page({
      locale,
      title: say(view.title),
      path: pathOf(request),
      switchForm: formId,
      wrong: summary.length > 0,
      body: html`${errorSummary(summary, locale)}
        <h1>${say(view.title)}</h1>
        ${view.notice && html`<div class="notice wait" role="status"><p>${say(view.notice)}</p></div>`}
        ${view.above}
        <form id="${formId}" method="post" action="${view.action ?? pathOf(request)}" novalidate>
          ${view.token}
          <p class="soft">${say(formWords.required)}</p>
          ${formSections(shown)}
          <div class="actions"><button>${say(view.button)}</button></div>
        </form>`,
    }),
  );
};

/** What was posted of the programme's own questions. */
export const postedAnswers = (
  request: Pick<PageRequest, "form">,
  programme: EveryProgramme,
): Answers => answersTo(programme.form, request.form);

/** The page's language switch was pressed: the form comes back in the other language, unread. */
export const switchesLanguage = (request: PageRequest): boolean =>
  request.form["intent"] === "language";
