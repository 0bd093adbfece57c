import { afterAll, beforeAll, expect, test } from "vitest";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { monday } from "#test/support/cases.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const limit = { name: "test", max: 2, minutes: 15 };
const tries = (subject: string) => overLimit(world.uses, limit, subject);

test("so many tries are allowed in a window, each subject for itself; then the next window begins", async () => {
  expect([await tries("a"), await tries("a"), await tries("b")]).toEqual([null, null, null]);
  const minutes = await tries("a");
  expect(minutes).toBeGreaterThan(0);
  expect(minutes).toBeLessThanOrEqual(limit.minutes);
  world.moveClockTo(addMinutes(monday, limit.minutes));
  expect(await tries("a")).toBeNull();
});

test("every limit has a name of its own", () => {
  const names = Object.values(limits).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
