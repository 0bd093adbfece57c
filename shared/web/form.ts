/**
 * Shows a form of the domain: section by section, with what was typed still there, each problem beside its
 * field and once more in a summary that links to it. Works without a script; the browser checks nothing itself,
 * so that every message is ours, in the reader's language.
 */
import type {
  Answers,
  Field,
  FieldProblem,
  Fields,
  Form,
  Option,
  Section,
} from "#shared/domain/form.ts";
import { isBaseUnit, type Unit } from "#shared/domain/organisation.ts";
import { inLocale, type Locale } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "./html.ts";
import { formWords, lineNames, problemText } from "./messages.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";

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
}

interface Shown {
  readonly name: string;
  readonly field: Field<unknown>;
  readonly typed: string;
  readonly problem: FieldProblem | undefined;
  readonly locale: Locale;
  readonly units: readonly Unit[];
}

const fieldId = (name: string): string => `f-${name}`;

/** Which parts belong to the control, so that a screen reader says hint and problem with it. */
const describedBy = (shown: Shown): string | null => {
  const parts = [
    shown.field.hint ? `${fieldId(shown.name)}-hint` : "",
    shown.problem ? `${fieldId(shown.name)}-problem` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : null;
};

const stated = (shown: Shown): Readonly<Record<string, string | boolean | null>> => ({
  "aria-describedby": describedBy(shown),
  "aria-invalid": shown.problem ? "true" : null,
});

/** Purposes that a browser can fill in by itself (WCAG 1.3.5). */
const autocompletes: Readonly<Record<string, string>> = {
  applicantName: "name",
  address: "street-address",
  phone: "tel",
  email: "email",
};

type InputShape = Readonly<Record<string, string | null>>;

const inputShape = (shown: Shown): InputShape => {
  switch (shown.field.kind) {
    case "phone":
      return { type: "tel", inputmode: "tel", class: "medium" };
    case "email":
      // Not type=email: browsers would trim and encode what was typed before we see it.
      return { type: "text", inputmode: "email", autocapitalize: "none", spellcheck: "false" };
    case "id_number":
      return { type: "text", spellcheck: "false", autocapitalize: "characters", class: "medium" };
    case "bank_card":
      return { type: "text", inputmode: "numeric", spellcheck: "false", class: "medium" };
    case "money":
      return { type: "text", inputmode: "decimal", class: "short" };
    case "count":
      return { type: "text", inputmode: "numeric", class: "short" };
    case "date": {
      // A date control can't show what isn't a date, so a mistyped one comes back as the text it was.
      const readable = shown.typed === "" || parseLocalDate(shown.typed) !== null;
      return { type: readable ? "date" : "text", class: "medium" };
    }
    default:
      return { type: "text" };
  }
};

const input = (shown: Shown): Html =>
  html`<input${attributes({
    ...inputShape(shown),
    id: fieldId(shown.name),
    name: shown.name,
    value: shown.typed,
    autocomplete: autocompletes[shown.name] ?? "off",
    ...stated(shown),
  })} />`;

const optionTag = (value: string, label: string, typed: string): Html =>
  html`<option${attributes({ value, selected: value === typed })}>${label}</option>`;

const select = (shown: Shown, options: Html): Html => {
  const state = attributes({ id: fieldId(shown.name), name: shown.name, ...stated(shown) });
  return html`<select${state}>${optionTag("", inLocale(formWords.choose, shown.locale), shown.typed)}${options}</select>`;
};

/** Base units by line and the office above them, so that a long list can be read. */
const unitOptions = (shown: Shown): Html => {
  const say = (text: Unit["name"]): string => inLocale(text, shown.locale);
  const groups = new Map<string, Unit[]>();
  for (const unit of shown.units.filter(isBaseUnit)) {
    const parent = shown.units.find(({ id }) => id === unit.parentId);
    const line = unit.line ? say(lineNames[unit.line]) : "";
    const group = [line, parent ? say(parent.name) : ""].filter(Boolean).join(" · ");
    groups.set(group, [...(groups.get(group) ?? []), unit]);
  }
  const ordered = [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return html`${ordered.map(
    ([label, units]) =>
      html`<optgroup label="${label}">
        ${units.map((unit) => optionTag(unit.id, say(unit.name), shown.typed))}
      </optgroup>`,
  )}`;
};

const radio = (shown: Shown, option: Option, index: number): Html => {
  const state = attributes({
    type: "radio",
    id: index === 0 ? fieldId(shown.name) : `${fieldId(shown.name)}-${index}`,
    name: shown.name,
    value: option.value,
    checked: shown.typed === option.value,
  });
  return html`<label class="tick"
    ><input${state} /><span>${inLocale(option.label, shown.locale)}</span></label
  >`;
};

const hintAndProblem = (shown: Shown): Html => {
  const id = fieldId(shown.name);
  const { field, locale, problem } = shown;
  return html`${field.hint && html`<span class="hint" id="${id}-hint">${inLocale(field.hint, locale)}</span>`}${
    problem &&
    html`<span class="problem" id="${id}-problem"
      ><span class="unseen">${inLocale(formWords.wrong, locale)}</span
      >${inLocale(problemText(problem, field), locale)}</span
    >`
  }`;
};

const label = (shown: Shown): string => {
  const words = inLocale(shown.field.label, shown.locale);
  const marked = !shown.field.optional || /选填|optional/iu.test(words);
  return marked ? words : `${words}${inLocale(formWords.optional, shown.locale)}`;
};

const itemClass = (shown: Shown): string => (shown.problem ? "item wrong" : "item");

const consentItem = (shown: Shown): Html => {
  const state = attributes({
    type: "checkbox",
    id: fieldId(shown.name),
    name: shown.name,
    value: "yes",
    checked: shown.typed === "yes",
    ...stated(shown),
  });
  return html`<div class="${itemClass(shown)}">
    ${hintAndProblem(shown)}<label class="tick"
      ><input${state} /><span>${label(shown)}</span></label
    >
  </div>`;
};

const radioItem = (shown: Shown): Html =>
  html`<fieldset
    class="${itemClass(shown)}"
    ${attributes({ "aria-describedby": describedBy(shown) })}
  >
    <legend>${label(shown)}</legend>
    ${hintAndProblem(shown)}
    <div class="ticks">
      ${(shown.field.options ?? []).map((option, index) => radio(shown, option, index))}
    </div>
  </fieldset>`;

const choiceOptions = (shown: Shown): Html =>
  html`${(shown.field.options ?? []).map((option) =>
    optionTag(option.value, inLocale(option.label, shown.locale), shown.typed),
  )}`;

const control = (shown: Shown): Html => {
  switch (shown.field.kind) {
    case "choice":
      return select(shown, choiceOptions(shown));
    case "unit":
      return select(shown, unitOptions(shown));
    default:
      return input(shown);
  }
};

const item = (shown: Shown): Html => {
  if (shown.field.kind === "consent") return consentItem(shown);
  if (shown.field.kind === "yes_no") return radioItem(shown);
  return html`<div class="${itemClass(shown)}">
    <label for="${fieldId(shown.name)}">${label(shown)}</label
    >${hintAndProblem(shown)}${control(shown)}
  </div>`;
};

const shownField = <F extends Fields>(view: ShownForm<F>, name: string): Shown | null => {
  const field = view.form.fields[name];
  if (!field) return null;
  const typed = Object.hasOwn(view.answers, name) ? (view.answers[name] ?? "") : "";
  const problem = Object.hasOwn(view.problems, name) ? view.problems[name] : undefined;
  return { name, field, typed, problem, locale: view.locale, units: view.units };
};

/** One question, with what was typed and what is wrong with it. */
export const fieldItem = <F extends Fields>(
  view: ShownForm<F>,
  name: keyof F & string,
): Html | null => {
  const shown = shownField(view, name);
  return shown && item(shown);
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
  view: Pick<ShownForm<F>, "form" | "problems" | "locale">,
): readonly SummaryLine[] =>
  view.form.sections
    .flatMap((section) => section.fields)
    .flatMap((name) => {
      const field = view.form.fields[name];
      const problem = Object.hasOwn(view.problems, name) ? view.problems[name] : undefined;
      if (!field || !problem) return [];
      return [
        { href: `#${fieldId(name)}`, words: inLocale(problemText(problem, field), view.locale) },
      ];
    });
