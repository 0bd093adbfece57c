/**
 * A form as data: what is asked, in which words, how an answer is read, and which answers are personal.
 * What a person typed is kept as typed (strings); facts are what the typed answers mean.
 */
import * as z from "zod";
import isIdentityCard from "validator/lib/isIdentityCard.js";
import { parseLocalDate, type LocalDate } from "../kernel/calendar.ts";
import { parseYuan, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";

/** Why an answer can't be taken; web/messages.ts has the words. */
export type FieldProblem =
  | "required"
  | "too_long"
  | "not_an_amount"
  | "not_a_count"
  | "out_of_range"
  | "not_a_date"
  | "not_an_id_number"
  | "not_a_bank_card"
  | "not_a_phone"
  | "not_an_email"
  | "not_an_option"
  | "not_allowed_characters"
  | "must_agree"
  /** Of people on cards: a card has something to mend, and what is wrong with the cards taken together. */
  | "card_to_mend"
  | "too_many_people"
  | "too_few_people"
  | "more_than_household"
  | "same_person_twice"
  | "two_spouses"
  | "more_than_household_income";

export type FieldKind =
  | "text"
  | "id_number"
  | "phone"
  | "email"
  | "bank_card"
  | "money"
  | "count"
  | "date"
  | "choice"
  | "yes_no"
  | "consent"
  | "unit"
  | "people";

export interface Option {
  readonly value: string;
  readonly label: Text;
}

/** One question. `personal` answers are encrypted one by one at rest and never leave the form, pages and bank file. */
export interface Field<Value> {
  readonly kind: FieldKind;
  readonly label: Text;
  readonly hint?: Text;
  readonly personal: boolean;
  readonly optional: boolean;
  readonly options?: readonly Option[];
  readonly maxLength: number;
  /** Of a count: its limits, both included, so that a message can name them. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Of an amount: what it is counted over, so that a page can show what a month of it is. */
  readonly per?: "year";
  /** Of people: the questions on each one's card, and how many cards there may be. */
  readonly cards?: { readonly fields: Fields; readonly max: number };
  /** Asked only when somebody whom the form names is under 14 (PIPL art. 31). */
  readonly onlyWithMinor?: true;
  readonly schema: z.ZodType<Value, string>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type FactsOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer V> ? V : never;
};

/** One small topic: what is asked on one page (docs/adr/0023-one-question-a-page.md). */
export interface QuestionPage<F extends Fields = Fields> {
  /** A plain question, or the one answer that is wanted. */
  readonly title: Text;
  /** Why it is asked, or what helps to answer it. */
  readonly why?: Text;
  readonly fields: readonly (keyof F & string)[];
}

export interface Section<F extends Fields = Fields> {
  readonly title: Text;
  readonly intro?: Text;
  readonly fields: readonly (keyof F & string)[];
  /** The same questions page by page; absent where one page takes them all. */
  readonly pages?: readonly QuestionPage<F>[];
  /** On a fast track these questions, all of them optional, may be answered after the advance. */
  readonly mayFollow?: true;
}

export interface Form<F extends Fields = Fields> {
  readonly fields: F;
  readonly sections: readonly Section<F>[];
}

/** What was typed, by field name; absent means nothing was given. */
export type Answers = Readonly<Record<string, string>>;

export type Reading<Facts> =
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "problems"; readonly problems: Readonly<Record<string, FieldProblem>> };

/** Each answer for itself: what could be read, and why the rest could not. Unknown names are ignored. */
export const readEach = <F extends Fields>(
  { fields }: { readonly fields: F; readonly sections?: unknown },
  answers: Answers,
): {
  readonly facts: Partial<FactsOf<F>>;
  readonly problems: Readonly<Record<string, FieldProblem>>;
} => {
  const problems: Record<string, FieldProblem> = {};
  const facts: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const typed = Object.hasOwn(answers, name) ? (answers[name] ?? "") : "";
    const read = field.schema.safeParse(typed);
    if (read.success) facts[name] = read.data;
    else problems[name] = (read.error.issues[0]?.message ?? "required") as FieldProblem;
  }
  return { facts: facts as Partial<FactsOf<F>>, problems };
};

/** Reads typed answers as facts, or names every field that can't be read and why. */
export const readForm = <F extends Fields>(
  form: { readonly fields: F; readonly sections?: unknown },
  answers: Answers,
): Reading<FactsOf<F>> => {
  const { facts, problems } = readEach(form, answers);
  return Object.keys(problems).length === 0
    ? { kind: "facts", facts: facts as FactsOf<F> }
    : { kind: "problems", problems };
};

export interface Asking {
  readonly label: Text;
  readonly hint?: Text;
  readonly personal?: boolean;
}

