import { afterAll, beforeAll, expect, test } from "vitest";
import { annualPack, daysOfYear } from "#shared/casework/annual-pack.ts";
import { campaignFigures, noticesCountedMax } from "#shared/casework/campaign-figures.ts";
import { ties } from "#shared/domain/annual-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import {
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  settle,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
let fundId: FundId;
beforeAll(async () => {
  world = await startDisbursementWorld();
  fundId = await openFund(world.uses, "reported", 100_000);
});
afterAll(() => world.stop());

const asked = {
  programmeId: "winter-warmth",
  sent: { from: localDate("2025-12-01"), to: localDate("2025-12-31") },
  isOffice: () => true,
};

test("a campaign's cases are found wherever they stand, and its money is net of nothing but what came back", async () => {
  const { uses } = world;
  for (const [place, unitId] of ["east", "west", "west"].entries()) {
    await reserveCase(uses, fundId, {}, yuan(1000), {
      household: `hh-${place}` as BlindIndex,
      unitId: unitId as UnitId,
    });
  }
  const before = await campaignFigures(uses, asked);
  expect(before.report.total).toMatchObject({ applied: 3, helped: 0, unpaid: 3, paidFen: 0 });

  const batch = await sendBatch(uses, fundId);
  const atBank = await campaignFigures(uses, asked);
  expect(atBank.report.total).toMatchObject({ applied: 3, unpaid: 3, unpaidFen: yuan(3000) });

  const rows = await readBankFile(uses, batch);
  const lines = rows.map((row, index) =>
    index === 0 ? returnLine(row, "失败", "账号不存在") : returnLine(row),
  );
  await settle(uses, batch, lines);
  const { report, countsNotices } = await campaignFigures(uses, asked);
  expect(report.total).toEqual({
    applied: 3,
    helped: 2,
    payments: 2,
    paidFen: yuan(2000),
    unpaid: 1,
    unpaidFen: yuan(1000),
  });
  expect(report.byFund.get(fundId)).toEqual({ payments: 2, paidFen: yuan(2000) });
  expect(countsNotices).toBe(true);
  expect(noticesCountedMax).toBeGreaterThan(100);
});

test("another programme, another office and other days have none of it", async () => {
  const totalOf = async (changes: Partial<typeof asked>) =>
    (await campaignFigures(world.uses, { ...asked, ...changes })).report.total.applied;
  expect(await totalOf({ programmeId: "emergency" })).toBe(0);
  expect(
    await totalOf({ sent: { from: localDate("2026-01-01"), to: localDate("2026-07-01") } }),
  ).toBe(0);
  const west = { ...asked, isOffice: (id: UnitId | null) => id === ("west" as UnitId) };
  expect((await campaignFigures(world.uses, west)).report.total.applied).toBe(2);
});

test("the year's pack ties while money moves, and holds the year's batches only", async () => {
  const { uses } = world;
  const moving = Array.from({ length: 5 }, () => reserveCase(uses, fundId, {}, yuan(10)));
  const [pack] = await Promise.all([annualPack(uses, 2026), ...moving]);
  expect(pack.funds.map(ties)).toEqual([true]);
  expect(pack.batches.map(({ count, sumFen }) => [count, sumFen])).toEqual([[3, yuan(3000)]]);
  expect((await annualPack(uses, 2026)).funds[0]?.kinds.get("reserve")?.count).toBe(8);

  const before = await annualPack(uses, 2025);
  expect(before.batches).toEqual([]);
  expect(before.funds.map(ties)).toEqual([true]);
  expect(daysOfYear(2025)).toEqual({ from: "2025-01-01", to: "2025-12-31" });
});
