import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuditStore } from "#shared/adapters/dynamodb/audit-store.ts";
import { rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import { auditClearedPartition } from "#shared/adapters/dynamodb/oversight-keys.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { aFund, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const finding = (fundId: string, detail = "available"): Finding => ({
  code: "differs_from_transfers",
  fundId: fundId as FundId,
  place: { kind: "fund", id: fundId },
  detail,
  unit: "fen",
  expected: 1,
  found: 2,
});

const clearing = (fundId: string, frozenAt = monday) => ({
  fundId: fundId as FundId,
  frozenAt,
  by: "ST000ADMIN" as StaffId,
  at: addMinutes(monday, 30),
  words: "查明原因：误操作",
});

test("a finding is one row however often it is found, and keeps the day on which it was first seen", async () => {
  await store.funds.open(aFund("seen", "UNION"));
  const later = addMinutes(monday, 60 * 24);
  await store.audit.report(finding("seen"), monday);
  await store.audit.report({ ...finding("seen"), found: 3 }, later);

  const open = (await store.audit.open()).filter(({ fundId }) => fundId === ("seen" as FundId));
  expect(open).toEqual([{ ...finding("seen"), found: 3, firstSeenAt: monday, lastSeenAt: later }]);
  expect((await store.funds.get("seen" as FundId))?.frozen).toEqual({
    at: later,
    code: "differs_from_transfers",
  });
});

test("a finding of a fund that isn't there is a bug, and takes down nothing", async () => {
  await expect(store.audit.report(finding("nowhere"), monday)).rejects.toThrow();
  expect((await store.audit.open()).some(({ fundId }) => fundId === ("nowhere" as FundId))).toBe(
    false,
  );
});

test("clearing twice at once is done once; its words are sealed at rest, and a later finding begins anew", async () => {
  await store.funds.open(aFund("twice", "UNION"));
  await store.audit.report(finding("twice"), monday);
  const both = await Promise.all([1, 2].map(() => store.audit.clear(clearing("twice"))));
  expect(both.toSorted()).toEqual(["cleared", "stale"]);
  expect((await store.funds.get("twice" as FundId))?.frozen).toBeNull();

  const rows = await rowsUnder(store.table, auditClearedPartition, "");
  expect(JSON.stringify(rows)).not.toContain("误操作");
  const other = createAuditStore(store.table, store.newVault());
  expect((await other.cleared(monday)).map(({ words }) => words)).toEqual(["查明原因：误操作"]);
  expect(await store.audit.cleared(addMinutes(monday, 31))).toEqual([]);

  const later = addMinutes(monday, 60);
  await store.audit.report(finding("twice"), later);
  const [again] = (await store.audit.open()).filter(({ fundId }) => fundId === ("twice" as FundId));
  expect(again?.firstSeenAt).toBe(later);
});

test("more findings than one transaction takes are cleared all the same, the freeze with the last of them", async () => {
  await store.funds.open(aFund("many", "UNION"));
  const details = Array.from({ length: 90 }, (_, number) => `item-${number}`);
  for (const detail of details) await store.audit.report(finding("many", detail), monday);

  expect(await store.audit.clear(clearing("many"))).toBe("cleared");

  expect((await store.audit.open()).some(({ fundId }) => fundId === ("many" as FundId))).toBe(
    false,
  );
  expect((await store.funds.get("many" as FundId))?.frozen).toBeNull();
  const cleared = await store.audit.cleared(monday);
  expect(cleared.filter(({ fundId }) => fundId === ("many" as FundId))).toHaveLength(90);
});

test("what moved on since it was shown keeps the fund frozen", async () => {
  await store.funds.open(aFund("later", "UNION"));
  await store.audit.report(finding("later"), monday);
  await store.audit.report(finding("later", "paid"), addMinutes(monday, 1));
  expect(await store.audit.clear(clearing("later"))).toBe("stale");
  expect((await store.funds.get("later" as FundId))?.frozen).not.toBeNull();
  expect(
    (await store.audit.open()).filter(({ fundId }) => fundId === ("later" as FundId)),
  ).toHaveLength(2);
});
