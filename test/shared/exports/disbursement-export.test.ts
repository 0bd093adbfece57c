import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { caseTransfer, grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { ledgerMonthsOf } from "#shared/domain/month-ends.ts";
import { disbursementExport } from "#shared/exports/disbursement-export.ts";
import { addDays, instantOfMs, localDate, localDateOf } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";

const fund = { id: "union-2026" as FundId, name: { zh: "工会经费", en: "Union dues" } };
const startMs = Date.parse("2026-06-28T00:00:00Z");

const transferAt = (
  index: number,
  offsetMs: number,
  amountFen: number,
  kind: "post" | "reserve",
): Transfer =>
  caseTransfer(`SN${String(index).padStart(10, "0")}` as ApplicationId, 1, {
    kind,
    fundId: fund.id,
    amountFen: fen(amountFen),
    at: instantOfMs(startMs + offsetMs),
  });

const textOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of bytes) all.push(chunk);
  return Buffer.concat(all).toString("utf8");
};

test("the rows of any period add up to the fen to what the ledger says was paid in it", async () => {
  const movement = fc.record({
    offsetMs: fc.integer({ min: 0, max: 10 * 86_400_000 }),
    amountFen: fc.integer({ min: 1, max: 5_000_000 }),
    kind: fc.constantFrom("post" as const, "reserve" as const),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(movement, { maxLength: 30 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 9 }),
      async (movements, first, days) => {
        const transfers = movements.map(({ offsetMs, amountFen, kind }, index) =>
          transferAt(index, offsetMs, amountFen, kind),
        );
        const from = addDays(localDate("2026-06-28"), first);
        const to = addDays(from, days);
        const expected = transfers
          .filter(
            ({ kind, at }) => kind === "post" && localDateOf(at) >= from && localDateOf(at) <= to,
          )
          .reduce((sum, { amountFen }) => sum + amountFen, 0);

        const { bytes, totals } = disbursementExport(fund, { from, to }, transfers);
        const rows = parse<Record<string, string>>(await textOf(bytes), {
          bom: true,
          columns: true,
        });
        const sum = rows.reduce((all, { 金额 }) => all + Math.round(Number(金额) * 100), 0);

        expect(sum).toBe(expected);
        expect(totals()).toEqual({ count: rows.length, sumFen: expected });
      },
    ),
    { numRuns: 200 },
  );
});

test("a payment just before midnight in China belongs to that day, and to the ledger's month before", async () => {
  // 30 June, 23:59 in China, is still June in UTC; 1 July, 00:01, is June in UTC too.
  const late = {
    ...transferAt(1, 0, 100, "post"),
    at: instantOfMs(Date.parse("2026-06-30T15:59:00Z")),
  };
  const early = {
    ...transferAt(2, 0, 200, "post"),
    at: instantOfMs(Date.parse("2026-06-30T16:01:00Z")),
  };
  const period = { from: localDate("2026-07-01"), to: localDate("2026-07-31") };

  const { bytes, totals } = disbursementExport(fund, period, [late, early]);

  expect(await textOf(bytes)).toContain("2026-07-01");
  expect(totals()).toEqual({ count: 1, sumFen: 200 });
  expect(ledgerMonthsOf(period)).toEqual({ from: "2026-06", to: "2026-07" });
});

test("money coming in is no disbursement", async () => {
  const grant = grantTransfer("2026-001", {
    fundId: fund.id,
    amountFen: fen(9),
    at: instantOfMs(startMs),
  });
  const { bytes, totals } = disbursementExport(
    fund,
    { from: localDate("2026-06-01"), to: localDate("2026-07-01") },
    [grant],
  );

  expect(await textOf(bytes)).not.toContain("grant");
  expect(totals().count).toBe(0);
});
