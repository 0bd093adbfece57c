import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/await-bank-return/handler.ts";
import { createHandler as settleBatch } from "#functions/settle-batch/handler.ts";
import {
  giveReturn,
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("the token is kept until a return is there, and returns are handed over in their order", async () => {
  const { uses, succeeded } = world;
  const fundId = await openFund(uses, "returned", 10_000);
  await reserveCase(uses, fundId);
  const batch = await sendBatch(uses, fundId);
  const handler = createHandler(uses);

  expect(await handler({ batchId: batch.id, taskToken: "one" })).toEqual({ outcome: "waiting" });
  expect(await uses.batches.wait(batch.id, "bank_return")).toBe("one");

  const [row] = await readBankFile(uses, batch);
  const first = await giveReturn(uses, batch, [returnLine(row ?? {}, "处理中")]);
  const second = await giveReturn(uses, batch, [returnLine(row ?? {})]);
  await handler({ batchId: batch.id, taskToken: "two" });
  expect(succeeded.at(-1)).toEqual({
    taskToken: "two",
    output: { outcome: "returned", returnKey: first },
  });
  await settleBatch(uses)({ batchId: batch.id, returnKey: first });
  await handler({ batchId: batch.id, taskToken: "three" });
  expect(succeeded.at(-1)?.output).toEqual({ outcome: "returned", returnKey: second });
});
