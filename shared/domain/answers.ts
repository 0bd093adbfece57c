/** The way back from facts to what a person would have typed: for worked cases, demonstrations and prefilled forms. */
import { plainYuan, type Fen } from "../kernel/money.ts";
import type { Answers, Field, FieldKind, Fields, FactsOf, Form } from "./form.ts";

type Writing = (value: unknown) => string;

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
  consent: asYesNo,
  unit: asText,
};

const written = (field: Field<unknown> | undefined, value: unknown): string =>
  field === undefined ? "" : writings[field.kind](value);

/** Answers that `readForm` reads as these very facts. */
export const answersOf = <F extends Fields>(form: Form<F>, facts: FactsOf<F>): Answers =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, written(form.fields[name], value)]),
  );
