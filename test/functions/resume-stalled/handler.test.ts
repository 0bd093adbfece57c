import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/resume-stalled/handler.ts";
import type { Application } from "#shared/domain/application.ts";
import { newBatch } from "#shared/domain/disbursement.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { BatchId, FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import { aCase, monday, staff } from "#test/support/cases.ts";
import {
  caseOf,
  startCaseworkWorld,
  storeAskedCase,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { aNotice, storeNoticed } from "#test/support/notices.ts";
import { playExecutions } from "#test/support/executions.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const later = addMinutes(monday, 5);
beforeEach(async () => {
  await beginAnew(world);
  world.moveClockTo(later);
});

const run = () => createHandler(world.uses)();

/** Decided, and the execution that waits was never told. */
const storeUnheard = async (number: number): Promise<Application> => {
  const { application, approval } = await storeAskedCase(world.uses, number, {
    status: "rejected",
    atUnitId: null,
  });
  world.waiting.add(approval.taskToken);
  return application;
};

/** Sent, and its execution never started. */
const storeUnstarted = (number: number): Promise<Application> =>
  storeCase(
    world.uses,
    aCase(number, {
      version: 1,
      status: "submitted",
      tier: null,
      atUnitId: "spring" as UnitId,
      decidedBy: {},
      amountFen: zeroFen,
    }),
  );

/** Its approver was recorded and never mailed. */
const storeUnmailed = async (number: number): Promise<Application> =>
  (await storeAskedCase(world.uses, number, {}, { mailedAt: null })).application;

test("what its execution never heard of is told or begun, batches too, and comes to its end", async () => {
  const rejected = await storeUnheard(1);
  const sent = await storeUnstarted(2);
  const unmailed = await storeUnmailed(3);
  const batchId = "B20260720-4K7P2Q" as BatchId;
  const whose = { fundId: "central" as FundId, makerId: "ST1" as StaffId, at: monday };
  await world.uses.batches.create(newBatch(batchId, whose));
  world.moveClockTo(addMinutes(monday, 11));

  expect(await run()).toEqual({ count: 4 });
  expect(world.started.some((name) => name.startsWith(batchId))).toBe(true);
  world.started.splice(
    world.started.findIndex((name) => name.startsWith(batchId)),
    1,
  );
  await playExecutions(world);

  expect((await caseOf(world.uses, rejected)).outcomeMailedAt).not.toBeNull();
  expect(await caseOf(world.uses, sent)).toMatchObject({
    status: "in_acceptance",
    tier: "station",
  });
  const approval = await world.uses.cases.approval(unmailed.id, 1, "district", 1);
  expect(approval?.mailedAt).not.toBeNull();
});

test("run again after that it finds nothing, however often", async () => {
  await storeUnheard(4);
  await storeUnstarted(5);
  await storeUnmailed(6);
  await run();
  await playExecutions(world);
  const before = await endStateOf(world);

  for (const minutes of [5, 10, 60]) {
    world.moveClockTo(addMinutes(later, minutes));
    expect(await run()).toEqual({ count: 0 });
  }

  expect(await endStateOf(world)).toEqual(before);
});

test("within two minutes nothing is stalled: the execution is probably just at it", async () => {
  await storeUnheard(7);
  await storeUnstarted(8);
  world.moveClockTo(addMinutes(monday, 1));
  expect(await run()).toEqual({ count: 0 });
  expect([world.answered, world.started]).toEqual([[], []]);
});

test("two sweeps at once begin one execution", async () => {
  const application = await storeUnstarted(9);
  await Promise.all([run(), run(), run()]);
  expect(new Set(world.started).size).toBe(1);
  await playExecutions(world);
  expect((await caseOf(world.uses, application)).version).toBe(2);
  expect(await world.uses.cases.wait(application.id, "handling")).not.toBeNull();
});

test("a case whose execution failed for want of an approver goes on after somebody was appointed", async () => {
  const everyone = ["east-1", "east-2"];
  for (const id of everyone) {
    await world.uses.directory.putStaff(staff(id, "east", { active: false }));
  }
  const application = await storeCase(world.uses, aCase(10));
  await run();
  await expect(playExecutions(world)).rejects.toMatchObject({ name: "ApproverNotAvailable" });
  for (const name of world.started.splice(0)) world.ended.add(name);
  expect(await run()).toEqual({ count: 0 });

  for (const id of everyone) await world.uses.directory.putStaff(staff(id, "east"));
  world.moveClockTo(addMinutes(later, 60));
  expect(await run()).toEqual({ count: 1 });
  await playExecutions(world);

  const approval = await world.uses.cases.approval(application.id, 1, "district", 1);
  expect(approval?.mailedAt).not.toBeNull();
});

test("a notice that stands is left to stand", async () => {
  const noticed = await storeNoticed(world.uses, 11);
  await world.uses.notices.publish(aNotice(noticed));
  expect(await run()).toEqual({ count: 0 });
});

test.each([
  ["a decision nobody was told of", storeUnheard],
  ["an execution that never started", storeUnstarted],
  ["an approver who was never mailed", storeUnmailed],
])("%s: cut off at any call and run again, the end is the same", async (_what, store) => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await store(12);
      world.moveClockTo(later);
      return uses;
    },
    run: (uses) => createHandler(uses)(),
    end: async () => {
      await playExecutions(world);
      const { rows, brokenChains, mails } = await endStateOf(world);
      return { rows, brokenChains, mails };
    },
  });
  expect(end.brokenChains).toEqual([]);
  for (const kept of Object.values(end.mails)) expect(kept).toHaveLength(1);
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
