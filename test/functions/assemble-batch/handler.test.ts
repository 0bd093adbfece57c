import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/assemble-batch/handler.ts";
import { sumOfItems } from "#shared/domain/disbursement.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { fen } from "#shared/kernel/money.ts";
import {
  createBatch,
  loadBatch,
  loadCase,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("a batch takes its fund's payable cases, fixes count and sum, and a second run changes nothing", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "payable", 100_000);
  const other = await openFund(uses, "other", 100_000);
  const cases = [
    await reserveCase(uses, fundId, {}, fen(500_000)),
    await reserveCase(uses, fundId, {}, fen(300_001)),
  ];
  await reserveCase(uses, other);
  const { id } = await createBatch(uses, fundId);
  const handler = createHandler(uses);

  expect(await handler({ batchId: id })).toEqual({ outcome: "awaiting_authorisation" });
  const batch = await loadBatch(uses, id);
  expect(batch).toMatchObject({ status: "awaiting_authorisation", count: 2, sumFen: 800_001 });
  for (const { id: caseId } of cases) {
    expect(await loadCase(uses, caseId)).toMatchObject({ status: "batched", batchId: id });
  }

  await reserveCase(uses, fundId);
  expect(await handler({ batchId: id })).toEqual({ outcome: "awaiting_authorisation" });
  expect(await loadBatch(uses, id)).toEqual(batch);
});

test("two batches assembled at the same time share a fund's cases and have none in common", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "shared", 1_000_000);
  for (let number = 0; number < 60; number += 1) await reserveCase(uses, fundId);
  const batches = await Promise.all([1, 2, 3].map(() => createBatch(uses, fundId)));

  await Promise.all(batches.map(({ id }) => createHandler(uses)({ batchId: id })));

  const items = (await Promise.all(batches.map(({ id }) => uses.batches.items(id)))).flat();
  expect(items).toHaveLength(60);
  expect(new Set(items.map(({ applicationId }) => applicationId)).size).toBe(60);
  for (const { id } of batches) {
    const batch = await loadBatch(uses, id);
    const own = items.filter(({ batchId }) => batchId === id);
    expect(batch).toMatchObject({ count: own.length, sumFen: sumOfItems(own) });
    expect(batch.status).toBe(own.length === 0 ? "voided" : "awaiting_authorisation");
  }
});

test("the queue is no authority: what it still lists but is taken enters no second batch", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "lagging", 100_000);
  const application = await reserveCase(uses, fundId);
  const [row] = (await uses.cases.queue({ kind: "payable", fundId }, 10)).rows as [QueueEntry];
  const lagging = {
    ...uses,
    cases: { ...uses.cases, queue: async () => ({ rows: [row], next: null }) },
  };
  const [first, second] = [await createBatch(uses, fundId), await createBatch(uses, fundId)];

  await createHandler(lagging)({ batchId: first.id });
  expect(await createHandler(lagging)({ batchId: second.id })).toEqual({ outcome: "voided" });
  expect(await loadCase(uses, application.id)).toMatchObject({ batchId: first.id });
});

test("cut off in the middle, it goes on where it stopped", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "cut", 300_000);
  for (let number = 0; number < 50; number += 1) await reserveCase(uses, fundId);
  const { id } = await createBatch(uses, fundId);
  let writes = 0;
  const dying = {
    ...uses,
    batches: {
      ...uses.batches,
      addItems: async (...given: Parameters<typeof uses.batches.addItems>) => {
        const [batchId, entries] = given;
        await uses.batches.addItems(batchId, entries.slice(0, 30));
        writes += 1;
        throw new Error("killed");
      },
    },
  };

  await expect(createHandler(dying)({ batchId: id })).rejects.toThrow();
  expect(writes).toBe(1);
  expect(await loadBatch(uses, id)).toMatchObject({ status: "assembling", count: 30 });
  await createHandler(uses)({ batchId: id });

  expect(await loadBatch(uses, id)).toMatchObject({
    status: "awaiting_authorisation",
    count: 50,
    sumFen: 50 * 500_000,
  });
  expect(await uses.batches.items(id)).toHaveLength(50);
});

test("an empty batch is voided, and unreadable card details keep nobody else from being paid", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "bare", 100_000);
  const empty = await createBatch(uses, fundId);
  expect(await createHandler(uses)({ batchId: empty.id })).toEqual({ outcome: "voided" });

  const unreadable = await reserveCase(uses, fundId, { bankCardNumber: "1234" });
  await reserveCase(uses, fundId);
  const batch = await createBatch(uses, fundId);
  await createHandler(uses)({ batchId: batch.id });

  expect(await loadBatch(uses, batch.id)).toMatchObject({ count: 1 });
  expect((await loadCase(uses, unreadable.id)).status).toBe("reserved");
});
