/** Cards of people on a page: how many are shown, and what its buttons do to them. Nothing is kept by that. */
import { cardFieldName, cardsIn, postedCards } from "#shared/domain/people-field.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { PageRequest } from "#shared/web/page.ts";
import { cardIntent } from "#shared/web/people-cards.ts";
import { othersExpected, type Drafted } from "../draft.ts";

const peopleIn = ({ form }: EveryProgramme): readonly string[] =>
  Object.keys(form.fields).filter((name) => form.fields[name]?.kind === "people");

/**
 * A button was pressed that only changes how the page looks: the other language or size, a card more or fewer. The
 * form comes back unread, with all that was typed.
 */
export const reshapes = ({ form }: Pick<PageRequest, "form">): boolean =>
  form["intent"] === "language" || cardIntent(form["intent"] ?? "") !== null;

const sentCards = (name: string, { form }: Pick<PageRequest, "form">, max: number): number =>
  Array.from({ length: max }, (_card, place) => cardFieldName(name, place, "relation")).filter(
    (sent) => Object.hasOwn(form, sent),
  ).length;

/** The request as if the card whose button was pressed had never been there. */
export const reshaped = (
  request: PageRequest,
  { form }: EveryProgramme,
): Pick<PageRequest, "form"> => {
  const intent = cardIntent(request.form["intent"] ?? "");
  const field = intent?.kind === "remove" ? form.fields[intent.name] : undefined;
  if (intent?.kind !== "remove" || field?.kind !== "people") return request;
  const left = postedCards(intent.name, field, request.form).filter(
    (_card, place) => place !== intent.place,
  );
  const sent = left.flatMap((card, place) =>
    Object.entries(card).map(([question, typed]) => [
      cardFieldName(intent.name, place, question),
      typed,
    ]),
  );
  const others = Object.entries(request.form).filter(
    ([name]) => !name.startsWith(`${intent.name}-`),
  );
  return { form: Object.fromEntries([...others, ...sent]) as Readonly<Record<string, string>> };
};

/** At first as many cards as there are others in the household; one that was asked for, or taken away, counts. */
export const cardsShown = (
  draft: Pick<Drafted, "programme" | "answers">,
  request: PageRequest,
): Readonly<Record<string, number>> => {
  const expected = Math.max(0, othersExpected(draft) ?? 0);
  const intent = cardIntent(request.form["intent"] ?? "");
  return Object.fromEntries(
    peopleIn(draft.programme).map((name) => {
      const max = draft.programme.form.fields[name]?.cards?.max ?? 0;
      const filled = (cardsIn(draft.answers[name] ?? "") ?? []).length;
      const sent = sentCards(name, request, max);
      if (request.method === "GET" || sent === 0) {
        const more = intent?.kind === "add" && intent.name === name ? 1 : 0;
        return [name, Math.max(expected, filled) + more];
      }
      if (intent?.name !== name) return [name, Math.max(expected, filled, sent)];
      return [name, sent + (intent.kind === "add" ? 1 : -1)];
    }),
  );
};
