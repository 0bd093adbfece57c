import { expect, test } from "vitest";
import { answersOf } from "#shared/domain/answers.ts";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { readForm } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { yuan } from "#shared/kernel/money.ts";

const form = { fields: commonFields, sections: [] };

test("facts are written as a person would type them", () => {
  const facts = { ...exampleHousehold, annualIncome: yuan(86_463.99), unionMember: false };
  expect(answersOf(form, facts)).toMatchObject({
    annualIncome: "86463.99",
    unionMember: "no",
    householdSize: "3",
    cause: "low_income",
    consentMeansCheck: "yes",
  });
});

test("what is written is read back as the same facts", () => {
  expect(readForm(form, answersOf(form, exampleHousehold))).toEqual({
    kind: "facts",
    facts: exampleHousehold,
  });
});
