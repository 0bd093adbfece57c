import { afterAll, beforeAll, expect, test } from "vitest";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { changeStaff } from "#shared/casework/change-staff.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const admin = "ADMIN" as StaffId;

const personOf = async (id: string) => {
  const person = await world.uses.directory.staff(id as StaffId);
  if (!person) throw new Error(`nobody is ${id}`);
  return person;
};

test("whoever leaves loses open links at once: somebody else of the tier is asked instead", async () => {
  const application = await storeCase(world.uses, aCase(41));
  const asked = await askApprover(world.uses, application, "token-41");
  expect(asked.approverId).toBe("east-1");

  const person = await personOf("east-1");
  const changed = await changeStaff(world.uses, person, { ...person, active: false }, admin);
  expect(changed).toEqual({ kind: "changed", reassigned: 1 });

  const again = await world.uses.cases.approval(application.id, application.round, "district", 1);
  expect(again).toMatchObject({ approverId: "east-2", decidedAt: null });
  expect(again?.linkHash).not.toBe(asked.linkHash);
  expect(world.mails.map(({ to }) => to)).toEqual(["east-1@example.org", "east-2@example.org"]);
});

test("what nobody's links hang on, such as a name, asks nobody anew", async () => {
  const person = await personOf("spring-1");
  const mails = world.mails.length;
  expect(await changeStaff(world.uses, person, { ...person, name: "新名" }, admin)).toEqual({
    kind: "changed",
    reassigned: 0,
  });
  expect(world.mails).toHaveLength(mails);
  const now = await personOf("spring-1");
  expect(await changeStaff(world.uses, now, now, admin)).toEqual({ kind: "unchanged" });
});

test("a change that can't be is told and leaves everything as it was", async () => {
  const person = await personOf("spring-2");
  const nowhere = { ...person, unitId: "moon" as UnitId };
  expect(await changeStaff(world.uses, person, nowhere, admin)).toEqual({
    kind: "problem",
    problem: "no_such_unit",
  });
  expect(await personOf("spring-2")).toEqual(person);
  const older = { ...person, name: "从前" };
  expect(await changeStaff(world.uses, older, { ...person, name: "后来" }, admin)).toEqual({
    kind: "stale",
  });
});
