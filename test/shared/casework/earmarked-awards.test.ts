/** Awards out of funds with terms of their own: which pays, what the trail says, and what the store refuses. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import type { Application } from "#shared/domain/application.ts";
import { plainTerms, type FundTerms } from "#shared/domain/fund.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aFund, approve, deciding } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const open = async (id: string, amountYuan: number, terms: Partial<FundTerms>): Promise<void> => {
  const { funds, clock } = world.uses;
  const fund = { ...aFund(id), ...plainTerms("SWN"), ...terms };
  expect(await funds.open(fund)).toBe(true);
  const amountFen = yuan(amountYuan);
  await funds.grant(grantTransfer("V", { fundId: id as FundId, amountFen, at: clock.now() }));
};

const approveCase = async (
  number: number,
  changes: Partial<Application> = {},
): Promise<Application> => {
  const fundOrder = ["SWN"] as const;
  const { application, approval } = await storeAskedCase(world.uses, number, {
    fundOrder,
    ...changes,
  });
  await recordDecision(world.uses, deciding(application, { decision: approve }), approval);
  return caseOf(world.uses, application);
};

const lastDetail = async (application: Application) =>
  (await world.uses.cases.events(application)).at(-1)?.detail;

test("the first fund in order that fits and has the money pays; the trail says why the others didn't", async () => {
  const any = { programmes: null, categories: null, files: null, purpose: null };
  await open("a-last-year", 90_000, { year: 2025, useOrder: 1 });
  await open("b-metal", 90_000, { unitId: "metal" as UnitId, useOrder: 2 });
  await open("c-other", 90_000, { earmark: { ...any, programmes: ["emergency"] }, useOrder: 3 });
  await open("d-small", 10, { useOrder: 4 });
  await open("e-pays", 12_000, { year: 2026, unitId: "east" as UnitId, useOrder: 5 });
  await open("f-after", 90_000, { useOrder: 6 });

  const awarded = await approveCase(1);
  expect(awarded).toMatchObject({ fundId: "e-pays" });
  expect(await lastDetail(awarded)).toMatchObject({
    fundId: "e-pays",
    passedOver: "a-last-year:other_year b-metal:other_office c-other:other_programme d-small:short",
  });
  expect(await balancesOf(world.uses, "e-pays")).toMatchObject({
    reserved: awarded.amountFen / 100,
    fault: null,
  });
});

test("a fund's own limit for a person and year passes it over for the second award", async () => {
  await open("g-yearly", 90_000, {
    code: "DONATION",
    limits: { perAwardMaxFen: null, perPersonYearMaxFen: yuan(6_000) },
    useOrder: 1,
  });
  await open("h-next", 90_000, { code: "DONATION", useOrder: 2 });
  const first = await approveCase(20, { fundOrder: ["DONATION"] });
  expect(first.fundId).toBe("g-yearly");
  const { household, persons } = first;
  const again = { fundOrder: ["DONATION"] as const, household, persons };
  const second = await approveCase(21, again);
  expect(second.fundId).toBe("h-next");
  expect((await lastDetail(second))?.["passedOver"]).toBe("g-yearly:person_year_used_up");
});

test("an award waits when only the reserve is left, and moves up when the line allows it", async () => {
  await open("i-kept", 6_000, {
    code: "FISCAL_MATCH",
    reserveLineFen: yuan(5_000),
  });
  const waiting = await approveCase(30, { fundOrder: ["FISCAL_MATCH"] });
  expect(waiting).toMatchObject({ status: "waiting_for_funds", fundId: null });
  expect(await reserveWaiting(world.uses)).toBe(0);
  const amountFen = yuan(4_000);
  await world.uses.funds.grant(
    grantTransfer("V2", { fundId: "i-kept" as FundId, amountFen, at: world.uses.clock.now() }),
  );
  expect(await reserveWaiting(world.uses)).toBe(1);
  expect(await balancesOf(world.uses, "i-kept")).toMatchObject({ available: 5_000, fault: null });
});
