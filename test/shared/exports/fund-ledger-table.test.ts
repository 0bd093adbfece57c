import { expect, test } from "vitest";
import { caseTransfer, grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { ledgerColumns, ledgerLines } from "#shared/exports/fund-ledger-table.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";

const fundId = "union" as FundId;
const id = "SN0000000001" as ApplicationId;

const collected = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

async function* stream(transfers: readonly Transfer[]): AsyncGenerator<Transfer> {
  yield* transfers;
}

const granted = grantTransfer("V-1", {
  fundId,
  amountFen: fen(1_000),
  at: instant("2026-06-30T15:59:00.000Z"),
});

test("what came before the period is its opening; each later line has the balances after it", async () => {
  const moves = [
    granted,
    // 1 July in China, 30 June in UTC.
    caseTransfer(id, 1, {
      kind: "reserve",
      fundId,
      amountFen: fen(300),
      at: instant("2026-06-30T16:01:00.000Z"),
    }),
    caseTransfer(id, 1, {
      kind: "post",
      fundId,
      amountFen: fen(300),
      at: instant("2026-07-02T01:00:00.000Z"),
    }),
  ];
  const lines = await collected(ledgerLines(stream(moves), localDate("2026-07-01")));
  expect(
    lines.map(({ what, after }) => [what, after.availableFen, after.reservedFen, after.paidFen]),
  ).toEqual([
    ["期初余额", 1_000, 0, 0],
    ["预留", 700, 300, 0],
    ["发放", 700, 0, 300],
  ]);
  const [day, time] = ledgerColumns;
  expect(lines[1] && day?.value(lines[1], 0)).toBe("2026-07-01");
  expect(lines[1] && time?.value(lines[1], 0)).toBe("00:01:00");
});

test("a period in which nothing moved still says what the fund holds", async () => {
  const lines = await collected(ledgerLines(stream([granted]), localDate("2026-08-01")));
  expect(lines.map(({ what, after }) => [what, after.grantedFen])).toEqual([["期初余额", 1_000]]);
});
