import { expect, test } from "vitest";
import { exampleHousehold } from "#shared/domain/example-household.ts";
import { commonFields, householdSubject } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";

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
    "members",
    "bankCardNumber",
  ]);
});

test("the consents are asked one by one, a guardian's only for the youngest", () => {
  const consents = Object.values(commonFields).filter(({ kind }) => kind === "consent");
  expect(consents).toHaveLength(4);
  expect(consents.filter(({ onlyWithMinor }) => onlyWithMinor)).toHaveLength(1);
});

test("a household's claims go by the applicant's number", () => {
  expect(householdSubject(exampleHousehold)).toBe(exampleHousehold.applicantIdNumber);
});
