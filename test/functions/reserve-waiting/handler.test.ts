import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/reserve-waiting/handler.ts";
import { createHandler as createResumeStalled } from "#functions/resume-stalled/handler.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import type { Application } from "#shared/domain/application.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { playExecutions } from "#test/support/executions.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

/** A case that waits for money, and a task that waits with it. */
const storeWaiting = async (
  number: number,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const application = await storeCase(
    world.uses,
    aCase(number, {
      status: "waiting_for_funds",
      atUnitId: null,
      fundOrder: ["UNION"],
      amountFen: yuan(2_000),
      ...changes,
    }),
  );
  const taskToken = `funds-${application.id}`;
  const wait = { taskToken, caseVersion: application.version };
  await world.uses.cases.putWait(application.id, "funds", wait);
  world.waiting.add(taskToken);
  return application;
};

const run = () => createHandler(world.uses)();

test("money that has come is reserved for whoever waits, and their executions are told", async () => {
  const first = await storeWaiting(1);
  const second = await storeWaiting(2, { programmeId: "emergency" });
  await grantTo(world.uses, "union", "UNION", 4_000);

  expect(await run()).toEqual({ count: 2 });

  expect((await caseOf(world.uses, first)).status).toBe("public_notice");
  expect((await caseOf(world.uses, second)).status).toBe("reserved");
  expect(world.answered.map(({ outcome }) => outcome)).toEqual(["notice", "ended"]);
  expect(await balancesOf(world.uses, "union")).toEqual({
    available: 0,
    reserved: 4_000,
    fault: null,
  });
});

test("run again it finds nobody: no money moves, nobody is told twice", async () => {
  await storeWaiting(3);
  await grantTo(world.uses, "union", "UNION", 9_000);
  await run();
  const before = await endStateOf(world);

  expect(await run()).toEqual({ count: 0 });
  expect(await run()).toEqual({ count: 0 });

  expect(await endStateOf(world)).toEqual(before);
  expect(world.answered).toHaveLength(1);
});

test("without money, and without anybody who waits, nothing happens", async () => {
  expect(await run()).toEqual({ count: 0 });
  const application = await storeWaiting(4);
  await grantTo(world.uses, "union", "UNION", 1_999.99);
  expect(await run()).toEqual({ count: 0 });
  expect(await caseOf(world.uses, application)).toEqual(application);
});

test("a case that was withdrawn while it was looked at gets no money, and the next one does", async () => {
  const gone = await storeWaiting(5);
  const next = await storeWaiting(6);
  await grantTo(world.uses, "union", "UNION", 2_000);
  const withdrawing = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      commit: async (...[commit]: Parameters<typeof world.uses.cases.commit>) => {
        const taken = withdraw(gone, [], monday);
        if (taken.kind === "refused") throw new Error(taken.code);
        await world.uses.cases.commit(taken);
        return world.uses.cases.commit(commit);
      },
    },
  };

  expect(await createHandler(withdrawing)()).toEqual({ count: 1 });

  expect((await caseOf(world.uses, gone)).status).toBe("withdrawn");
  expect((await caseOf(world.uses, next)).status).toBe("public_notice");
  expect(await auditLedger(world.uses)).toEqual([]);
});

test("cut off at any call, money is reserved once, and once the outbox was swept everybody was told once", async () => {
  const swept = instant("2026-07-27T16:05:00Z");
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeWaiting(7);
      await storeWaiting(8, { programmeId: "emergency" });
      await grantTo(uses, "union", "UNION", 4_000);
      return uses;
    },
    run: (uses) => createHandler(uses)(),
    end: async () => {
      world.moveClockTo(addMinutes(monday, 5));
      await createResumeStalled(world.uses)();
      // The notice is put up, and stands its five working days.
      await playExecutions(world);
      world.moveClockTo(swept);
      await createResumeStalled(world.uses)();
      await playExecutions(world);
      expect(await auditLedger(world.uses)).toEqual([]);
      const { rows, brokenChains, mails } = await endStateOf(world);
      return { rows, brokenChains, mails };
    },
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      "after cases.commit",
      "before workflow.succeed",
      "after workflow.succeed",
    ]),
  );
  expect(Object.keys(end.mails)).toHaveLength(2);
  expect(await balancesOf(world.uses, "union")).toMatchObject({ reserved: 4_000, fault: null });
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