/** Control characters and line breaks have no place in a one-line answer; they are how headers and logs are forged. */
const oneLine = /^[^\u0000-\u001F\u007F\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u;

const typedText = (maxLength: number): z.ZodType<string, string> =>
  z
    .string()
    .transform((typed) => typed.trim())
    .pipe(
      z
        .string()
        .max(maxLength, "too_long" satisfies FieldProblem)
        .regex(oneLine, "not_allowed_characters"),
    );

/**
 * A question that is typed on one line. `read` is asked for what is not empty; `empty` says what nothing typed means,
 * and is null where an answer is wanted.
 */
export const field = <Value>(
  kind: FieldKind,
  asking: Asking & { readonly optional?: true },
  maxLength: number,
  read: (typed: string) => NoInfer<Value> | { readonly problem: FieldProblem },
  empty: { readonly value: NoInfer<Value> } | null,
  more: Pick<Field<Value>, "options" | "per" | "range"> = {},
): Field<Value> => {
  let schema: Field<Value>["schema"] | undefined;
  return {
    kind,
    label: asking.label,
    ...(asking.hint ? { hint: asking.hint } : {}),
    personal: asking.personal ?? false,
    optional: empty !== null,
    ...more,
    maxLength,
    /** Made when the first answer is read: a cold start knows the questions of four forms and reads few answers. */
    get schema() {
      schema ??= typedText(maxLength).transform((typed, context): Value => {
        const value =
          typed === "" ? (empty ? empty.value : { problem: "required" as const }) : read(typed);
        if (typeof value === "object" && value !== null && "problem" in value) {
          const { problem } = value as { problem: FieldProblem };
          context.addIssue({ code: "custom", message: problem });
          return z.NEVER;
        }
        return value;
      });
      return schema;
    },
  };
};

/** A line of text of at most `maxLength` characters. */
export const text = (asking: Asking & { readonly maxLength: number }): Field<string> =>
  field<string>("text", asking, asking.maxLength, (typed) => typed, null);

export const optionalText = (asking: Asking & { readonly maxLength: number }): Field<string> =>
  field<string>("text", asking, asking.maxLength, (typed) => typed, { value: "" });

const readIdNumber = (typed: string): string | { problem: FieldProblem } => {
  const idNumber = typed.toUpperCase().replaceAll(" ", "");
  return idNumber.length === 18 && isIdentityCard.default(idNumber, "zh-CN")
    ? idNumber
    : { problem: "not_an_id_number" };
};

/** An 18-digit resident ID number with a right check digit (GB 11643). Always personal. */
export const idNumber = (asking: Asking): Field<string> =>
  field<string>("id_number", { ...asking, personal: true }, 24, readIdNumber, null);

const readMoney = (typed: string): Fen | { problem: FieldProblem } =>
  parseYuan(typed) ?? { problem: "not_an_amount" };

type AskingMoney = Asking & { readonly per?: "year" };

const moneyField = (asking: AskingMoney, empty: { readonly value: Fen } | null): Field<Fen> =>
  field<Fen>("money", asking, 16, readMoney, empty, asking.per ? { per: asking.per } : {});

/** Yuan with at most two decimals. */
export const money = (asking: AskingMoney): Field<Fen> => moneyField(asking, null);

/** Yuan with at most two decimals; nothing typed is zero. */
export const optionalMoney = (asking: AskingMoney): Field<Fen> =>
  moneyField(asking, { value: 0 as Fen });

/** A whole number within limits, both included. */
export const count = (
  asking: Asking & { readonly min: number; readonly max: number },
): Field<number> =>
  field<number>(
    "count",
    asking,
    6,
    (typed) => {
      if (!/^\d{1,6}$/u.test(typed)) return { problem: "not_a_count" };
      const value = Number(typed);
      return value >= asking.min && value <= asking.max ? value : { problem: "out_of_range" };
    },
    null,
    { range: { min: asking.min, max: asking.max } },
  );

const readDate = (typed: string): LocalDate | { problem: FieldProblem } =>
  parseLocalDate(typed) ?? { problem: "not_a_date" };

export const date = (asking: Asking): Field<LocalDate> =>
  field<LocalDate>("date", asking, 10, readDate, null);

/** A day; nothing typed is null. */
export const optionalDate = (asking: Asking): Field<LocalDate | null> =>
  field<LocalDate | null>("date", asking, 10, readDate, { value: null });

/** One of a closed list. */
export const choice = <const Values extends readonly Option[]>(
  asking: Asking & { readonly options: Values },
): Field<Values[number]["value"]> =>
  field<Values[number]["value"]>(
    "choice",
    asking,
    64,
    (typed) =>
      asking.options.some((option) => option.value === typed)
        ? typed
        : { problem: "not_an_option" },
    null,
    { options: asking.options },
  );

const yesNoOptions: readonly Option[] = [
  { value: "yes", label: { zh: "是", en: "Yes" } },
  { value: "no", label: { zh: "否", en: "No" } },
];

export const yesNo = (asking: Asking): Field<boolean> =>
  field<boolean>(
    "yes_no",
    asking,
    3,
    (typed) => (typed === "yes" ? true : typed === "no" ? false : { problem: "not_an_option" }),
    null,
    { options: yesNoOptions },
  );

/** The applicant's own office. Which offices there are is checked against the organisation when it is sent. */
export const unit = (asking: Asking): Field<string> =>
  field<string>("unit", asking, 64, (typed) => typed, null);

export const defineForm = <F extends Fields>(form: Form<F>): Form<F> => form;
