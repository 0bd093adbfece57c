/** What must fit together in a form: the people it names, their number and income, and who is under 14. Pure. */
import { addMonths, type LocalDate } from "../kernel/calendar.ts";
import { addFen, zeroFen } from "../kernel/money.ts";
import { birthDateOf } from "./file-content.ts";
import type { Answers, FieldProblem, Fields } from "./form.ts";
import type { CommonFacts } from "./household.ts";
import { idNumbersIn } from "./intake.ts";
import { cardsIn } from "./people-field.ts";
import type { AnySection } from "./question-pages.ts";

/** A form whatever its own names of questions are. */
interface AskedForm {
  readonly fields: Fields;
  readonly sections: readonly AnySection[];
}

type FamilyFacts = Pick<
  CommonFacts,
  "applicantIdNumber" | "householdSize" | "members" | "annualIncome" | "consentGuardian"
>;

/** The age up to which a guardian consents (PIPL art. 31). */
const minorYears = 14;

const isUnder14 = (idNumber: string, on: LocalDate): boolean =>
  addMonths(birthDateOf(idNumber), minorYears * 12) > on;

const readNumber = (field: Fields[string], typed: string): readonly string[] => {
  const read = field.schema.safeParse(typed);
  return read.success && typeof read.data === "string" ? [read.data] : [];
};

/** The ID numbers that can be read out of answers, which need not be whole or right yet. */
const numbersTyped = (fields: Fields, answers: Answers): readonly string[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    const typed = answers[name] ?? "";
    if (field.kind === "id_number") return readNumber(field, typed);
    return field.kind === "people"
      ? (cardsIn(typed) ?? []).flatMap((card) => numbersTyped(field.cards?.fields ?? {}, card))
      : [];
  });

/** Whether answers name somebody under 14. */
const namesMinor = (
  { fields }: Pick<AskedForm, "fields">,
  answers: Answers,
  on: LocalDate,
): boolean => numbersTyped(fields, answers).some((number) => isUnder14(number, on));

/** Whether the members may be named after an advance (先救助后补手续). */
const membersMayFollow = ({ sections }: Pick<AskedForm, "sections">): boolean =>
  sections.some(({ mayFollow, fields }) => mayFollow === true && fields.includes("members"));

const membersProblem = (
  form: Pick<AskedForm, "sections">,
  facts: Partial<FamilyFacts>,
): FieldProblem | null => {
  const { members, applicantIdNumber, annualIncome } = facts;
  if (members === undefined) return null;
  const others = (facts.householdSize ?? members.length + 1) - 1;
  if (members.length > others) return "more_than_household";
  const mayBeNone = members.length === 0 && membersMayFollow(form);
  if (members.length < others && !mayBeNone) return "too_few_people";
  const numbers = [applicantIdNumber ?? "", ...members.map(({ idNumber }) => idNumber)];
  if (new Set(numbers).size < numbers.length) return "same_person_twice";
  if (members.filter(({ relation }) => relation === "spouse").length > 1) return "two_spouses";
  const earnedFen = addFen(zeroFen, ...members.map(({ yearlyIncome }) => yearlyIncome));
  return annualIncome !== undefined && earnedFen > annualIncome
    ? "more_than_household_income"
    : null;
};

/**
 * What is wrong between facts that are right one by one, as far as they are known. Asked before a form is taken; a
 * case that was taken before a question existed stays as it is.
 */
export const familyProblems = (
  form: AskedForm,
  facts: Partial<FamilyFacts>,
  on: LocalDate,
): Readonly<Record<string, FieldProblem>> => {
  const members = membersProblem(form, facts);
  const needsGuardian =
    facts.consentGuardian === false &&
    idNumbersIn(form, facts).some((number) => isUnder14(number, on));
  return {
    ...(members ? { members } : {}),
    ...(needsGuardian ? { consentGuardian: "must_agree" as const } : {}),
  };
};

/**
 * Whether a question is put to this person at all: a guardian's consent only when somebody is under 14, the others
 * of the household only where there are any.
 */
export const isAsked = (
  form: Pick<AskedForm, "fields">,
  answers: Answers,
  on: LocalDate,
): ((name: string) => boolean) => {
  const withMinor = namesMinor(form, answers, on);
  const alone = (answers["householdSize"] ?? "").trim() === "1" && !answers["members"];
  return (name) => {
    if (form.fields[name]?.onlyWithMinor) return withMinor || answers[name] === "yes";
    return !(alone && name === "members");
  };
};
