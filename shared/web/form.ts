/**
 * Shows a form of the domain: section by section or page by page, with what was typed still there, each problem
 * beside its field and once more in a summary that links to it. Works without a script; the browser checks nothing
 * itself, so that every message is ours, in the reader's language.
 */
import type { Answers, FieldProblem, Fields, Form, Section } from "#shared/domain/form.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { inLocale, type Locale } from "#shared/kernel/text.ts";
import { fieldId, item, type Shown } from "./field.ts";
import { attributes, html, type Html } from "./html.ts";
import { formWords, problemText } from "./messages.ts";
import { cardLines, peopleItem } from "./people-cards.ts";

export type Problems = Readonly<Record<string, FieldProblem>>;

/** A form as it is to be shown. */
export interface ShownForm<F extends Fields = Fields> {
  readonly form: Form<F>;
  readonly answers: Answers;
  readonly problems: Problems;
  readonly locale: Locale;
  /** Every office; those that take applications are offered. */
  readonly units: readonly Unit[];
  /** Questions that may be answered later stand open, too. */
  readonly unfolded?: boolean;
  /** One topic on its page: there is room. */
  readonly spacious?: boolean;
  /** How many cards a question about people shows, by its name; without it as many as are filled in. */
  readonly cards?: Readonly<Record<string, number>>;
}

const shownField = <F extends Fields>(view: ShownForm<F>, name: string): Shown | null => {
  const field = view.form.fields[name];
  if (!field) return null;
  const typed = Object.hasOwn(view.answers, name) ? (view.answers[name] ?? "") : "";
  const problem = Object.hasOwn(view.problems, name) ? view.problems[name] : undefined;
  return {
    name,
    field,
    typed,
    problem,
    locale: view.locale,
    units: view.units,
    spacious: view.spacious ?? false,
  };
};

/** One question, with what was typed and what is wrong with it. */
export const fieldItem = <F extends Fields>(
  view: ShownForm<F>,
  name: keyof F & string,
): Html | null => {
  const shown = shownField(view, name);
  if (!shown) return null;
  return shown.field.kind === "people" ? peopleItem(shown, view.cards?.[name]) : item(shown);
};

const isTouched = <F extends Fields>(view: ShownForm<F>, { fields }: Section<F>): boolean =>
  fields.some((name) => (view.answers[name] ?? "") !== "" || Object.hasOwn(view.problems, name));

/** Folded away: what may be answered later shouldn't make the form long for somebody in need. */
const laterSection = <F extends Fields>(view: ShownForm<F>, section: Section<F>): Html =>
  html`<details
    class="section"
    ${attributes({ open: view.unfolded === true || isTouched(view, section) })}
  >
    <summary>${inLocale(section.title, view.locale)}</summary>
    ${section.intro && html`<p>${inLocale(section.intro, view.locale)}</p>`}
    ${section.fields.map((name) => fieldItem(view, name))}
  </details>`;

const sectionOf = <F extends Fields>(view: ShownForm<F>, section: Section<F>): Html =>
  section.mayFollow === true
    ? laterSection(view, section)
    : html`<section class="section">
        <h2>${inLocale(section.title, view.locale)}</h2>
        ${section.intro && html`<p>${inLocale(section.intro, view.locale)}</p>`}
        ${section.fields.map((name) => fieldItem(view, name))}
      </section>`;

/** All sections of a form, without the form element itself: the page adds its own button and tokens. */
export const formSections = <F extends Fields>(view: ShownForm<F>): Html =>
  html`${view.form.sections.map((section) => sectionOf(view, section))}`;

/** One thing to mend: words, and the id of the control it is about. */
export interface SummaryLine {
  readonly href: string;
  readonly words: string;
}

/** The box above a form that lists what to mend, each line a link to its field. Nothing when nothing is wrong. */
export const errorSummary = (summaryLines: readonly SummaryLine[], locale: Locale): Html | null =>
  summaryLines.length === 0
    ? null
    : html`<div class="summary" role="alert" aria-labelledby="summary-title">
        <h2 id="summary-title">${inLocale(formWords.summary, locale)}</h2>
        <p>${inLocale(formWords.summaryKept, locale)}</p>
        <ul>
          ${summaryLines.map((line) => html`<li><a href="${line.href}">${line.words}</a></li>`)}
        </ul>
      </div>`;

/** The summary's lines for a form's problems, in the order of its questions. */
export const problemLines = <F extends Fields>(
  view: Pick<ShownForm<F>, "form" | "problems" | "locale"> & Partial<Pick<ShownForm<F>, "answers">>,
): readonly SummaryLine[] =>
  view.form.sections
    .flatMap((section) => section.fields)
    .flatMap((name) => {
      const field = view.form.fields[name];
      const problem = Object.hasOwn(view.problems, name) ? view.problems[name] : undefined;
      if (!field || !problem) return [];
      if (problem === "card_to_mend") {
        return cardLines({ name, field, typed: view.answers?.[name] ?? "", locale: view.locale });
      }
      return [
        { href: `#${fieldId(name)}`, words: inLocale(problemText(problem, field), view.locale) },
      ];
    });
