import { afterAll, beforeAll, expect, test } from "vitest";
import { payableNow } from "#shared/casework/look-at-payment.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import {
  createBatch,
  loadBatch,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("what is told beforehand is what a batch then holds, and leaves out", async () => {
  const fundId = await openFund(world.uses, "told", 1_000_000);
  await reserveCase(world.uses, fundId, {}, yuan(1000));
  const mistyped = await reserveCase(
    world.uses,
    fundId,
    { bankCardNumber: "6222020000000000001" },
    yuan(2000),
  );
  const early = await reserveCase(world.uses, fundId, {}, yuan(4000), {
    submittedAt: instant("2026-11-20T01:00:00Z"),
    deadlineAt: instant("2026-12-30T16:00:00Z"),
    household: "told-early" as BlindIndex,
  });

  const told = await payableNow(world.uses, fundId, 50, () => null);
  expect(told).toMatchObject({
    waiting: 3,
    waitingFen: yuan(7000),
    dueAt: "2026-12-30T16:00:00.000Z",
    checked: 3,
    ready: 1,
    readyFen: yuan(1000),
  });
  expect(told.held).toHaveLength(2);
  expect(told.held).toEqual(
    expect.arrayContaining([
      { applicationId: mistyped.id, code: "card_invalid" },
      { applicationId: early.id, code: "not_before" },
    ]),
  );

  const { id } = await createBatch(world.uses, fundId);
  await assembleBatch(world.uses)({ batchId: id });
  expect(await loadBatch(world.uses, id)).toMatchObject({ count: 1, sumFen: yuan(1000) });
  expect(await world.uses.batches.remarks(id)).toEqual(expect.arrayContaining([...told.held]));
});

test("no more are opened than were asked for, and all are counted", async () => {
  const fundId = await openFund(world.uses, "many", 1_000_000);
  for (let number = 0; number < 4; number += 1) await reserveCase(world.uses, fundId);

  expect(await payableNow(world.uses, fundId, 2, () => null)).toMatchObject({
    waiting: 4,
    checked: 2,
    ready: 2,
  });
  expect(await payableNow(world.uses, fundId, 0, () => null)).toMatchObject({
    waiting: 4,
    checked: 0,
  });
});

test("a fund without payable cases has nothing to say", async () => {
  const fundId = await openFund(world.uses, "idle", 10);
  expect(await payableNow(world.uses, fundId, 50, () => null)).toEqual({
    waiting: 0,
    waitingFen: 0,
    dueAt: null,
    checked: 0,
    ready: 0,
    readyFen: 0,
    held: [],
  });
});
