import { expect, test } from "vitest";
import { answersOf } from "#shared/domain/answers.ts";
import { exampleHousehold, examplePeople } from "#shared/domain/example-household.ts";
import { familyProblems, isAsked } from "#shared/domain/family.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { programmeById } from "#workflows/registry.ts";

const form = { fields: commonFields, sections: [...householdSections, ...paymentSections] };
const on = localDate("2026-07-20");
const [spouse, child] = exampleHousehold.members;
if (!spouse || !child) throw new Error("the example has two members");

const problems = (changes: Partial<typeof exampleHousehold>, day = on) =>
  familyProblems(form, { ...exampleHousehold, annualIncome: yuan(54_000), ...changes }, day);

test("one card fewer than people, neither more nor less", () => {
  expect(problems({})).toEqual({});
  expect(problems({ householdSize: 1, members: [] })).toEqual({});
  expect(problems({ members: [spouse] })).toEqual({ members: "too_few_people" });
  expect(problems({ members: [] })).toEqual({ members: "too_few_people" });
  expect(problems({ householdSize: 2 })).toEqual({ members: "more_than_household" });
});

test("on a fast track the members may follow, but not half of them", () => {
  const emergency = programmeById("emergency");
  if (!emergency) throw new Error("no emergency relief");
  const facts = { ...exampleHousehold, annualIncome: yuan(54_000) };

  expect(familyProblems(emergency.form, { ...facts, members: [] }, on)).toEqual({});
  expect(familyProblems(emergency.form, { ...facts, members: [spouse] }, on)).toEqual({
    members: "too_few_people",
  });
});

test("nobody stands there twice, and there is one husband or wife", () => {
  const { applicantIdNumber } = exampleHousehold;
  expect(problems({ members: [spouse, { ...child, idNumber: spouse.idNumber }] })).toEqual({
    members: "same_person_twice",
  });
  expect(problems({ members: [spouse, { ...child, idNumber: applicantIdNumber }] })).toEqual({
    members: "same_person_twice",
  });
  expect(problems({ members: [spouse, { ...child, relation: "spouse" }] })).toEqual({
    members: "two_spouses",
  });
});

test("members earn no more than the household does", () => {
  const earning = (amount: number) => ({
    members: [{ ...spouse, yearlyIncome: yuan(amount) }, child],
  });
  expect(problems(earning(54_000))).toEqual({});
  expect(problems(earning(54_000.01))).toEqual({ members: "more_than_household_income" });
});

test("a guardian consents for whoever is under 14 on the day, up to the birthday itself", () => {
  const birthday = localDate("2022-06-20");
  const dayBefore = localDate("2022-06-19");
  expect(examplePeople.child.slice(6, 14)).toBe("20080620");
  expect(problems({}, birthday)).toEqual({});
  expect(problems({}, dayBefore)).toEqual({ consentGuardian: "must_agree" });
  expect(problems({ consentGuardian: true }, dayBefore)).toEqual({});
});

test("what isn't known yet is no problem yet", () => {
  expect(familyProblems(form, {}, on)).toEqual({});
  expect(familyProblems(form, { members: [spouse] }, on)).toEqual({});
});

test("questions that don't concern somebody are not asked", () => {
  const answers = answersOf(form, exampleHousehold);
  const names = ["members", "consentGuardian", "applicantName"];
  const asked = (changes: Readonly<Record<string, string>>, day = on) =>
    names.filter(isAsked(form, { ...answers, ...changes }, day));

  expect(asked({})).toEqual(["members", "applicantName"]);
  expect(asked({ householdSize: "1", members: "" })).toEqual(["applicantName"]);
  expect(asked({ householdSize: "1" })).toContain("members");
  expect(asked({}, localDate("2020-01-01"))).toContain("consentGuardian");
  expect(asked({ members: "no list", applicantIdNumber: "3701" })).toEqual(
    names.filter((name) => name !== "consentGuardian"),
  );
});
