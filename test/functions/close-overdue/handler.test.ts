import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/close-overdue/handler.ts";
import { createHandler as createResumeStalled } from "#functions/resume-stalled/handler.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { anyLink, beginAnew, endStateOf } from "#test/support/end-state.ts";
import { playExecutions } from "#test/support/executions.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const deadlineAt = instant("2026-07-30T16:00:00Z");
const overdueAt = addMinutes(deadlineAt, 30);
beforeEach(async () => {
  await beginAnew(world);
  world.moveClockTo(overdueAt);
});

const run = () => createHandler(world.uses)();

/** Papers were asked for; the execution waits for them. */
const storeReturned = async (number: number): Promise<Application> => {
  const application = await storeCase(
    world.uses,
    aCase(number, { status: "needs_information", deadlineAt }),
  );
  const taskToken = `information-${application.id}`;
  const wait = { taskToken, caseVersion: application.version };
  await world.uses.cases.putWait(application.id, "information", wait);
  world.waiting.add(taskToken);
  return application;
};

/** The bank said no, a new card was asked for; the money is still reserved, and no execution waits. */
const storeFailedPayment = async (number: number): Promise<Application> => {
  const fundId = "central" as FundId;
  const before = await storeCase(
    world.uses,
    aCase(number, {
      version: 2,
      status: "payment_failed",
      deadlineAt,
      fundId,
      fundOrder: ["CENTRAL"],
      atUnitId: null,
      outcomeMailedAt: monday,
    }),
  );
  await grantTo(world.uses, fundId, "CENTRAL", 5_000);
  const event = {
    applicationId: before.id,
    version: 3,
    type: "payment_failed" as const,
    from: "batched" as const,
    to: "payment_failed" as const,
    at: monday,
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  const transfer = caseTransfer(before.id, 1, {
    kind: "reserve",
    fundId,
    amountFen: before.amountFen,
    at: monday,
  });
  const step = { before, after: { ...before, version: 3 }, event };
  expect(await world.uses.cases.commit({ step, transfer })).toBe("committed");
  return caseOf(world.uses, before);
};

/** Asked, and not answered until the link ran out. */
const storeUndecided = async (number: number): Promise<Application> =>
  (await storeAskedCase(world.uses, number, { deadlineAt }, { expiresAt: deadlineAt })).application;

test("what nobody answered in time lapses or is asked about again, and the applicants are told", async () => {
  const cases = [await storeReturned(1), await storeFailedPayment(2), await storeUndecided(3)];

  expect(await run()).toEqual({ count: 3 });
  await playExecutions(world);

  const [returned, failed, undecided] = await Promise.all(
    cases.map((application) => caseOf(world.uses, application)),
  );
  expect(returned).toMatchObject({ status: "lapsed", outcomeMailedAt: overdueAt });
  expect(failed).toMatchObject({ status: "lapsed", outcomeMailedAt: overdueAt, fundId: null });
  expect(undecided?.status).toBe("in_approval");
  expect(world.mails.map(({ id }) => id.split(":").slice(0, 2).join(":")).toSorted()).toEqual([
    `approval:${undecided?.id}`,
    `outcome:${returned?.id}`,
    `outcome:${failed?.id}`,
  ]);
  expect(await balancesOf(world.uses, "central")).toEqual({
    available: 5_000,
    reserved: 0,
    fault: null,
  });
});

test("run again it finds nothing to do: no money moves, nobody is mailed again", async () => {
  await storeReturned(4);
  await storeFailedPayment(5);
  await storeUndecided(6);
  await run();
  const before = await endStateOf(world);

  expect(await run()).toEqual({ count: 0 });

  expect(await endStateOf(world)).toEqual(before);
});

test("an instant before the deadline nothing is overdue", async () => {
  await storeReturned(7);
  await storeFailedPayment(8);
  await storeUndecided(9);
  const before = await endStateOf(world);
  world.moveClockTo(addMinutes(deadlineAt, -1));

  expect(await run()).toEqual({ count: 0 });

  expect(await endStateOf(world)).toEqual(before);
});

test("a case that moved on while the list was read is left alone", async () => {
  const application = await storeReturned(10);
  const lagging = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      getAll: async (ids: readonly Application["id"][]) => {
        const read = await world.uses.cases.getAll(ids);
        return read.map((one) => ({ ...one, status: "submitted" as const, deadlineAt: null }));
      },
    },
  };
  expect(await createHandler(lagging)()).toEqual({ count: 0 });
  expect(await caseOf(world.uses, application)).toEqual(application);
});

test.each([
  ["papers that never came", storeReturned, ["after cases.commit", "after workflow.succeed"]],
  [
    "a card that was never mended",
    storeFailedPayment,
    ["after cases.commit", "after mailer.send", "after cases.markOutcomeMailed"],
  ],
  [
    "a link that ran out",
    storeUndecided,
    ["after cases.putApproval", "after mailer.send", "after cases.markMailed"],
  ],
] as const)("%s: cut off at any call, the end is the same", async (_what, store, expected) => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await store(11);
      world.moveClockTo(overdueAt);
      return uses;
    },
    run: (uses) => createHandler(uses)(),
    end: async () => {
      // Whatever was cut off is found by the sweep of the outbox five minutes later.
      world.moveClockTo(addMinutes(overdueAt, 5));
      await createResumeStalled(world.uses)();
      await playExecutions(world);
      expect(await auditLedger(world.uses)).toEqual([]);
      const { rows, brokenChains, mails } = await endStateOf(world);
      return anyLink({ rows, brokenChains, mails });
    },
  });
  expect(faults).toEqual(expect.arrayContaining([...expected]));
  expect(Object.values(end.mails).map((kept) => kept.length)).toEqual([1]);
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
