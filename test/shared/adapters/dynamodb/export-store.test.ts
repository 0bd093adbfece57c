import { afterAll, beforeAll, expect, test } from "vitest";
import { createExportStore } from "#shared/adapters/dynamodb/export-store.ts";
import { getRow, rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import { exportKey, exportPartition } from "#shared/adapters/dynamodb/oversight-keys.ts";
import type { FinanceExport } from "#shared/domain/finance-export.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import type { ExportStore } from "#shared/ports/export-store.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
let exports: ExportStore;
beforeAll(async () => {
  store = await startStore();
  exports = createExportStore(store.table, store.vault);
});
afterAll(() => store.stop());

const askedAt = instant("2026-07-20T01:00:00.000Z");
const by = "ST0000MAKE" as StaffId;

const asked = (id: string, changes: Partial<FinanceExport> = {}): FinanceExport => ({
  id,
  request: {
    kind: "payment_details",
    format: "xlsx",
    period: null,
    fundId: null,
    batchId: null,
    programmeId: null,
    unitId: null,
    cutOff: askedAt,
    isFull: true,
  },
  askedBy: by,
  askedAt,
  triedAt: askedAt,
  purpose: "核对张三的账",
  isLocked: true,
  failedAt: null,
  made: null,
  ...changes,
});

const made = { rows: 2, sumFen: fen(7), sha256: "ab", sizeBytes: 9, madeAt: askedAt, fileKey: "k" };

test("an export is asked for once, and comes back as it was asked for", async () => {
  const one = asked("E20260720-000001");
  expect(await exports.put(one, "geheim-2026")).toBe(true);
  expect(await exports.put({ ...one, askedBy: "ST2" as StaffId }, null)).toBe(false);
  expect(await exports.get(one.id)).toEqual(one);
  expect(await exports.get("E20260720-ZZZZZZ")).toBeNull();
  expect((await exports.list(10)).map(({ id }) => id)).toContain(one.id);
});

test("password and purpose lie sealed; the password is gone with the making", async () => {
  const id = "E20260720-000002";
  await exports.put(asked(id), "geheim-2026");
  const lies = JSON.stringify(await rowsUnder(store.table, exportPartition(id), ""));
  expect(lies).not.toContain("geheim");
  expect(lies).not.toContain("张三");
  expect(await exports.password(id)).toBe("geheim-2026");

  expect(await exports.finish(id, made)).toBe(true);
  expect(await exports.password(id)).toBeNull();
  expect(JSON.stringify(await rowsUnder(store.table, exportPartition(id), ""))).not.toContain(
    'sealed":',
  );
});

test("the first making stands: a later one, a failure or another try changes nothing of it", async () => {
  const id = "E20260720-000003";
  await exports.put(asked(id), null);
  await exports.fail(id, askedAt);
  expect((await exports.get(id))?.failedAt).toBe(askedAt);
  expect(await exports.retry(id, askedAt)).toBe(true);
  await exports.finish(id, made);
  const row = await getRow(store.table, exportKey(id));
  expect(await exports.finish(id, { ...made, rows: 99 })).toBe(false);
  await exports.fail(id, instant("2026-07-21T01:00:00.000Z"));
  expect(await exports.retry(id, askedAt)).toBe(false);
  expect(await getRow(store.table, exportKey(id))).toEqual(row);
});

test("who took it is listed, the last first", async () => {
  const id = "E20260720-000004";
  const later = instant("2026-07-20T02:00:00.000Z");
  await exports.noteTaking(id, { at: askedAt, by, outcome: "taken" });
  await exports.noteTaking(id, { at: later, by, outcome: "refused" });
  expect(await exports.takings(id)).toEqual([
    { at: later, by, outcome: "refused" },
    { at: askedAt, by, outcome: "taken" },
  ]);
});
