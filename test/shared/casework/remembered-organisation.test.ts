import { afterAll, beforeAll, expect, test } from "vitest";
import { withRememberedOrganisation } from "#shared/casework/remembered-organisation.ts";
import { organisation, staff } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

test("the organisation is read once, and again after each change made through it", async () => {
  let reads = 0;
  const counted = {
    ...store.directory,
    organisation: () => {
      reads += 1;
      return store.directory.organisation();
    },
  };
  const directory = withRememberedOrganisation(counted);
  for (const unit of organisation.units) await directory.putUnit(unit);
  const first = await directory.organisation();
  expect(await directory.organisation()).toBe(first);
  expect(reads).toBe(1);

  await directory.putStaff(staff("new-1", "east"));
  const after = await directory.organisation();
  expect(after.staff.map(({ id }) => id)).toEqual(["new-1"]);
  expect(reads).toBe(2);

  const other = withRememberedOrganisation(counted);
  await store.directory.putStaff(staff("new-2", "east"));
  expect((await other.organisation()).staff).toHaveLength(2);
});

test("a failed read isn't remembered for ever", async () => {
  let fails = true;
  const directory = withRememberedOrganisation({
    ...store.directory,
    organisation: () => {
      if (fails) return Promise.reject(new Error("throttled"));
      return store.directory.organisation();
    },
  });
  await expect(directory.organisation()).rejects.toThrow("throttled");
  fails = false;
  expect((await directory.organisation()).units.length).toBeGreaterThan(0);
});
