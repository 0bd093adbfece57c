import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  allocationInputs,
  carryOut,
  makeAllocation,
  resumeAllocations,
  waitingInOrder,
} from "#shared/casework/allocate.ts";
import { accountOf } from "#shared/casework/award-limits.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { comesOutTheSame, type AllocationMethod } from "#shared/domain/allocation.ts";
import type { Application } from "#shared/domain/application.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { sharingBy, storeWaitingCase } from "#test/support/allocation.ts";
import { monday } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew } from "#test/support/end-state.ts";

const programmeId = "golden-autumn";
const fundId = "union" as FundId;
const by = "ST1" as StaffId;
const madeAt = addMinutes(monday, 60);

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await beginAnew(world);
  world.moveClockTo(madeAt);
});

const sharing = (method: AllocationMethod, quotas: Readonly<Record<string, number>> = {}) => ({
  ...world.uses,
  policy: sharingBy(policyPack, programmeId, { method, quotas }),
});

type Uses = ReturnType<typeof sharing>;

const share = async (uses: Uses, id: string, secondRound = false) => {
  const fund = await uses.funds.get(fundId);
  if (!fund) throw new Error("the fund is open");
  const asked = { programmeId, fund, secondRound };
  return makeAllocation(uses, asked, await allocationInputs(uses, asked), { id, by });
};

type Waiting = Parameters<typeof storeWaitingCase>;

const store = (number: number, given: Waiting[2] = {}, changes: Waiting[3] = {}) =>
  storeWaitingCase(world, number, given, changes);

const stateOf = async (application: Application) => {
  const { status, amountFen } = await caseOf(world.uses, application);
  return [status, amountFen / 100];
};

const accountFen = async (application: Application) =>
  (await accountOf(world.uses, application)).totalFen;

test("by need: the neediest get their money, the others stay on the list, and nobody's execution is forgotten", async () => {
  const first = await store(1, { day: 10, perCapitaYuan: 1_900 });
  const neediest = await store(2, { day: 12, perCapitaYuan: 400 });
  const second = await store(3, { day: 11, perCapitaYuan: 900 });
  await grantTo(world.uses, "union", "UNION", 2_500);
  const uses = sharing("need_ranked");
  expect((await waitingInOrder(uses, programmeId)).map((one) => one.applicationId)).toEqual([
    neediest.id,
    second.id,
    first.id,
  ]);

  const made = await share(uses, "A1");
  expect(await carryOut(uses, made)).toBe(true);

  expect(await stateOf(neediest)).toEqual(["public_notice", 1_000]);
  expect(await stateOf(second)).toEqual(["public_notice", 1_000]);
  expect(await stateOf(first)).toEqual(["waiting_for_funds", 1_000]);
  expect(await balancesOf(uses, "union")).toMatchObject({ available: 500, reserved: 2_000 });
  expect(world.answered.map(({ taskToken }) => taskToken)).toEqual([
    `funds-${neediest.id}`,
    `funds-${second.id}`,
  ]);
  const events = await uses.cases.events(await caseOf(uses, neediest));
  expect(events.at(-1)).toMatchObject({
    type: "funds_reserved",
    detail: { allocationId: "A1", fundId, amountFen: yuan(1_000) },
  });
  const kept = await uses.allocations.get("A1");
  expect(kept).toMatchObject({ method: "need_ranked", potFen: yuan(2_500), carriedOutAt: madeAt });
  expect(kept?.candidates.map(({ perCapitaFen }) => perCapitaFen)).toEqual([
    190_000, 90_000, 40_000,
  ]);
  expect(comesOutTheSame(kept!)).toBe(true);
});

