import { afterAll, beforeAll, expect, test } from "vitest";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { OrganisationChange } from "#shared/ports/directory.ts";
import { monday, staff, units } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const change = (
  subject: string,
  changes: Partial<OrganisationChange> = {},
): OrganisationChange => ({
  at: monday,
  by: "ADMIN" as StaffId,
  subject: subject as StaffId,
  fields: ["appointed"],
  rolesBefore: [],
  rolesAfter: ["approver"],
  ...changes,
});

test("somebody is appointed once, and the change is on record with it", async () => {
  const { directory } = store;
  const person = staff("p1", "east", { pinHash: null });
  expect(await directory.saveStaff(null, person, change("p1"))).toBe(true);
  expect(await directory.saveStaff(null, person, change("p1"))).toBe(false);
  expect(await directory.staff(person.id)).toEqual(person);
  expect(await directory.organisationChanges(10)).toEqual([change("p1")]);
});

test("a change leaves PIN and TOTP alone, whatever the form was made from", async () => {
  const { directory } = store;
  const before = staff("p2", "east", { pinHash: null });
  await directory.saveStaff(null, before, change("p2"));
  await directory.setPin(before.id, "k1.new.pin");
  const absence = {
    from: localDate("2026-07-01"),
    to: localDate("2026-07-09"),
    standInId: null,
    standInMaxFen: yuan(3_000),
  };
  const after = { ...before, unitId: "spring" as UnitId, absence, kin: ["k" as BlindIndex] };
  expect(await directory.saveStaff(before, after, change("p2"))).toBe(true);
  expect(await directory.staff(before.id)).toEqual({ ...after, pinHash: "k1.new.pin" });

  const back = { ...after, absence: null, kin: [] };
  expect(await directory.saveStaff(after, back, change("p2"))).toBe(true);
  expect((await directory.staff(before.id))?.absence).toBeNull();
});

test("of two changes made from the same state the second is refused, and leaves no record", async () => {
  const { directory } = store;
  const before = staff("p3", "east");
  await directory.saveStaff(null, before, change("p3"));
  const outcomes = await Promise.all(
    (["spring", "metal"] as const).map((unitId, index) =>
      directory.saveStaff(
        before,
        { ...before, unitId: unitId as UnitId },
        change("p3", { fields: ["unitId"], by: `B${index}` as StaffId }),
      ),
    ),
  );
  expect(outcomes.toSorted()).toEqual([false, true]);
});

test("an office is opened once, and renamed from what it was called", async () => {
  const { directory } = store;
  const [, east] = units;
  if (!east) throw new Error("there is an office");
  expect(await directory.saveUnit(null, east, change("east"))).toBe(true);
  expect(await directory.saveUnit(null, east, change("east"))).toBe(false);
  const renamed = { ...east, name: { zh: "东", en: "East" } };
  expect(await directory.saveUnit(east, renamed, change("east"))).toBe(true);
  expect(await directory.saveUnit(east, renamed, change("east"))).toBe(false);
  expect((await directory.organisation()).units).toContainEqual(renamed);
});
