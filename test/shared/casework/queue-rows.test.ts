import { afterAll, beforeAll, expect, test } from "vitest";
import { waitingFor } from "#shared/casework/approver-queue.ts";
import { fundNeeds, queueRow, queueRows } from "#shared/casework/queue-rows.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { staff } from "#test/support/cases.ts";
import { grantTo, startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { storeStraight } from "#test/support/straight-cases.ts";

const east = staff("east-1", "east");
let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await grantTo(world.uses, "central", "CENTRAL", 8_000);
  await storeStraight(world, 1);
  await storeStraight(world, 2);
  await storeStraight(world, 3, { assessment: { flags: [{ zh: "请看", en: "look" }] } });
});
afterAll(() => world.stop());

test("a row tells a masked name, the amount, flags, and whether it may be ticked", async () => {
  const { asked } = await waitingFor(world.uses, east);
  const rows = await queueRows(world.uses, asked);

  expect(rows.map(({ amountFen }) => amountFen)).toEqual([yuan(5_000), yuan(5_000), yuan(5_000)]);
  for (const { maskedName } of rows) expect(maskedName).toMatch(/^\p{Script=Han}{1,2}\*$/u);
  expect(rows.map(({ flags }) => flags)).toEqual([0, 0, 1]);
  expect(rows.map(({ readFirst }) => readFirst)).toEqual([[], [], ["flagged"]]);
});

test("a case that another branch's list has, too, is read first", async () => {
  const { asked } = await waitingFor(world.uses, east);
  const [one] = asked;
  if (!one) throw new Error("it waits");
  expect((await queueRow(world.uses, one)).readFirst).toEqual([]);
  await world.uses.oversight.putMatch({
    applicationId: one.application.id,
    programmeId: one.application.programmeId,
    period: "2026",
    branch: "邻市",
    foundAt: world.uses.clock.now(),
    foundBy: east.id,
    closedAt: null,
    closedBy: null,
    outcome: "",
  });

  expect(await queueRow(world.uses, one)).toMatchObject({ flags: 1, readFirst: ["flagged"] });
});

test("the money situation counts what is decided finally here, by the fund that is asked first", async () => {
  const { asked } = await waitingFor(world.uses, east);
  const funds = await world.uses.funds.all();

  expect(fundNeeds(world.uses, asked, funds)).toEqual([
    { code: "CENTRAL", wantedFen: yuan(15_000), availableFen: yuan(8_000) },
  ]);
  const station = { tier: "station", atUnitId: "spring" as UnitId } as const;
  const below = asked.map((one) => ({ ...one, application: { ...one.application, ...station } }));
  expect(fundNeeds(world.uses, below, funds)).toEqual([]);
});
