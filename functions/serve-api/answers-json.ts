/**
 * Answers as JSON: each question by its name, as text, the way a person would type it; people as a list of cards.
 * The schema refuses what no question asks; what an answer means is for the programme's form to say.
 */
import * as z from "zod";
import { answerProblems, readAnswers } from "#shared/casework/read-answers.ts";
import type { Answers, Field, FieldProblem } from "#shared/domain/form.ts";
import { answersTo } from "#shared/domain/intake.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { answerOfCards, cardProblems, cardsIn } from "#shared/domain/people-field.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { ApiError } from "#shared/web/api-problem.ts";
import { problemText } from "#shared/web/messages.ts";

type Card = Readonly<Record<string, string>>;
export type AnswersJson = Readonly<Record<string, string | readonly Card[] | undefined>>;

const described = (schema: z.ZodType, { label, hint }: Field<unknown>): z.ZodType => {
  const text: Text = hint
    ? { zh: `${label.zh}：${hint.zh}`, en: `${label.en}: ${hint.en}` }
    : label;
  return schema.meta({ text });
};

const cardSchema = (fields: Readonly<Record<string, Field<unknown>>>): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, inputOf(field).optional()]),
    ),
  );

/** An answer as it may be sent; absent means nothing was given. */
const inputOf = (field: Field<unknown>): z.ZodType => {
  const { kind, options, maxLength, cards } = field;
  if (kind === "people" && cards) {
    return described(z.array(cardSchema(cards.fields)).max(cards.max), field);
  }
  if (kind === "consent") return described(z.enum(["yes", "no"]), field);
  if (options) return described(z.enum(options.map(({ value }) => value)), field);
  return described(z.string().max(maxLength), field);
};

const schemas = new Map<string, z.ZodType<AnswersJson>>();

const ofNoProgramme = z.looseObject({}) as z.ZodType<AnswersJson>;

/** What a programme's answers may be, made when they are first asked for; of no programme, anything. */
export const answersSchema = (programme: EveryProgramme | null): z.ZodType<AnswersJson> => {
  if (!programme) return ofNoProgramme;
  const known = schemas.get(programme.id);
  if (known) return known;
  const schema = cardSchema(programme.form.fields) as z.ZodType<AnswersJson>;
  schemas.set(programme.id, schema);
  return schema;
};

/** Answers as the form takes them: what was typed, by field. */
export const answersFrom = (programme: EveryProgramme, json: AnswersJson): Answers =>
  answersTo(
    programme.form,
    Object.fromEntries(
      Object.entries(json).map(([name, value]) => [
        name,
        typeof value === "string"
          ? value
          : value
            ? answerOfCards(programme.form.fields[name] ?? {}, value)
            : "",
      ]),
    ),
  );

/** The way back: answers as they were given, without those that nothing was given to. */
export const answersToJson = ({ form }: EveryProgramme, answers: Answers): AnswersJson =>
  Object.fromEntries(
    Object.entries(answers)
      .filter(([name, typed]) => typed !== "" && Object.hasOwn(form.fields, name))
      .map(([name, typed]) => [
        name,
        form.fields[name]?.kind === "people" ? (cardsIn(typed) ?? []) : typed,
      ]),
  );

const errorsAt = (
  programme: EveryProgramme,
  name: string,
  problem: FieldProblem,
  typed: string,
): readonly ApiError[] => {
  const field = programme.form.fields[name];
  if (!field) return [];
  if (problem === "card_to_mend") {
    return cardProblems(field, typed).flatMap((card, index) =>
      Object.entries(card).map(([part, wrong]) => ({
        pointer: `/answers/${name}/${index}/${part}`,
        code: wrong,
        detail: problemText(wrong, field.cards?.fields[part] ?? field),
      })),
    );
  }
  return [{ pointer: `/answers/${name}`, code: problem, detail: problemText(problem, field) }];
};

/** Everything that is wrong with answers or still to be given, in the order of the questions. */
export const problemsOf = (
  programme: EveryProgramme,
  answers: Answers,
  units: readonly Unit[],
  on: LocalDate,
): readonly ApiError[] => {
  const read = readAnswers(programme, answers, units, on);
  if (read.kind === "facts") return [];
  const errors = programme.form.sections
    .flatMap(({ fields }) => fields)
    .flatMap((name) => {
      const problem = Object.hasOwn(read.problems, name) ? read.problems[name] : undefined;
      return problem ? errorsAt(programme, name, problem, answers[name] ?? "") : [];
    });
  const further = read.further.map((detail) => ({
    pointer: "/answers",
    code: "too_many_numbers",
    detail,
  }));
  return [...errors, ...further];
};

/** What is wrong with what was given: a draft may be unfinished, but nothing in it is wrong. */
export const wrongAnswers = (
  programme: EveryProgramme,
  answers: Answers,
  units: readonly Unit[],
  on: LocalDate,
): readonly ApiError[] => {
  const problems = answerProblems(programme, answers, units, on);
  return Object.entries(problems).flatMap(([name, problem]) => {
    const typed = answers[name] ?? "";
    return typed === "" ? [] : errorsAt(programme, name, problem, typed);
  });
};
