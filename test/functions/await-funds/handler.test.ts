import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/await-funds/handler.ts";
import { createHandler as createReserveWaiting } from "#functions/reserve-waiting/handler.ts";
import type { Application } from "#shared/domain/application.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, applicationIdOf } from "#test/support/cases.ts";
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

const fundId = "union" as FundId;

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const approvedWithoutFunds = (number: number): Application =>
  aCase(number, { status: "waiting_for_funds", atUnitId: null, fundOrder: ["UNION"] });

const wait = ({ id }: Pick<Application, "id">, taskToken: string) =>
  createHandler(world.uses)({ applicationId: id, taskToken });

const tokenOf = async ({ id }: Application) =>
  (await world.uses.cases.wait(id, "funds"))?.taskToken;

test("the token is kept until money comes, and then the execution is told through it", async () => {
  const application = await storeCase(world.uses, approvedWithoutFunds(1));
  world.waiting.add("task-1");

  expect(await wait(application, "task-1")).toEqual({ waiting: true });
  expect(world.answered).toEqual([]);
  expect(await caseOf(world.uses, application)).toEqual(application);

  await grantTo(world.uses, "union", "UNION", 5_000);
  await createReserveWaiting(world.uses)();
  expect(world.answered).toEqual([{ taskToken: "task-1", outcome: "notice" }]);
});

test("run again, with the same token or a new one, the last one is kept and nothing else changes", async () => {
  const application = await storeCase(world.uses, approvedWithoutFunds(2));
  await wait(application, "task-1");
  const before = await endStateOf(world);

  await wait(application, "task-1");
  expect(await wait(application, "task-2")).toEqual({ waiting: true });

  expect(await endStateOf(world)).toEqual(before);
  expect(await tokenOf(application)).toBe("task-2");
});

test.each([
  ["public_notice", "notice"],
  ["reserved", "ended"],
  ["withdrawn", "ended"],
] as const)(
  "a case that is %s by now: the execution is told %s at once",
  async (status, outcome) => {
    const application = await storeCase(world.uses, aCase(3, { status, fundId }));
    world.waiting.add("task-1");
    expect(await wait(application, "task-1")).toEqual({ waiting: false });
    expect(world.answered).toEqual([{ taskToken: "task-1", outcome }]);
  },
);

test("money that comes while the token is being kept is not missed", async () => {
  const application = await storeCase(world.uses, approvedWithoutFunds(4));
  world.waiting.add("task-1");
  await grantTo(world.uses, "union", "UNION", 5_000);
  const quick = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      putWait: async (...kept: Parameters<typeof world.uses.cases.putWait>) => {
        await createReserveWaiting(world.uses)();
        return world.uses.cases.putWait(...kept);
      },
    },
  };

  const input = { applicationId: application.id, taskToken: "task-1" };
  expect(await createHandler(quick)(input)).toEqual({ waiting: false });

  expect(world.answered).toEqual([{ taskToken: "task-1", outcome: "notice" }]);
  expect(await balancesOf(world.uses, "union")).toEqual({
    available: 0,
    reserved: 5_000,
    fault: null,
  });
});

test.each([
  ["waits for money", approvedWithoutFunds(5), []],
  [
    "has its money",
    { ...approvedWithoutFunds(5), status: "public_notice" as const, fundId },
    ["notice"],
  ],
])(
  "a case that %s: cut off at any call and run again, it ends the same",
  async (_what, given, told) => {
    const { end, faults } = await surviveEveryCrash({
      begin: async () => {
        const uses = await beginAnew(world);
        await storeCase(uses, { ...given, amountFen: yuan(5_000) });
        for (const token of ["task-1", "task-2"]) world.waiting.add(token);
        return uses;
      },
      run: (uses, attempt) =>
        createHandler(uses)({ applicationId: applicationIdOf(5), taskToken: `task-${attempt}` }),
      end: () => endStateOf(world),
    });
    expect(faults).toEqual(expect.arrayContaining(["before cases.putWait", "after cases.putWait"]));
    expect(end).toMatchObject({ told, mails: {} });
    expect(await tokenOf(given)).toBe("task-2");
  },
);

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
