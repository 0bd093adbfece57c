/** A question about several people as a card for each, with buttons to add and take away one that need no script. */
import type { Field } from "#shared/domain/form.ts";
import { cardFieldName, cardProblems, cardsIn } from "#shared/domain/people-field.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { fieldId, hintAndProblem, item, itemClass, label, type Shown } from "./field.ts";
import { attributes, html, type Html } from "./html.ts";
import { problemText } from "./messages.ts";

const words = {
  add: { zh: "再加一位", en: "Add another person" },
  remove: { zh: "删除这一位", en: "Take this person away" },
} as const satisfies Record<string, Text>;

const cardTitle = (place: number): Text => ({
  zh: `第${place + 1}位`,
  en: `Person ${place + 1}`,
});

/** What a card's buttons send as `intent`, and what it asks for. */
export type CardIntent =
  | { readonly kind: "add"; readonly name: string }
  | { readonly kind: "remove"; readonly name: string; readonly place: number };

const removePattern = /^remove-(?<name>\w+)-(?<number>\d{1,2})$/u;
const addPattern = /^add-(?<name>\w+)$/u;

/** @returns null for any other button of the page. */
export const cardIntent = (intent: string): CardIntent | null => {
  const added = addPattern.exec(intent)?.groups?.["name"];
  if (added !== undefined) return { kind: "add", name: added };
  const { name, number } = removePattern.exec(intent)?.groups ?? {};
  return name === undefined ? null : { kind: "remove", name, place: Number(number) - 1 };
};

const button = (intent: string, className: string, inside: Html | string): Html =>
  html`<button class="${className}" name="intent" value="${intent}" formnovalidate>
    ${inside}
  </button>`;

const card = (shown: Shown, place: number): Html => {
  const { name, field, typed, locale } = shown;
  const answers = cardsIn(typed)?.[place] ?? {};
  const problems =
    shown.problem === "card_to_mend" ? (cardProblems(field, typed)[place] ?? {}) : {};
  const title = inLocale(cardTitle(place), locale);
  const questions = Object.entries(field.cards?.fields ?? {}).map(([question, asked]) =>
    item({
      name: cardFieldName(name, place, question),
      field: asked,
      typed: answers[question] ?? "",
      problem: problems[question],
      locale,
      units: [],
    }),
  );
  return html`<fieldset class="person">
    <legend>${title}</legend>
    <div class="person-items">${questions}</div>
    ${button(
      `remove-${name}-${place + 1}`,
      "second quiet",
      html`${inLocale(words.remove, locale)}<span class="unseen"> · ${title}</span>`,
    )}
  </fieldset>`;
};

/** @param cards how many cards to show; never fewer than are filled in. */
export const peopleItem = (shown: Shown, cards = 0): Html => {
  const { name, field, locale } = shown;
  const max = field.cards?.max ?? 0;
  const count = Math.min(max, Math.max(cards, (cardsIn(shown.typed) ?? []).length));
  const id = fieldId(name);
  const group = attributes({ id, tabindex: "-1", role: "group", "aria-labelledby": `${id}-label` });
  return html`<div class="${itemClass(shown)} people" ${group}>
    <span class="label" id="${id}-label"
      >${label({ ...shown, field: { ...field, optional: false } })}</span
    >
    ${hintAndProblem(shown)} ${Array.from({ length: count }, (_card, place) => card(shown, place))}
    ${count < max && button(`add-${name}`, "second", inLocale(words.add, locale))}
  </div>`;
};

/** The summary's lines for what is wrong on the cards, each a link to its question. */
export const cardLines = (shown: {
  readonly name: string;
  readonly field: Field<unknown>;
  readonly typed: string;
  readonly locale: Locale;
}): readonly { readonly href: string; readonly words: string }[] => {
  const { name, field, typed, locale } = shown;
  const found = cardProblems(field, typed).flatMap((problems, place) =>
    Object.entries(field.cards?.fields ?? {}).flatMap(([question, asked]) => {
      const problem = problems[question];
      if (!problem) return [];
      const said = inLocale(problemText(problem, asked), locale);
      const href = `#${fieldId(cardFieldName(name, place, question))}`;
      return [{ href, words: `${inLocale(cardTitle(place), locale)} · ${said}` }];
    }),
  );
  const whole = inLocale(problemText("card_to_mend", field), locale);
  return found.length > 0 ? found : [{ href: `#${fieldId(name)}`, words: whole }];
};
