/** One batch, 64 deliveries at once: each payment enters it once and is settled once (quality I6, T8). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { createHandler as settleBatch } from "#functions/settle-batch/handler.ts";
import type { Application } from "#shared/domain/application.ts";
import {
  createBatch,
  faultOf,
  giveReturn,
  loadBatch,
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

const deliveries = 64;
const payments = 30;

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const reserved = async (fundId: Parameters<typeof reserveCase>[1]) => {
  const cases: Application[] = [];
  for (let index = 0; index < payments; index += 1) {
    cases.push(await reserveCase(world.uses, fundId));
  }
  return cases;
};

/** All at once; some may be kept out by the others and are tried again, as the machine does. */
const together = async (deliver: () => Promise<unknown>): Promise<void> => {
  let left = deliveries;
  for (let round = 1; left > 0; round += 1) {
    const ends = await Promise.allSettled(Array.from({ length: left }, deliver));
    const failed = ends.filter((end) => end.status === "rejected");
    for (const { reason } of failed) {
      expect((reason as Error).name).toBe("StoreContended");
    }
    left = failed.length;
    expect(round).toBeLessThan(8);
  }
};

test("64 deliveries fill one batch together: every payment is in it once", async () => {
  const fundId = await openFund(world.uses, "race-fill", 200_000);
  const cases = await reserved(fundId);
  const { id } = await createBatch(world.uses, fundId);
  await together(() => assembleBatch(world.uses)({ batchId: id }));
  const batch = await loadBatch(world.uses, id);
  const items = await world.uses.batches.items(id);
  expect(items.map(({ applicationId }) => applicationId).toSorted()).toEqual(
    cases.map((one) => one.id).toSorted(),
  );
  expect(batch).toMatchObject({ status: "awaiting_authorisation", count: payments });
  const now = await world.uses.cases.getAll(cases.map((one) => one.id));
  expect(now.filter((one) => one.batchId === id && one.status === "batched")).toHaveLength(
    payments,
  );
});

test("64 deliveries settle one return together: every payment is posted once", async () => {
  const fundId = await openFund(world.uses, "race-settle", 200_000);
  const cases = await reserved(fundId);
  const batch = await sendBatch(world.uses, fundId);
  const rows = await readBankFile(world.uses, batch);
  const returnKey = await giveReturn(world.uses, batch, [
    ...rows.slice(1).map((row) => returnLine(row)),
    ...rows.slice(0, 1).map((row) => returnLine(row, "失败", "账号不存在")),
  ]);
  await together(() => settleBatch(world.uses)({ batchId: batch.id, returnKey }));
  const items = await world.uses.batches.items(batch.id);
  expect(items.filter(({ status }) => status === "paid")).toHaveLength(payments - 1);
  expect(items.filter(({ status }) => status === "failed")).toHaveLength(1);
  const posts = await Promise.all(cases.map((one) => world.uses.funds.transfersOf(one.id, 2)));
  expect(posts.flat().filter(({ kind }) => kind === "post")).toHaveLength(payments - 1);
  expect(await faultOf(world.uses, fundId)).toBeNull();
});
