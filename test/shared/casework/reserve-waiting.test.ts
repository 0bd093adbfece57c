import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import type { Application } from "#shared/domain/application.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

/** A case that waits for money, sent on that day of July, with an execution that waits for it. */
const waitingCase = async (
  number: number,
  day: number,
  amountYuan: number,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const application = await storeCase(
    world.uses,
    aCase(number, {
      status: "waiting_for_funds",
      submittedAt: instant(`2026-07-${day}T01:00:00Z`),
      atUnitId: null,
      amountFen: yuan(amountYuan),
      fundOrder: ["UNION", "DONATION"],
      ...changes,
    }),
  );
  const taskToken = `funds-${application.id}`;
  await world.uses.cases.putWait(application.id, "funds", { taskToken, caseVersion: 3 });
  world.waiting.add(taskToken);
  return application;
};

const statusOf = async (application: Application) => (await caseOf(world.uses, application)).status;

const toldSince = (start: number) => world.answered.slice(start).map(({ taskToken }) => taskToken);

test("the one that has waited longest is first, not the smallest and not the last that came", async () => {
  const youngest = await waitingCase(1, 14, 1_000);
  const oldest = await waitingCase(2, 11, 5_000);
  const middle = await waitingCase(3, 12, 4_000);
  const told = world.answered.length;
  await grantTo(world.uses, "union", "UNION", 9_500);

  expect(await reserveWaiting(world.uses)).toBe(2);

  expect(await statusOf(oldest)).toBe("public_notice");
  expect(await statusOf(middle)).toBe("public_notice");
  expect(await statusOf(youngest)).toBe("waiting_for_funds");
  expect(toldSince(told)).toEqual([`funds-${oldest.id}`, `funds-${middle.id}`]);
  expect(await balancesOf(world.uses, "union")).toEqual({
    available: 500,
    reserved: 9_000,
    fault: null,
  });

  await grantTo(world.uses, "union", "UNION", 500);
  expect(await reserveWaiting(world.uses)).toBe(1);
  expect(await statusOf(youngest)).toBe("public_notice");
});

test("a large award that can't be paid is passed over for a small one that can, and has its turn when money comes", async () => {
  const large = await waitingCase(11, 11, 20_000);
  const small = await waitingCase(12, 15, 3_000);
  await grantTo(world.uses, "union", "UNION", 4_000);

  expect(await reserveWaiting(world.uses)).toBe(1);
  expect(await statusOf(large)).toBe("waiting_for_funds");
  expect(await caseOf(world.uses, small)).toMatchObject({
    status: "public_notice",
    fundId: "union",
  });

  await grantTo(world.uses, "union", "UNION", 19_000);
  expect(await reserveWaiting(world.uses)).toBe(1);
  expect(await statusOf(large)).toBe("public_notice");
  expect(await balancesOf(world.uses, "union")).toMatchObject({ available: 0, fault: null });
});

test("a case takes the next fund of its order when the first is short, and none that isn't in its order", async () => {
  const application = await waitingCase(21, 11, 6_000);
  await grantTo(world.uses, "central", "CENTRAL", 100_000);
  expect(await reserveWaiting(world.uses)).toBe(0);
  await grantTo(world.uses, "donation", "DONATION", 6_000);

  expect(await reserveWaiting(world.uses)).toBe(1);

  expect(await caseOf(world.uses, application)).toMatchObject({
    fundId: "donation",
    fundOrder: ["DONATION"],
  });
  expect(await balancesOf(world.uses, "central")).toMatchObject({ reserved: 0 });
});

test("with no notice before payment the case is payable at once, and its execution is told that it has ended", async () => {
  const application = await waitingCase(31, 11, 2_000, {
    programmeId: "emergency",
    fundOrder: ["UNION"],
  });
  await grantTo(world.uses, "union", "UNION", 2_000);

  expect(await reserveWaiting(world.uses)).toBe(1);

  expect(await caseOf(world.uses, application)).toMatchObject({
    status: "reserved",
    noticeEndsAt: null,
  });
  expect(world.answered.at(-1)).toEqual({ taskToken: `funds-${application.id}`, outcome: "ended" });
  const payable = await world.uses.cases.queue({ kind: "payable", fundId: "union" }, 10);
  expect(payable.rows.map(({ applicationId }) => applicationId)).toContain(application.id);
});

test("two sweeps at once give each case its money once", async () => {
  const cases = [];
  for (let number = 41; number < 61; number += 1) cases.push(await waitingCase(number, 11, 1_000));
  await grantTo(world.uses, "union", "UNION", 12_000);

  const counts = await Promise.all([
    reserveWaiting(world.uses),
    reserveWaiting(world.uses),
    reserveWaiting(world.uses),
  ]);

  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
  const states = await Promise.all(cases.map(statusOf));
  expect(states.filter((status) => status === "public_notice")).toHaveLength(12);
  expect(await balancesOf(world.uses, "union")).toMatchObject({ available: 0, fault: null });
  expect(await auditLedger(world.uses)).toEqual([]);
  await grantTo(world.uses, "union", "UNION", 8_000);
  expect(await reserveWaiting(world.uses)).toBe(8);
});

test("an execution that can't be told keeps nobody else from their money", async () => {
  const first = await waitingCase(71, 11, 1_000);
  const second = await waitingCase(72, 12, 1_000);
  await grantTo(world.uses, "union", "UNION", 2_000);
  const workflow = {
    ...world.uses.workflow,
    succeed: () => Promise.reject(new Error("Step Functions is away")),
  };

  expect(await reserveWaiting({ ...world.uses, workflow })).toBe(2);

  expect(await statusOf(first)).toBe("public_notice");
  expect(await statusOf(second)).toBe("public_notice");
});

test("more cases than a page holds are all looked at", async () => {
  const many = 105;
  for (let number = 0; number < many; number += 1) {
    const changes = { status: "waiting_for_funds", amountFen: yuan(99_999), fundOrder: ["SWN"] };
    const application = aCase(200 + number, changes as Partial<Application>);
    await putRow(world.uses.table, applicationRow(application));
  }
  const last = await waitingCase(400, 20, 500, { fundOrder: ["SWN"] });
  await grantTo(world.uses, "swn", "SWN", 600);

  expect(await reserveWaiting(world.uses)).toBe(1);

  expect(await statusOf(last)).toBe("public_notice");
});
