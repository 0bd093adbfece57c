import { expect, test } from "vitest";
import {
  caseTransfer,
  grantTransfer,
  orderTransfer,
  refundTransfer,
  type Transfer,
} from "#shared/domain/ledger.ts";
import {
  defaultAccounts,
  journalColumns,
  journalLines,
  type BookedTransfer,
  type JournalLine,
} from "#shared/exports/journal.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";

const at = instant("2026-07-20T01:00:00.000Z");
const fundId = "union" as FundId;
const id = "SN0000000001" as ApplicationId;

const transfers: readonly Transfer[] = [
  grantTransfer("V-1", { fundId, amountFen: fen(100_000), at }),
  orderTransfer("O1-1", "下拨1号", { kind: "allot_in", fundId, amountFen: fen(50), at }),
  caseTransfer(id, 1, { kind: "reserve", fundId, amountFen: fen(700), at }),
  caseTransfer(id, 1, { kind: "post", fundId, amountFen: fen(700), at }),
  refundTransfer(id, 1, "退-1", { fundId, amountFen: fen(300), at }),
  caseTransfer(id, 2, { kind: "release", fundId, amountFen: fen(1), at }),
  orderTransfer("O1-2", "上缴1号", { kind: "give_back", fundId, amountFen: fen(20), at }),
  orderTransfer("O1-3", "下拨2号", { kind: "allot_out", fundId, amountFen: fen(50), at }),
];

const collected = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

async function* booked(): AsyncGenerator<BookedTransfer> {
  for (const transfer of transfers) yield { transfer, fund: { code: "UNION", name: "工会经费" } };
}

const lines = async (): Promise<readonly JournalLine[]> => collected(journalLines(booked()));

test("each movement of cash is a voucher whose debit is its credit; setting money aside is none", async () => {
  const all = await lines();
  expect(all).toHaveLength(12);
  for (let number = 1; number <= 6; number += 1) {
    const [debit, credit, more] = all.filter((line) => line.number === number);
    expect(more).toBeUndefined();
    expect([debit?.side, credit?.side]).toEqual(["debit", "credit"]);
    expect(debit?.amountFen).toBe(credit?.amountFen);
    expect(debit?.account).not.toEqual(credit?.account);
  }
});

test("by account: aid is what was paid less what came back, and the bank holds the rest", async () => {
  const balance = async (code: string): Promise<number> =>
    (await lines())
      .filter(({ account }) => account.code === code)
      .reduce(
        (sum, { side, amountFen }) => (side === "debit" ? sum + amountFen : sum - amountFen),
        0,
      );
  const { bank, between, funds } = defaultAccounts;
  expect(await balance(funds.UNION.aid.code)).toBe(700 - 300);
  expect(await balance(bank.code)).toBe(100_000 + 50 - 700 + 300 - 20 - 50);
  expect(await balance(between.code)).toBe(0);
});

test("a chart of one's own takes the defaults' place", async () => {
  const bank = { code: "1002", name: "银行存款—专户" };
  const own = await collected(journalLines(booked(), { ...defaultAccounts, bank }));
  expect(own[0]?.account).toEqual(bank);
});

test("a side that has no amount has an empty cell", async () => {
  const [debit] = await lines();
  const cells = journalColumns.map(({ value }) => (debit ? value(debit, 0) : null));
  expect(cells).toContain("");
  expect(cells).toContain(100_000);
});
