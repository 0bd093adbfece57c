/** One question with its control: what was typed still there, the hint above it, and the problem beside it. */
import type { Field, Option } from "#shared/domain/form.ts";
import type { FieldProblem } from "#shared/domain/form.ts";
import { isBaseUnit, type Unit } from "#shared/domain/organisation.ts";
import { inLocale, type Locale } from "#shared/kernel/text.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import { attributes, html, type Html } from "./html.ts";
import { formWords, lineNames, problemText } from "./messages.ts";

/** A question as it is to be shown. */
export interface Shown {
  readonly name: string;
  readonly field: Field<unknown>;
  readonly typed: string;
  readonly problem: FieldProblem | undefined;
  readonly locale: Locale;
  readonly units: readonly Unit[];
  /** Few options stand side by side instead of in a list that opens: on a page of one topic there is room. */
  readonly spacious?: boolean;
}

/** The id of a question's control, where an error summary's link leads. */
export const fieldId = (name: string): string => `f-${name}`;

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
      // The browser's script says the amount in words beside it.
      return {
        type: "text",
        inputmode: "decimal",
        class: "short",
        "data-amount": shown.field.per ?? "once",
      };
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

/** No more than these stand side by side. */
const radiosMax = 8;

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

/** Hint and problem of a question, with the ids its control names. */
export const hintAndProblem = (shown: Shown): Html => {
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

export const label = (shown: Shown): string => {
  const words = inLocale(shown.field.label, shown.locale);
  const marked =
    !shown.field.optional || shown.field.onlyWithMinor || /选填|optional/iu.test(words);
  return marked ? words : `${words}${inLocale(formWords.optional, shown.locale)}`;
};

export const itemClass = (shown: Shown): string => (shown.problem ? "item wrong" : "item");

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
    <div class="${shown.field.kind === "choice" ? "ticks down" : "ticks"}">
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

const hasRadios = ({ field, spacious }: Shown): boolean =>
  field.kind === "yes_no" ||
  (spacious === true && field.kind === "choice" && (field.options ?? []).length <= radiosMax);

/** A question with one control. */
export const item = (shown: Shown): Html => {
  if (shown.field.kind === "consent") return consentItem(shown);
  if (hasRadios(shown)) return radioItem(shown);
  return html`<div class="${itemClass(shown)}">
    <label for="${fieldId(shown.name)}">${label(shown)}</label
    >${hintAndProblem(shown)}${control(shown)}
  </div>`;
};
