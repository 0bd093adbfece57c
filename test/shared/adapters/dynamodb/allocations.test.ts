import { afterAll, beforeAll, expect, test } from "vitest";
import { allocationPartition } from "#shared/adapters/dynamodb/keys.ts";
import { rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import { allocate, comesOutTheSame, type Allocation } from "#shared/domain/allocation.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const made = (id: string, count: number, minutes = 0): Allocation => {
  const inputs = {
    method: "need_ranked" as const,
    potFen: yuan(1_000 * Math.floor(count / 2)),
    quotas: {},
    secondRound: false,
    candidates: Array.from({ length: count }, (_, index) => ({
      applicationId: applicationIdOf(index + 1),
      unitId: "spring" as UnitId,
      submittedAt: addMinutes(monday, index),
      amountFen: yuan(1_000),
      perCapitaFen: index % 7 === 0 ? null : (index * 7_919) % 100_003,
    })),
  };
  return {
    ...inputs,
    id,
    programmeId: "golden-autumn",
    fundId: "union" as FundId,
    awards: allocate(inputs),
    madeAt: addMinutes(monday, minutes),
    madeBy: "ST1" as StaffId,
    carriedOutAt: null,
  };
};

test("an allocation is kept whole, however many took part, and can be made again from what was kept", async () => {
  for (const [id, count] of [
    ["A1", 0],
    ["A2", 1],
    ["A3", 1_201],
  ] as const) {
    const allocation = made(id, count);
    expect(await store.allocations.put(allocation)).toBe(true);
    const kept = await store.allocations.get(id);
    expect(kept).toMatchObject({ ...allocation, awards: kept?.awards });
    expect(kept?.awards).toHaveLength(allocation.awards.length);
    expect(comesOutTheSame(kept!)).toBe(true);
  }
});

test("what a household has a head lies sealed: no row shows it, or who got nothing", async () => {
  await store.allocations.put(made("A4", 3));
  const rows = await rowsUnder(store.table, allocationPartition("A4"), "");
  const text = JSON.stringify(rows);
  expect(text).not.toContain("perCapita");
  expect(text).not.toContain(applicationIdOf(1));
  expect(rows.map(({ SK }) => String(SK).split("#")[0])).toEqual(["META", "PART"]);
});

test("an id is taken once: of two at once with other inputs one stands, whole", async () => {
  const [one, other] = [made("A5", 5), made("A5", 900)];
  const put = await Promise.all([store.allocations.put(one), store.allocations.put(other)]);
  expect(put.toSorted()).toEqual([false, true]);
  const kept = await store.allocations.get("A5");
  expect(kept?.candidates).toHaveLength(put[0] ? 5 : 900);
  expect(comesOutTheSame(kept!)).toBe(true);
  expect(await store.allocations.put(made("A5", 2))).toBe(false);
});

test("the list shows the newest first, with its figures, and whether it is carried out", async () => {
  await store.allocations.put(made("A6", 4, 60));
  await store.allocations.put(made("A7", 2, 30));
  await store.allocations.markCarriedOut("A6", addMinutes(monday, 61));
  await store.allocations.markCarriedOut("A6", addMinutes(monday, 99));
  const [newest, next] = await store.allocations.list(2);
  expect(newest).toMatchObject({
    id: "A6",
    awardCount: 2,
    candidateCount: 4,
    carriedOutAt: addMinutes(monday, 61),
  });
  expect(next).toMatchObject({ id: "A7", carriedOutAt: null });
});

test("what isn't there is null, and nothing is carried out of it", async () => {
  expect(await store.allocations.get("A0")).toBeNull();
  await store.allocations.markCarriedOut("A0", monday);
  expect(await store.allocations.get("A0")).toBeNull();
});
