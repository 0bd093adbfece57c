import { afterAll, beforeAll, expect, test } from "vitest";
import { casesSince, reportFigures } from "#shared/casework/report-figures.ts";
import { localDate, localDateOf } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
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

const period = { from: localDate("2026-01-01"), to: localDate("2026-12-31") };
const figures = () => reportFigures(world.uses, period, () => true);

test("a case is found wherever it stands: payable, with the bank, paid, or failed", async () => {
  for (const amountYuan of [1000, 2000, 3000]) {
    await reserveCase(world.uses, fundId, {}, yuan(amountYuan));
  }
  const payable = await figures();
  expect(payable.report.total).toMatchObject({
    approved: 3,
    approvedFen: yuan(6000),
    waiting: 3,
    paid: 0,
  });

  const batch = await sendBatch(world.uses, fundId);
  const atBank = await figures();
  expect(atBank.report.total).toMatchObject({ waiting: 3, paid: 0 });
  expect([...atBank.report.ages.keys()]).toEqual(["batched"]);

  const rows = await readBankFile(world.uses, batch);
  const lines = rows.map((row, index) =>
    index === 2 ? returnLine(row, "失败", "账号不存在") : returnLine(row),
  );
  await settle(world.uses, batch, lines);
  const { report } = await figures();
  const paidFen = (await world.uses.funds.get(fundId))?.paidFen;
  expect(report.total).toMatchObject({ paid: 2, paidFen, waiting: 1, approved: 3 });
  expect(report.paidDays?.count).toBe(2);
  expect([...report.ages.keys()]).toEqual(["payment_failed"]);
});

test("month ends of the present month are the fund's own row, and the months before had nothing", async () => {
  const { funds, months, fundMonths } = await figures();
  const present = localDateOf(world.uses.clock.now()).slice(0, 7);
  const ends = fundMonths.find((one) => one.fundId === fundId)?.ends;
  const fund = funds.find(({ id }) => id === fundId);

  expect(months.at(-1)).toBe(present);
  expect(ends?.get(present)).toMatchObject({
    grantedFen: fund?.grantedFen,
    availableFen: fund?.availableFen,
    reservedFen: fund?.reservedFen,
    paidFen: fund?.paidFen,
  });
  expect(ends?.get("2026-01")).toMatchObject({ grantedFen: fen(0), paidFen: fen(0) });
});

test("a paid case is found through its payment alone; what moved before the period is not looked for", async () => {
  const withoutLedger = await casesSince(world.uses, period.from, new Set());
  const batches = await world.uses.batches.list("done", 9);
  const items = (await Promise.all(batches.map(({ id }) => world.uses.batches.items(id)))).flat();
  const paidIds = new Set(
    items.filter(({ status }) => status === "paid").map(({ applicationId }) => applicationId),
  );
  const all = await casesSince(world.uses, period.from, paidIds);

  expect([...withoutLedger.values()].map(({ status }) => status)).toEqual(["payment_failed"]);
  expect([...all.values()].map(({ status }) => status).toSorted()).toEqual([
    "paid",
    "paid",
    "payment_failed",
  ]);
  const later = { from: localDate("2026-08-01"), to: localDate("2026-12-31") };
  const { report } = await reportFigures(world.uses, later, () => true);
  expect(report.total).toMatchObject({ paid: 0, waiting: 1, received: 0 });
});
