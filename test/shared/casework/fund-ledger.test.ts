import { afterAll, beforeAll, expect, test } from "vitest";
import { ledgerMonth, ledgerRowsPerPage, monthSums } from "#shared/casework/fund-ledger.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aFund } from "#test/support/cases.ts";
import {
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

/** A fund with one grant of 100.00 at each of these instants. */
const fundWith = async (id: string, instants: readonly string[]) => {
  const fundId = id as FundId;
  await world.uses.funds.open(aFund(id, "UNION"));
  for (const [index, at] of instants.entries()) {
    const number = `${id}-${index + 1}`;
    const grant = { fundId, amountFen: yuan(100), at: instant(at) };
    await world.uses.funds.grant(grantTransfer(number, grant));
  }
  const fund = await world.uses.funds.get(fundId);
  if (!fund) throw new Error("the fund was opened");
  return fund;
};

test("each row carries the balances after it, from the opening to the closing", async () => {
  const fund = await fundWith("running", [
    "2026-05-31T15:59:00Z",
    // Already June in China.
    "2026-05-31T16:00:00Z",
    "2026-06-30T15:59:00Z",
    "2026-07-01T01:00:00Z",
  ]);
  const june = await ledgerMonth(world.uses, fund, "2026-06", 1);

  expect(june.opening.availableFen).toBe(yuan(100));
  expect(june.rows.map(({ after }) => after.availableFen)).toEqual([yuan(200), yuan(300)]);
  expect(june.closing).toMatchObject({ grantedFen: yuan(300), availableFen: yuan(300) });
  expect(june.sums.get("grant")).toEqual({ count: 2, sumFen: yuan(200) });

  const july = await ledgerMonth(world.uses, fund, "2026-07", 1);
  expect(july.opening).toEqual(june.closing);
  expect(july.closing.availableFen).toBe(fund.availableFen);
  expect((await monthSums(world.uses, fund, "2026-07")).get("grant")?.count).toBe(1);
});

test("a month without a transfer begins and ends alike", async () => {
  const fund = await fundWith("still", ["2026-05-10T01:00:00Z"]);
  const { opening, closing, rows, pages } = await ledgerMonth(world.uses, fund, "2026-06", 1);

  expect(opening).toEqual(closing);
  expect(closing.availableFen).toBe(yuan(100));
  expect(rows).toEqual([]);
  expect(pages).toBe(1);
});

test("a long month comes in pages that carry the balance over; one that isn't there is the last", async () => {
  const instants = Array.from(
    { length: ledgerRowsPerPage + 3 },
    (_row, index) => `2026-06-10T01:${String(index % 60).padStart(2, "0")}:00Z`,
  );
  const fund = await fundWith("long", instants);
  const first = await ledgerMonth(world.uses, fund, "2026-06", 1);
  const last = await ledgerMonth(world.uses, fund, "2026-06", 2);

  expect(first.rows).toHaveLength(ledgerRowsPerPage);
  expect(first.start).toEqual(first.opening);
  expect(last.rows).toHaveLength(3);
  expect(last.start).toEqual(first.rows.at(-1)?.after);
  expect(last.rows.at(-1)?.after).toEqual(last.closing);
  expect(last.sums).toEqual(first.sums);
  expect((await ledgerMonth(world.uses, fund, "2026-06", 99)).rows).toEqual(last.rows);
});
