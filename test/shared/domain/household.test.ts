import { expect, test } from "vitest";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import {
  commonFields,
  householdSections,
  householdSubject,
  paymentSections,
} from "#shared/domain/household.ts";

test("every common question is asked once", () => {
  const asked = [...householdSections, ...paymentSections].flatMap(({ fields }) => fields);
  expect(asked.toSorted()).toEqual(Object.keys(commonFields).toSorted());
});

test("who, where and which card are personal", () => {
  const personal = Object.entries(commonFields).filter(([, field]) => field.personal);
  expect(personal.map(([name]) => name)).toEqual([
    "applicantName",
    "applicantIdNumber",
    "phone",
    "email",
    "address",
    "bankCardNumber",
  ]);
});

test("the three consents are asked one by one", () => {
  const consents = Object.values(commonFields).filter(({ kind }) => kind === "consent");
  expect(consents).toHaveLength(3);
});

test("a household's claims go by the applicant's number", () => {
  expect(householdSubject(exampleHousehold)).toBe(exampleHousehold.applicantIdNumber);
});
