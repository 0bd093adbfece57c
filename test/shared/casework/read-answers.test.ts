import { expect, test } from "vitest";
import { answerProblems, readAnswers } from "#shared/casework/read-answers.ts";
import { answersOf } from "#shared/domain/answers.ts";
import type { Answers } from "#shared/domain/form.ts";
import { isBaseUnit } from "#shared/domain/organisation.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { units } from "#test/support/cases.ts";
import { programmeOf } from "#test/support/applicant.ts";

const programme = programmeOf("golden-autumn");
const on = localDate("2026-07-20");
const [office] = units.filter(isBaseUnit);
const [example] = programme.examples;
if (!office || !example) throw new Error("an office and a worked case are there");
const answers: Answers = {
  ...answersOf(programme.form, example.facts),
  unitId: office.id,
};

test("a whole form is read as facts with its office", () => {
  expect(readAnswers(programme, answers, units, on)).toMatchObject({
    kind: "facts",
    unit: { id: office.id },
    facts: { householdSize: 3 },
  });
});

test("all that is wrong is told at once: fields, the office, and what doesn't fit together", () => {
  const wrong = { ...answers, phone: "1", unitId: "nowhere", householdSize: "5" };

  expect(readAnswers(programme, wrong, units, on)).toEqual({
    kind: "problems",
    problems: { phone: "not_a_phone", unitId: "not_an_option", members: "too_few_people" },
    further: [],
  });
});

test("answers that were taken before members were asked are read by the questions of their day", () => {
  const { members: _members, ...before } = answers;

  expect(readAnswers(programme, before, units, null).kind).toBe("facts");
  expect(readAnswers(programme, before, units, on).kind).toBe("problems");
});

test("a form that is half filled in has the problems of what is there, and names what is open", () => {
  const problems = answerProblems(programme, { householdSize: "2", homes: "x" }, units, on);

  expect(problems).toMatchObject({ homes: "not_a_count", applicantName: "required" });
  expect(problems["members"]).toBe("too_few_people");
});
