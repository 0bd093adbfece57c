/** Reads a programme's form as it was typed, and checks what the form alone can't know. */
import { familyProblems } from "#shared/domain/family.ts";
import { readEach, readForm, type Answers } from "#shared/domain/form.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { baseUnitOf, claimNumbersMax } from "#shared/domain/intake.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Problems } from "#shared/web/form.ts";

const noSuchOffice: Problems = { unitId: "not_an_option" };

export type AnswersRead =
  | { readonly kind: "facts"; readonly facts: CommonFacts; readonly unit: Unit }
  | {
      readonly kind: "problems";
      readonly problems: Problems;
      /** What no single field is to blame for. */
      readonly further: readonly Text[];
    };

const tooManyNumbers: Text = {
  zh: `一次申请最多填${claimNumbersMax}个发票号码，请删减；其余的请与工会联系`,
  en: `One application takes at most ${claimNumbersMax} invoice numbers: shorten the list, and ask your union about the rest`,
};

/** Every problem of a form that needn't be whole yet; `on` is the day of application. */
export const answerProblems = (
  programme: EveryProgramme,
  answers: Answers,
  units: readonly Unit[],
  on: LocalDate,
): Problems => {
  const { facts, problems } = readEach(programme.form, answers);
  const { unitId } = facts;
  const office = unitId === undefined || baseUnitOf(units, unitId) ? {} : noSuchOffice;
  return { ...familyProblems(programme.form, facts, on), ...office, ...problems };
};

/**
 * Reads a form, and whether its answers fit together.
 * @param on the day of application; null for answers that were taken already, by the questions of their day.
 */
export const readAnswers = (
  programme: EveryProgramme,
  answers: Answers,
  units: readonly Unit[],
  on: LocalDate | null,
): AnswersRead => {
  const problems = on === null ? {} : answerProblems(programme, answers, units, on);
  if (Object.keys(problems).length > 0) return { kind: "problems", problems, further: [] };
  const reading = readForm(programme.form, answers);
  if (reading.kind === "problems") return { ...reading, further: [] };
  const facts: CommonFacts = reading.facts;
  const unit = baseUnitOf(units, facts.unitId);
  if (!unit) return { kind: "problems", problems: noSuchOffice, further: [] };
  if ((programme.furtherClaims?.(reading.facts).length ?? 0) > claimNumbersMax) {
    return { kind: "problems", problems: {}, further: [tooManyNumbers] };
  }
  return { kind: "facts", facts, unit };
};
