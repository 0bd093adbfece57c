import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askedOf, waitingByPerson, waitingFor } from "#shared/casework/approver-queue.ts";
import { askApprover } from "#shared/casework/ask-approver.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, applicationIdOf, monday, organisation, staff } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const east = staff("east-1", "east");
const deadlineAt = instant("2026-07-29T16:00:00Z");

const ask = async (number: number, changes: Partial<Application> = {}) => {
  const application = await storeCase(world.uses, aCase(number, { deadlineAt, ...changes }));
  return askApprover(world.uses, application, "");
};
const idsFor = async (person: Staff): Promise<readonly string[]> =>
  (await waitingFor(world.uses, person)).asked.map(({ application }) => application.id);

test("a person sees what they were asked about, the nearest limit first, and nobody else's", async () => {
  await ask(1);
  await ask(2, { deadlineAt: instant("2026-07-24T16:00:00Z") });
  await ask(3, { tier: "city", atUnitId: "city" as UnitId });
  // Sent, and not before anybody yet.
  await storeCase(world.uses, aCase(4, { status: "in_acceptance" }));

  expect(await idsFor(east)).toEqual([applicationIdOf(2), applicationIdOf(1)]);
  expect(await idsFor(staff("east-2", "east"))).toEqual([]);
  expect(await idsFor(staff("city-1", "city"))).toEqual([applicationIdOf(3)]);
});

test("objections and appeals stand in the list of whoever answers them", async () => {
  const approval = await ask(5, { status: "under_appeal", atUnitId: null });
  const reviewer = organisation.staff.find(({ id }) => id === approval.approverId)!;
  expect(reviewer.unitId).not.toBe("east");
  expect(await idsFor(reviewer)).toEqual([applicationIdOf(5)]);
});

test("a stand-in of another office finds the cases they were asked about instead", async () => {
  const away = { from: localDate("2026-07-01"), to: localDate("2026-08-01"), standInMaxFen: null };
  for (const id of ["east-1", "east-2"]) {
    const absence = { ...away, standInId: "metal-1" as StaffId };
    await world.uses.directory.putStaff(staff(id, "east", { absence }));
  }
  try {
    const approval = await ask(6);
    expect(approval.approverId).toBe("metal-1");
    expect(await idsFor(staff("metal-1", "metal"))).toEqual([applicationIdOf(6)]);
    expect(await idsFor(east)).toEqual([]);
  } finally {
    for (const id of ["east-1", "east-2"]) await world.uses.directory.putStaff(staff(id, "east"));
  }
});

test("decided, expired, changed, or the person's own: none of these waits", async () => {
  const decided = await ask(7);
  await world.uses.cases.putApproval(
    { ...decided, decidedAt: monday, decision: "return" },
    decided,
  );
  const ran = await ask(8);
  await world.uses.cases.putApproval({ ...ran, expiresAt: monday }, ran);
  const changed = await ask(9);
  await world.uses.cases.putApproval({ ...changed, caseVersion: 2 }, changed);
  await ask(10);

  expect(await idsFor(east)).toEqual([applicationIdOf(10)]);
  await world.uses.directory.putStaff({ ...east, kin: aCase(10).persons });
  try {
    expect(await idsFor(east)).toEqual([]);
  } finally {
    await world.uses.directory.putStaff(east);
  }
});

test("a locked or unset PIN takes nothing off the list", async () => {
  await ask(11);
  await world.uses.directory.putStaff({ ...east, pinTries: 5 });
  try {
    expect(await idsFor(east)).toEqual([applicationIdOf(11)]);
  } finally {
    await world.uses.directory.putStaff(east);
  }
});

test("all people's lists in one walk are the same as each person's own", async () => {
  await ask(12);
  await ask(13);
  await ask(14, { tier: "city", atUnitId: "city" as UnitId });
  await ask(15, { status: "under_appeal", atUnitId: null });

  const people = await waitingByPerson(world.uses);

  for (const [id, asked] of people) {
    const person = organisation.staff.find((one) => one.id === id)!;
    expect(asked.map(({ application }) => application.id)).toEqual(await idsFor(person));
  }
  expect([...people.values()].flat()).toHaveLength(4);
});

test("looking costs two reads a case and writes nothing", async () => {
  for (const number of [16, 17, 18]) await ask(number);
  const calls: string[] = [];
  const counted = {
    ...world.uses,
    cases: new Proxy(world.uses.cases, {
      get: (target, name, receiver) => {
        calls.push(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    }),
  };
  await waitingFor(counted, east);
  const byName = Object.groupBy(calls, (name) => name);
  expect(Object.keys(byName).toSorted()).toEqual(["approval", "get", "queue"]);
  expect(byName["get"]).toHaveLength(3);
  expect(byName["approval"]).toHaveLength(3);
  expect(byName["queue"]).toHaveLength(3);
});

test("a case that nobody was asked about, or was not mailed yet, is nobody's", async () => {
  const application = await storeCase(world.uses, aCase(19));
  const now = world.uses.clock.now();
  expect(await askedOf(world.uses, organisation, application, now)).toBeNull();
});
