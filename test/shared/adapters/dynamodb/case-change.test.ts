import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationChange } from "#shared/adapters/dynamodb/case-change.ts";
import { applicationPut, applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { getRow, putRow, transact } from "#shared/adapters/dynamodb/client.ts";
import { applicationKey } from "#shared/adapters/dynamodb/keys.ts";
import type { Application } from "#shared/domain/application.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BatchId, StaffId } from "#shared/kernel/ids.ts";
import { aReservedCase } from "#test/support/disbursement.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;

beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const steps: readonly (readonly [string, (before: Application) => Application])[] = [
  ["into a batch", (before) => ({ ...before, status: "batched", batchId: "B1" as BatchId })],
  ["paid", (before) => ({ ...before, status: "paid", deadlineAt: null, fundId: null })],
  [
    "refused",
    (before) => ({
      ...before,
      status: "payment_failed",
      failureCode: "other",
      attempt: 2,
      deadlineAt: instant("2026-08-01T00:00:00Z"),
      coApprovedBy: ["ST1" as StaffId],
    }),
  ],
];

test.each(steps)("%s: the row is the one that writing it whole leaves", async (name, step) => {
  const before = aReservedCase(700 + name.length, { deadlineAt: instant("2026-07-30T00:00:00Z") });
  const after = { ...step(before), version: before.version + 1, chainHead: "head" };
  const written = async (write: typeof applicationPut) => {
    await putRow(store.table, applicationRow(before));
    expect((await transact(store.table, [write(before, after)])).kind).toBe("committed");
    return getRow(store.table, applicationKey(before.id));
  };
  expect(await written(applicationChange)).toEqual(await written(applicationPut));
});

test("a case that moved since it was read refuses it, as it refuses to be written whole", async () => {
  const before = aReservedCase(799);
  await putRow(store.table, applicationRow({ ...before, version: before.version + 1 }));
  const after: Application = { ...before, version: before.version + 1, status: "batched" };
  const outcome = await transact(store.table, [applicationChange(before, after)]);
  expect(outcome).toEqual({ kind: "refused", failed: [true] });
});