test("before any allocation money that comes moves nobody; after one it goes to the neediest who got nothing", async () => {
  const better = await store(1, { day: 10, perCapitaYuan: 1_900 });
  const worse = await store(2, { day: 12, perCapitaYuan: 900 });
  await grantTo(world.uses, "union", "UNION", 500);
  const uses = sharing("need_ranked");
  await grantTo(world.uses, "union", "UNION", 600);
  expect(await reserveWaiting(uses)).toBe(0);
  const inputs = await share(uses, "A1");
  // Somebody else took the money between the preview and the carrying out.
  const gone = { ...uses.cases, commit: async () => "no_money" as const };
  expect(await carryOut({ ...uses, cases: gone }, inputs)).toBe(true);
  expect(await stateOf(worse)).toEqual(["waiting_for_funds", 1_000]);
  // Approved after the allocation, and the neediest of all: it took no part, so it waits for the next one.
  const late = await store(3, { day: 9, perCapitaYuan: 100 }, { since: addMinutes(madeAt, 1) });

  expect(await reserveWaiting(uses)).toBe(1);

  expect(await stateOf(worse)).toEqual(["public_notice", 1_000]);
  expect(await stateOf(better)).toEqual(["waiting_for_funds", 1_000]);
  expect(await stateOf(late)).toEqual(["waiting_for_funds", 1_000]);
});

test.each(["quota", "pro_rata"] as const)(
  "by %s, money that returns waits for a new allocation",
  async (method) => {
    const one = await store(1);
    await grantTo(world.uses, "union", "UNION", 100);
    const uses = sharing(method, { spring: 0 });
    await carryOut(uses, await share(uses, "A1"));
    await grantTo(world.uses, "union", "UNION", 5_000);
    const before = await stateOf(one);
    expect(await reserveWaiting(uses)).toBe(0);
    expect(await stateOf(one)).toEqual(before);
  },
);

test("in proportion: the awards become their shares, the events say what was approved, and the year gets back the rest", async () => {
  const cases = [await store(1, { day: 10 }), await store(2, { day: 11, amountYuan: 2_000 })];
  await grantTo(world.uses, "union", "UNION", 1_000);
  const uses = sharing("pro_rata");

  await carryOut(uses, await share(uses, "A1"));

  expect(await Promise.all(cases.map(stateOf))).toEqual([
    ["public_notice", 333],
    ["public_notice", 667],
  ]);
  expect(await balancesOf(uses, "union")).toMatchObject({ available: 0, fault: null });
  const [event] = (await uses.cases.events(await caseOf(uses, cases[1]!))).slice(-1);
  expect(event?.detail).toMatchObject({ amountFen: yuan(667), approvedFen: yuan(2_000) });
  expect(await accountFen(cases[1]!)).toBe(yuan(667));
  expect(await auditLedger(uses)).toEqual([]);
});

test("by places: a district's places serve its stations; used ones are gone the next time, withdrawn ones come back", async () => {
  const [needy, other] = [
    await store(1, { perCapitaYuan: 100 }),
    await store(2, { perCapitaYuan: 200 }),
  ];
  const elsewhere = await store(3, { perCapitaYuan: 50 }, { unitId: "furnace" as UnitId });
  await grantTo(world.uses, "union", "UNION", 10_000);
  const uses = sharing("quota", { east: 1, metal: 0 });

  const made = await share(uses, "A1");
  await carryOut(uses, made);
  expect(made.candidates.map(({ unitId }) => unitId)).toEqual(["east", "east", "metal"]);
  expect(await stateOf(needy)).toEqual(["public_notice", 1_000]);
  expect((await share(uses, "A2")).awards).toEqual([]);

  const taken = withdraw(
    await caseOf(uses, needy),
    await claimsHeldBy(uses, needy),
    uses.clock.now(),
  );
  if (taken.kind === "refused") throw new Error(taken.code);
  expect(await uses.cases.commit(taken)).toBe("committed");
  const again = await share(uses, "A3");
  await carryOut(uses, again);
  expect(await stateOf(other)).toEqual(["public_notice", 1_000]);
  expect(await stateOf(elsewhere)).toEqual(["waiting_for_funds", 1_000]);
});

