import { expect, test } from "vitest";
import {
  birthDateOf,
  declarationChanges,
  declaredIncomeFen,
  hasChanges,
  householdOnFile,
  membersMax,
  membersProblem,
  workerFirst,
} from "#shared/domain/file-content.ts";
import { differenceFen } from "#shared/domain/means.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aDeclaration, aMember, aRelative } from "#test/support/archive.ts";

test("the birth date is read out of the ID number", () => {
  expect(birthDateOf("370102198001010007")).toBe("1980-01-01");
  expect(birthDateOf("11010519491231002X")).toBe("1949-12-31");
});

test.each([
  ["no_worker", [aRelative(1)]],
  ["two_workers", [aMember(1), aMember(2)]],
  ["two_spouses", [aMember(1), aRelative(1), aRelative(2)]],
  ["same_person_twice", [aMember(1), aRelative(1, { idNumber: aMember(1).idNumber })]],
  [
    "too_many_members",
    [
      aMember(1),
      ...Array.from({ length: membersMax }, (_one, number) =>
        aRelative(number, { relation: "other" }),
      ),
    ],
  ],
  [null, [aMember(1), aRelative(1), aRelative(2, { relation: "child" })]],
] as const)("members together: %s", (problem, members) => {
  expect(membersProblem(members)).toBe(problem);
});

test("the worker stands first, whoever was typed first", () => {
  const members = workerFirst([aRelative(1), aMember(1), aRelative(2, { relation: "child" })]);
  expect(members.map(({ relation }) => relation)).toEqual(["worker", "spouse", "child"]);
});

test("the declared income is all members'; people may be more than are named", () => {
  const declaration = {
    ...aDeclaration(1, { medicalExpense: yuan(3_000), careExpense: yuan(500) }, [
      aMember(1, { yearlyIncome: yuan(18_000) }),
      aRelative(1, { yearlyIncome: yuan(2_400.5) }),
    ]),
    people: 3,
  };
  expect(declaredIncomeFen(declaration)).toBe(yuan(20_400.5));
  const household = householdOnFile(declaration);
  expect(household.people).toBe(3);
  expect(differenceFen(household)).toBe(yuan(16_900.5));
});

test("changes are named by question, and members counted as come, left or changed", () => {
  const before = aDeclaration(1);
  expect(hasChanges(declarationChanges(before, aDeclaration(1)))).toBe(false);
  const after = {
    ...aDeclaration(1, { address: "别处", homes: 1 }, [
      aMember(1, { yearlyIncome: yuan(1) }),
      aRelative(2, { relation: "child" }),
    ]),
    people: 4,
  };
  expect(declarationChanges(before, after)).toEqual({
    fields: ["address", "homes"],
    membersAdded: 1,
    membersLeft: 1,
    membersChanged: 1,
    peopleChanged: true,
  });
});
