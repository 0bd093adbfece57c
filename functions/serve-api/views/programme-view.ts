/** A programme with its questions, as a program asks them. */
import type { Field } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { isOpen, seasonNow, seasonWords, type SeasonNow } from "#shared/web/season.ts";
import { say, type Call } from "../operation.ts";
import type { ProgrammeBody, ProgrammeListedBody, QuestionBody } from "../document/schemas.ts";

const daysOf = (season: SeasonNow): { opens: string | null; closes: string | null } => {
  if (season.kind === "open") {
    return { opens: season.window.opens, closes: season.window.closes };
  }
  return season.kind === "shut"
    ? { opens: season.opens, closes: season.closes }
    : { opens: null, closes: null };
};

export const programmeListed = (call: Call, programme: EveryProgramme): ProgrammeListedBody => {
  const season = seasonNow(call.uses, programme);
  return {
    id: programme.id,
    title: say(call, programme.title),
    summary: say(call, programme.summary),
    season: {
      state: season.kind,
      isOpen: isOpen(season),
      words: say(call, seasonWords(season)),
      ...daysOf(season),
    },
  };
};

const cardQuestion = (
  call: Call,
  name: string,
  field: Field<unknown>,
): Omit<QuestionBody, "cards"> => ({
  name,
  kind: field.kind,
  label: say(call, field.label),
  hint: field.hint ? say(call, field.hint) : null,
  required: !field.optional,
  personal: field.personal,
  maxLength: field.maxLength,
  range: field.range ? { ...field.range } : null,
  options: field.options?.map(({ value, label }) => ({ value, label: say(call, label) })) ?? null,
});

const question = (call: Call, name: string, field: Field<unknown>): QuestionBody => ({
  ...cardQuestion(call, name, field),
  cards: field.cards
    ? {
        max: field.cards.max,
        questions: Object.entries(field.cards.fields).map(([part, asked]) =>
          cardQuestion(call, part, asked),
        ),
      }
    : null,
});

export const programmeBody = (call: Call, programme: EveryProgramme): ProgrammeBody => {
  const { form } = programme;
  const { fields } = form;
  const names = form.sections.flatMap((section) => section.fields);
  return {
    ...programmeListed(call, programme),
    papersMayFollow: programme.fastTrack !== undefined,
    sections: form.sections.map((section) => ({
      title: say(call, section.title),
      intro: section.intro ? say(call, section.intro) : null,
      mayFollow: section.mayFollow === true,
      questions: [...section.fields],
    })),
    questions: names.flatMap((name) => {
      const field = fields[name];
      return field ? [question(call, name, field)] : [];
    }),
  };
};
