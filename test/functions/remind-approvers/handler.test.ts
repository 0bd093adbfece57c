import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/remind-approvers/handler.ts";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { aCase } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

test("the job says how many it reminded, and its log names nobody and holds no link", async () => {
  const deadlineAt = instant("2026-07-29T16:00:00Z");
  for (const number of [1, 2]) {
    const application = await storeCase(world.uses, aCase(number, { deadlineAt }));
    await askApprover(world.uses, application, "task-1");
  }
  world.moveClockTo(instant("2026-07-28T00:30:00Z"));

  expect(await createHandler(world.uses)()).toEqual({ count: 2 });
  expect(await createHandler(world.uses)()).toEqual({ count: 0 });

  expect(logged().lines).toBeGreaterThan(1);
  expect(logged().telling).toEqual([]);
});