test("a second round gives the places that are left over to whoever still waits", async () => {
  const needy = await store(1, { perCapitaYuan: 100 }, { unitId: "furnace" as UnitId });
  await grantTo(world.uses, "union", "UNION", 10_000);
  const uses = sharing("quota", { east: 2 });
  expect((await share(uses, "A1")).awards).toEqual([]);
  expect((await share(uses, "A2", true)).awards).toEqual([
    { applicationId: needy.id, amountFen: yuan(1_000) },
  ]);
});

test("whoever withdrew since, or was decided anew, gets nothing by an old allocation", async () => {
  const [gone, anew] = [await store(1), await store(2)];
  await grantTo(world.uses, "union", "UNION", 5_000);
  const uses = sharing("need_ranked");
  const made = await share(uses, "A1");
  const taken = withdraw(await caseOf(uses, gone), [], uses.clock.now());
  if (taken.kind === "refused") throw new Error(taken.code);
  await uses.cases.commit(taken);
  const since = addMinutes(madeAt, 1);
  await putRow(uses.table, applicationRow({ ...(await caseOf(uses, anew)), since }));

  expect(await carryOut(uses, made)).toBe(true);

  expect((await caseOf(uses, gone)).status).toBe("withdrawn");
  expect((await caseOf(uses, anew)).status).toBe("waiting_for_funds");
  expect(await balancesOf(uses, "union")).toMatchObject({ reserved: 0 });
});

test("64 carry out one allocation at once: each award is set aside once", async () => {
  const cases = await Promise.all([1, 2, 3].map((number) => store(number)));
  await grantTo(world.uses, "union", "UNION", 10_000);
  const uses = sharing("need_ranked");
  const made = await share(uses, "A1");

  await Promise.all(Array.from({ length: 64 }, () => carryOut(uses, made)));

  expect((await Promise.all(cases.map(stateOf))).map(([status]) => status)).toEqual(
    cases.map(() => "public_notice"),
  );
  expect(await balancesOf(uses, "union")).toMatchObject({ reserved: 3_000, fault: null });
});

test("the same form sent twice makes one allocation, whatever was written meanwhile", async () => {
  await store(1);
  await grantTo(world.uses, "union", "UNION", 5_000);
  const uses = sharing("need_ranked");
  const [one, other] = await Promise.all([share(uses, "A1"), share(uses, "A1")]);
  expect(one.awards).toEqual(other.awards);
  await store(2, { perCapitaYuan: 1 });
  const late = await share(uses, "A1");
  expect(late.awards).toEqual(one.awards);
  expect(await uses.allocations.list(10)).toHaveLength(1);
});

test("cut off at any call and run again, an allocation ends the same", async () => {
  const begin = async () => {
    await beginAnew(world);
    world.moveClockTo(madeAt);
    await store(1, { perCapitaYuan: 300 });
    await store(2, { perCapitaYuan: 200 });
    await store(3, { perCapitaYuan: 100 });
    await grantTo(world.uses, "union", "UNION", 2_000);
    return sharing("need_ranked");
  };
  const { faults } = await surviveEveryCrash({
    begin,
    run: async (uses, attempt) => {
      // The desk makes it and is cut off; what finishes it later is the job.
      if (attempt === 1) await carryOut(uses, await share(uses, "A1"));
      else await carryOut(uses, (await uses.allocations.get("A1")) ?? (await share(uses, "A1")));
      await resumeAllocations(uses);
    },
    end: async () => {
      const cases = [];
      for (const number of [1, 2, 3]) {
        const application = await world.uses.cases.get(`SN000000000${number}` as Application["id"]);
        cases.push([application?.status, application?.version, application?.amountFen]);
      }
      const kept = await world.uses.allocations.get("A1");
      return { cases, kept, balances: await balancesOf(world.uses, "union") };
    },
  });
  expect(faults).toEqual(
    expect.arrayContaining(["after allocations.put", "after cases.commit", "before cases.commit"]),
  );
});
