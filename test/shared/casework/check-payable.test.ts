import { afterAll, beforeAll, expect, test } from "vitest";
import { updateRow } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey } from "#shared/adapters/dynamodb/keys.ts";
import { barredOn, holdsOn } from "#shared/casework/check-payable.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Bar } from "#shared/domain/bar.ts";
import type { HoldCode } from "#shared/domain/payment-check.ts";
import { instant, localDate, localDateOf } from "#shared/kernel/calendar.ts";
import type { BlindIndex, FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { openFund, reserveCase, startDisbursementWorld } from "#test/support/disbursement-world.ts";

let world: Awaited<ReturnType<typeof startDisbursementWorld>>;
let fundId: FundId;
beforeAll(async () => {
  world = await startDisbursementWorld();
  fundId = await openFund(world.uses, "payable", 1_000_000);
});
afterAll(() => world.stop());

let households = 0;

const reserved = (changes: Partial<Application> = {}): Promise<Application> => {
  households += 1;
  const household = `payable-${households}` as BlindIndex;
  return reserveCase(world.uses, fundId, {}, yuan(2_000), {
    household,
    persons: [household],
    ...changes,
  });
};

const held = async (application: Application): Promise<HoldCode | null | undefined> => {
  const isBarred = await barredOn(world.uses, localDateOf(world.uses.clock.now()));
  return (await holdsOn(world.uses, [application], isBarred)).get(application.id);
};

test("a case that stands as it was decided may be paid", async () => {
  expect(await held(await reserved())).toBeNull();
});

test("winter's money may leave from 16 December on, from midnight in China", async () => {
  const application = await reserved({ submittedAt: instant("2026-11-20T01:00:00Z") });
  world.moveClockTo("2026-12-15T15:59:59Z");
  expect(await held(application)).toBe("not_before");
  world.moveClockTo("2026-12-15T16:00:00Z");
  expect(await held(application)).toBeNull();
});

test("a case whose claim was freed, or stands under another case's name, is held", async () => {
  const application = await reserved();
  const [claim] = await world.uses.cases.claimsOf(application.household!);
  const { household, programmeId, period, subject } = claim as Claim;
  const key = { PK: `HH#${household}`, SK: `CLAIM#${programmeId}#${period}#${subject}` };
  await updateRow(world.uses.table, key, {
    update: "SET released = :yes",
    expression: "attribute_exists(PK)",
    values: { ":yes": true },
  });
  expect(await held(application)).toBe("claim_lost");
  await updateRow(world.uses.table, key, {
    update: "SET applicationId = :other REMOVE released",
    expression: "attribute_exists(PK)",
    values: { ":other": "SN0000009999" },
  });
  expect(await held(application)).toBe("claim_lost");
});

test("a case of somebody barred since its decision is held, to the last day of the bar", async () => {
  const application = await reserved();
  const bar: Bar = {
    person: application.persons[0]!,
    from: localDate("2026-12-01"),
    until: localDate("2026-12-31"),
    code: "false_declaration",
    applicationId: application.id,
    setAt: world.uses.clock.now(),
    setBy: "ST1" as StaffId,
    reason: "示例",
    liftedAt: null,
    liftedBy: null,
    liftReason: "",
  };
  expect(await world.uses.oversight.putBar(bar)).toBe(true);
  expect(await held(application)).toBe("barred");
  world.moveClockTo("2026-12-31T16:00:00Z");
  expect(await held(application)).toBeNull();
});

test("a household or person whose year is above its limit is held; exactly at it, not", async () => {
  const application = await reserved({ fundOrder: ["SWN"] });
  const set = (attribute: string, amountYuan: number) =>
    updateRow(world.uses.table, awardAccountKey(application.household!, 2025), {
      update: "SET #a = :a",
      expression: "attribute_exists(PK)",
      names: { "#a": attribute },
      values: { ":a": yuan(amountYuan) },
    });
  await set("total", 30_000);
  await set("fund.SWN", 6_000);
  expect(await held(application)).toBeNull();
  await set("fund.SWN", 6_000.01);
  expect(await held(application)).toBe("over_year");
  await set("fund.SWN", 6_000);
  await set("total", 30_000.01);
  expect(await held(application)).toBe("over_year");
});
