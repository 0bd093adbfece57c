import { afterAll, beforeAll, expect, test } from "vitest";
import { appointFirstAdministrator } from "#shared/casework/first-administrator.ts";
import { monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

test("a new city gets its office and one administrator, and never a second one this way", async () => {
  const uses = { ...store, clock: { now: () => monday } };
  const person = { name: "张管", email: "admin@example.org" };
  expect(await appointFirstAdministrator(uses, person)).toBe(true);
  expect(await appointFirstAdministrator(uses, { ...person, email: "other@example.org" })).toBe(
    false,
  );

  const { units, staff } = await store.directory.organisation();
  expect(units.map(({ id, tier }) => [id, tier])).toEqual([["city", "city"]]);
  expect(staff).toMatchObject([
    { ...person, roles: ["administrator"], active: true, pinHash: null, totpSealed: null },
  ]);
  expect(await store.directory.organisationChanges(9)).toHaveLength(2);
});
