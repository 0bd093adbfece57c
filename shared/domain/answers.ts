/** The way back from facts to what a person would have typed: for worked cases, demonstrations and prefilled forms. */
import { plainYuan, type Fen } from "../kernel/money.ts";
import type { Answers, Field, FieldKind, Fields, FactsOf, Form } from "./form.ts";
import { answerOfCards } from "./people-field.ts";

type Writing = (value: unknown, field: Field<unknown>) => string;

const asText: Writing = (value) =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const asYesNo: Writing = (value) => (value === true ? "yes" : "no");

const writings: Readonly<Record<FieldKind, Writing>> = {
  text: asText,
  id_number: asText,
  phone: asText,
  email: asText,
  bank_card: asText,
  money: (value) => plainYuan(value as Fen),
  count: asText,
  date: asText,
  choice: asText,
  yes_no: asYesNo,
  consent: (value, { optional }) => (value === true ? "yes" : optional ? "" : "no"),
  unit: asText,
  people: (value, field) =>
    answerOfCards(
      field,
      (value as readonly Readonly<Record<string, unknown>>[]).map((card) =>
        Object.fromEntries(
          Object.entries(card).map(([name, inner]) => [
            name,
            written(field.cards?.fields[name], inner),
          ]),
        ),
      ),
    ),
};

const written = (field: Field<unknown> | undefined, value: unknown): string =>
  field === undefined ? "" : writings[field.kind](value, field);

/** Answers that `readForm` reads as these very facts. */
export const answersOf = <F extends Fields>(form: Form<F>, facts: FactsOf<F>): Answers =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, written(form.fields[name], value)]),
  );
