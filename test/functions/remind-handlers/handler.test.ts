import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/remind-handlers/handler.ts";
import { logged } from "#test/support/logged.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { appointHandlers, storeHandled } from "#test/support/handled-cases.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await appointHandlers(world);
});
afterAll(() => world.stop());

test("the job says how many were told, and names nobody in its log", async () => {
  await storeHandled(world, 1);
  expect(await createHandler(world.uses)()).toEqual({ count: 2 });
  expect(logged().telling).toEqual([]);
});
