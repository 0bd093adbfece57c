/** A question about several people, a card for each: one answer, kept as the JSON of what was typed on the cards. */
import * as z from "zod";
import { readForm, type Answers, type Asking, type Field, type FieldProblem } from "./form.ts";
import type { Fields, FactsOf } from "./form.ts";

/** What was typed on one card, by the names of its questions; and what is wrong there. */
export type CardProblems = Readonly<Record<string, FieldProblem>>;

/** Longer than any household's cards; what is longer is no answer of this form. */
const lengthMax = 20_000;

const typedCards = z.array(z.record(z.string(), z.string()));

/** The cards of an answer. @returns null for what is no list of cards. */
export const cardsIn = (typed: string): readonly Answers[] | null => {
  if (typed.trim() === "") return [];
  if (typed.length > lengthMax) return null;
  try {
    const read = typedCards.safeParse(JSON.parse(typed));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
};

/**
 * Cards as one answer, always written the same way, so that the same people are the same answer: known questions
 * only, in their order, nothing that was left empty. Empty cards don't count; without any the answer is empty.
 */
export const answerOfCards = (
  { cards: card }: Pick<Field<unknown>, "cards">,
  cards: readonly Answers[],
): string => {
  const names = Object.keys(card?.fields ?? {});
  const written = cards
    .map((typed) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const given = Object.hasOwn(typed, name) ? (typed[name] ?? "") : "";
          return given === "" ? [] : [[name, given]];
        }),
      ),
    )
    .filter((typed) => Object.keys(typed).length > 0);
  return written.length === 0 ? "" : JSON.stringify(written);
};

/** The name under which a card's question is sent by a browser: "members-2-name". */
export const cardFieldName = (name: string, place: number, question: string): string =>
  `${name}-${place + 1}-${question}`;

/** What was typed on a question's cards, as a browser sends it, in order; places that were not sent are empty. */
export const postedCards = (
  name: string,
  { cards }: Pick<Field<unknown>, "cards">,
  posted: Answers,
): readonly Answers[] =>
  Array.from({ length: cards?.max ?? 0 }, (_card, place) =>
    Object.fromEntries(
      Object.keys(cards?.fields ?? {}).map((question) => {
        const sent = cardFieldName(name, place, question);
        return [question, Object.hasOwn(posted, sent) ? (posted[sent] ?? "") : ""];
      }),
    ),
  );

/** What is wrong on each card, in their order. */
export const cardProblems = (
  { cards }: Pick<Field<unknown>, "cards">,
  typed: string,
): readonly CardProblems[] =>
  (cardsIn(typed) ?? []).map((card) => {
    const reading = readForm({ fields: cards?.fields ?? {} }, card);
    return reading.kind === "problems" ? reading.problems : {};
  });

/**
 * Nought to `max` people. Always personal. That too few were named is for who knows the whole form to say
 * (domain/family.ts), so no card at all is an answer.
 */
export const people = <F extends Fields>(
  asking: Asking & { readonly fields: F; readonly max: number },
): Field<readonly FactsOf<F>[]> => ({
  kind: "people",
  label: asking.label,
  ...(asking.hint ? { hint: asking.hint } : {}),
  personal: true,
  optional: true,
  maxLength: lengthMax,
  cards: { fields: asking.fields, max: asking.max },
  schema: z.string().transform((typed, context): readonly FactsOf<F>[] => {
    const refuse = (problem: FieldProblem): never => {
      context.addIssue({ code: "custom", message: problem });
      return z.NEVER;
    };
    const cards = cardsIn(typed);
    if (cards === null) return refuse("card_to_mend");
    if (cards.length > asking.max) return refuse("too_many_people");
    const read = cards.map((card) => readForm({ fields: asking.fields }, card));
    const facts = read.flatMap((card) => (card.kind === "facts" ? [card.facts] : []));
    return facts.length === cards.length ? facts : refuse("card_to_mend");
  }),
});
