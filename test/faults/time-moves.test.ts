/** Delivered again after every kind of memory has lapsed: the store's conditions alone keep it from moving anything. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import { approveFrom } from "#shared/domain/reservation.ts";
import { aCase, anApproval, deciding } from "#test/support/cases.ts";
import { openFund } from "#test/support/disbursement-world.ts";
import { endOf, startFaultWorld, type FaultWorld } from "#test/support/faults/fault-world.ts";
import { scenarios } from "#test/support/faults/scenarios.ts";

const day = 24 * 60;
/** A transaction's token, an answer kept for a day, a redrive, and an execution's name have lapsed. */
const moves = [
  { name: "11 minutes", minutes: 11 },
  { name: "25 hours", minutes: 25 * 60 },
  { name: "15 days", minutes: 15 * day },
  { name: "91 days", minutes: 91 * day },
];

let world: FaultWorld;
beforeAll(async () => {
  world = await startFaultWorld();
});
afterAll(() => world.stop());

test.each(scenarios)(
  "I23, $name: again after each of these times, and nothing has moved",
  async ({ prepare }) => {
    const begin = await world.items();
    const run = await prepare(world.uses);
    await run(world.uses);
    const end = await endOf(world);
    for (const { name, minutes } of moves) {
      world.moveClockBy(minutes);
      await run(world.uses);
      expect(await endOf(world), name).toEqual(end);
    }
    await world.restore(begin);
  },
);

test("I23, the very transaction of a reservation, sent again later, is told that it was done", async () => {
  const fundId = await openFund(world.uses, "moves", 50_000);
  const application = aCase(999);
  await putRow(world.uses.table, applicationRow(application));
  const approval = anApproval(application);
  await world.uses.cases.putApproval(approval, null);
  const context = deciding(application);
  const reserving = approveFrom(context, { id: fundId, code: "UNION" });
  if (!reserving) throw new Error("a case in approval is approved");
  const usedLink = { approval, decision: "approve", at: context.now } as const;
  const commit = { ...reserving, usedLink, accountLimits: noAccountLimits };
  expect(await world.uses.cases.commit(commit)).toBe("committed");
  const end = await endOf(world);
  for (const { name, minutes } of moves) {
    world.moveClockBy(minutes);
    expect(await world.uses.cases.commit(commit), name).toBe("already_done");
    expect(await endOf(world), name).toEqual(end);
  }
});
