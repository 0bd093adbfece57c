import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { createHandler } from "#functions/request-authorisation/handler.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { moveBatch } from "#shared/domain/disbursement.ts";
import {
  createBatch,
  loadBatch,
  loadCase,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";
import { checker, monday } from "#test/support/disbursement.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("the token is kept until somebody decides; begun again after the decision, it is answered at once", async () => {
  const { uses, succeeded } = world;
  const fundId = await openFund(uses, "asked", 10_000);
  await reserveCase(uses, fundId);
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });

  expect(await createHandler(uses)({ batchId: id, taskToken: "first" })).toEqual({
    outcome: "waiting",
  });
  expect(await uses.batches.wait(id, "authorisation")).toBe("first");
  expect(succeeded).toEqual([]);

  await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "authorised", at: monday, by: checker }),
  );
  await createHandler(uses)({ batchId: id, taskToken: "second" });
  expect(succeeded).toEqual([{ taskToken: "second", output: { outcome: "authorised" } }]);
});

test("a voiding that was cut off is finished, and the machine is told", async () => {
  const { uses, succeeded } = world;
  const fundId = await openFund(uses, "unfinished", 10_000);
  const application = await reserveCase(uses, fundId);
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });
  await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "void_decided", at: monday, by: checker }, { voidReason: "x" }),
  );

  await createHandler(uses)({ batchId: id, taskToken: "third" });

  expect(await loadBatch(uses, id)).toMatchObject({ status: "voided", voidReason: "x" });
  expect(await loadCase(uses, application.id)).toMatchObject({ status: "reserved", batchId: null });
  expect(succeeded.at(-1)).toEqual({ taskToken: "third", output: { outcome: "voided" } });
});
