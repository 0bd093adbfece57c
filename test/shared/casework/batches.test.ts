import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { changeBatch, loadBatch as loadForWork } from "#shared/casework/move-batch.ts";
import {
  authorisationAnswer,
  resumeBatches,
  returnAnswer,
  signalBatch,
  signalOrStart,
  startBatch,
} from "#shared/casework/signal-batch.ts";
import { finishVoid } from "#shared/casework/void-batch.ts";
import { moveBatch, type Batch } from "#shared/domain/disbursement.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import {
  createBatch,
  loadBatch,
  loadCase,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";
import { aBatch, checker, monday } from "#test/support/disbursement.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const assembled = async (size: number): Promise<Batch> => {
  const { uses } = world;
  const fundId = await openFund(
    uses,
    `fund-${Buffer.from(uses.random(4)).toString("hex")}`,
    500_000,
  );
  for (let number = 0; number < size; number += 1) await reserveCase(uses, fundId);
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });
  return loadBatch(uses, id);
};

const authorise = (id: BatchId) =>
  changeBatch(world.uses, id, (before) =>
    moveBatch(before, { type: "authorised", at: world.uses.clock.now(), by: checker }),
  );

test("what a batch has to say follows from the batch alone", () => {
  const keys = ["first.csv", "second.csv"];
  expect(authorisationAnswer(aBatch())).toBeNull();
  expect(authorisationAnswer(aBatch({ status: "awaiting_authorisation" }))).toBeNull();
  expect(authorisationAnswer(aBatch({ status: "voiding" }))).toBeNull();
  expect(authorisationAnswer(aBatch({ status: "voided" }))).toEqual({ outcome: "voided" });
  expect(authorisationAnswer(aBatch({ status: "sent" }))).toEqual({ outcome: "authorised" });
  expect(returnAnswer(aBatch({ status: "sent" }))).toBeNull();
  expect(returnAnswer(aBatch({ status: "sent", returnKeys: keys, returnsRead: 1 }))).toEqual({
    outcome: "returned",
    returnKey: "second.csv",
  });
  // A person's word closed it, or the bank refused it whole: no file is waited for, and the execution ends.
  const read = { returnKeys: keys, returnsRead: 2 };
  expect(returnAnswer(aBatch({ status: "closed", ...read }))).toEqual({ outcome: "closed" });
  expect(returnAnswer(aBatch({ status: "voided", ...read }))).toEqual({ outcome: "voided" });
});

test("a decision is signalled to the task that waits; when nobody does, an execution is started", async () => {
  const { uses, succeeded, waiting, started } = world;
  const { id } = await assembled(1);
  await uses.batches.putWait(id, "authorisation", "token-a");
  waiting.add("token-a");
  expect(await signalBatch(uses, await loadBatch(uses, id))).toBe(false);

  const { batch } = await authorise(id);
  expect(await signalBatch(uses, batch)).toBe(true);
  expect(succeeded.at(-1)).toEqual({ taskToken: "token-a", output: { outcome: "authorised" } });

  await signalOrStart(uses, batch);
  expect(started.at(-1)).toEqual({ name: `${id}-${batch.version}` });
});

test("an execution that ended is followed by one of another name", async () => {
  const { uses } = world;
  const names: string[] = [];
  const workflow = {
    ...uses.workflow,
    start: async (_machine: string, name: string) => {
      names.push(name);
      return names.length > 2;
    },
  };
  await startBatch({ workflow }, { id: "B20260720-AAAAAA" as BatchId, version: 4 });
  expect(names).toEqual(["B20260720-AAAAAA-4", "B20260720-AAAAAA-4-2", "B20260720-AAAAAA-4-3"]);
});

test("batches whose signal got lost are found, and those that wait for people are left alone", async () => {
  const { uses, started, moveClockTo } = world;
  const waitingForPeople = await assembled(1);
  const lost = await assembled(1);
  await authorise(lost.id);
  const begun = started.length;

  expect(await resumeBatches(uses)).not.toContain(lost.id);
  moveClockTo("2026-07-20T09:00:00Z");
  const resumed = await resumeBatches(uses);

  expect(resumed).toContain(lost.id);
  expect(resumed).not.toContain(waitingForPeople.id);
  expect(started.slice(begun).map(({ name }) => name)).toContain(`${lost.id}-${lost.version + 1}`);
});

test("a batch is changed by one of two at a time, and the other looks again", async () => {
  const { uses } = world;
  const { id } = await assembled(1);
  const give = () =>
    changeBatch(uses, id, (before) => {
      return before.status === "awaiting_authorisation"
        ? moveBatch(before, { type: "authorised", at: monday, by: checker })
        : { kind: "refused", code: "not_in_this_state" };
    });

  const results = await Promise.all([give(), give(), give()]);

  expect(results.filter(({ refused }) => refused === null)).toHaveLength(1);
  expect(
    (await loadBatch(uses, id)).history.filter(({ type }) => type === "authorised"),
  ).toHaveLength(1);
  await expect(loadForWork(uses, "B20260720-000000" as BatchId)).rejects.toThrow();
  const never = { ...uses, batches: { ...uses.batches, update: async () => false } };
  await expect(
    changeBatch(never, id, (before) =>
      moveBatch(before, { type: "file_written", at: monday, by: null }),
    ),
  ).rejects.toThrow(StoreContended);
});

test("voiding puts every case back, goes on after a crash, and the cases are payable again", async () => {
  const { uses } = world;
  const { id } = await assembled(30);
  const { batch } = await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "void_decided", at: monday, by: checker }, { voidReason: "重复" }),
  );
  const dying = {
    ...uses,
    batches: {
      ...uses.batches,
      voidItems: async (...[entries]: Parameters<typeof uses.batches.voidItems>) => {
        await uses.batches.voidItems(entries.slice(0, 10));
        throw new Error("killed");
      },
    },
  };
  await expect(finishVoid(dying, batch)).rejects.toThrow("killed");
  expect((await loadBatch(uses, id)).status).toBe("voiding");

  expect(await finishVoid(uses, batch)).toMatchObject({ status: "voided" });
  const items = await uses.batches.items(id);
  expect(items.every(({ status }) => status === "voided")).toBe(true);
  for (const { applicationId } of items) {
    expect(await loadCase(uses, applicationId)).toMatchObject({ status: "reserved", attempt: 1 });
  }
  const again = await createBatch(uses, batch.fundId);
  await assembleBatch(uses)({ batchId: again.id });
  expect(await loadBatch(uses, again.id)).toMatchObject({ count: 30 });
});
