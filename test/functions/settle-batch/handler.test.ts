import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/settle-batch/handler.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { applyMendedCard } from "#test/support/mended-card.ts";
import {
  answerAll,
  cardOf,
  faultOf,
  giveReturn,
  loadBatch,
  loadCase,
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  settle,
  startDisbursementWorld,
  type BankRow,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

let funds = 0;

/** A batch of so many payments of 5,000.00 that waits for its return. */
const aSentBatch = async (size: number): Promise<{ batch: Batch; rows: readonly BankRow[] }> => {
  const { uses } = world;
  const fundId = await openFund(uses, `settled-${(funds += 1)}`, 1_000_000);
  for (let number = 0; number < size; number += 1) await reserveCase(uses, fundId);
  const batch = await sendBatch(uses, fundId);
  return { batch, rows: await readBankFile(uses, batch) };
};

const statusesOf = async (batch: Batch): Promise<readonly string[]> =>
  (await world.uses.batches.items(batch.id)).map(({ status }) => status);

const codesOf = async (batch: Batch): Promise<readonly string[]> =>
  (await world.uses.batches.exceptions(batch.id)).map(({ code }) => code);

const balancesOf = async (batch: Batch) => {
  const fund = await world.uses.funds.get(batch.fundId);
  return { reserved: fund?.reservedFen, paid: fund?.paidFen };
};

test("paid settles, failed waits for the card, and the closed batch says what the ledger says", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(3);

  const { outcome } = await settle(uses, batch, [
    returnLine(rows[0]!),
    returnLine(rows[1]!, "失败", "户名与账号不符"),
    returnLine(rows[2]!),
  ]);

  expect(outcome).toBe("closed");
  expect(await statusesOf(batch)).toEqual(["paid", "failed", "paid"]);
  expect(await balancesOf(batch)).toEqual({ reserved: 500_000, paid: 1_000_000 });
  expect(await faultOf(uses, batch.fundId)).toBeNull();
  expect(await loadBatch(uses, batch.id)).toMatchObject({ status: "closed", exceptions: 0 });
});

test("read twice, in halves, or in any order, a return pays everybody once", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(30);
  const lines = rows.map((row) => returnLine(row));

  const first = await settle(uses, batch, lines.slice(20).toReversed());
  expect(first.outcome).toBe("open");
  expect(await balancesOf(batch)).toEqual({ reserved: 20 * 500_000, paid: 10 * 500_000 });
  await createHandler(uses)({ batchId: batch.id, returnKey: first.returnKey });
  expect(await codesOf(batch)).toEqual([]);

  const second = await settle(uses, batch, lines);
  expect(second.outcome).toBe("open");
  expect((await answerAll(uses, batch)).status).toBe("closed");
  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 30 * 500_000 });
  expect(await codesOf(batch)).toEqual(Array.from({ length: 10 }, () => "already_settled"));

  const closed = await loadBatch(uses, batch.id);
  expect(await createHandler(uses)({ batchId: batch.id, returnKey: second.returnKey })).toEqual({
    outcome: "closed",
  });
  expect(await loadBatch(uses, batch.id)).toEqual(closed);
  expect(await faultOf(uses, batch.fundId)).toBeNull();
});

test("two runs of the same settlement at the same time pay everybody once", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(30);
  const returnKey = await giveReturn(
    uses,
    batch,
    rows.map((row) => returnLine(row)),
  );
  const handler = createHandler(uses);

  await Promise.all([1, 2, 3].map(() => handler({ batchId: batch.id, returnKey })));

  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 30 * 500_000 });
  expect(await faultOf(uses, batch.fundId)).toBeNull();
  expect(await codesOf(batch)).toEqual([]);
  expect(await loadBatch(uses, batch.id)).toMatchObject({ status: "closed", returnsRead: 1 });
});

test("cut off after any of its writes, a settlement goes on and pays everybody once", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(30);
  const lines = rows.map((row, index) =>
    index % 5 === 0 ? returnLine(row, "失败", "账户状态异常") : returnLine(row),
  );
  const returnKey = await giveReturn(uses, batch, lines);
  const died: string[] = [];
  for (const method of ["settle", "putExceptions", "update", "markMailed"] as const) {
    const dying = {
      ...uses,
      batches: {
        ...uses.batches,
        [method]: async (...given: never[]) => {
          // The write happens, and its writer doesn't live to hear of it.
          await (uses.batches[method] as (...all: never[]) => Promise<unknown>)(...given);
          died.push(method);
          throw new Error("killed");
        },
      },
    };
    await createHandler(dying)({ batchId: batch.id, returnKey }).catch(() => null);
  }
  await createHandler(uses)({ batchId: batch.id, returnKey });

  expect(died).toEqual(expect.arrayContaining(["settle", "putExceptions", "update"]));
  expect(await balancesOf(batch)).toEqual({ reserved: 6 * 500_000, paid: 24 * 500_000 });
  expect(await faultOf(uses, batch.fundId)).toBeNull();
  expect(await codesOf(batch)).toEqual([]);
  expect((await loadBatch(uses, batch.id)).status).toBe("closed");
});

test("unknown, doubled, mismatched, reversed and unreadable lines move nothing and are listed", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(6);
  const before = await balancesOf(batch);
  const with_ = (row: BankRow, changes: BankRow): BankRow => ({ ...row, ...changes });

  const { outcome } = await settle(uses, batch, [
    returnLine(with_(rows[0]!, { 业务参考号: "SN9999999999-1" })),
    returnLine(with_(rows[0]!, { 金额: "5000.01" })),
    returnLine(with_(rows[1]!, { 金额: "-5000.00" })),
    returnLine(with_(rows[2]!, { 收款账号: cardOf(999_999) })),
    returnLine(rows[3]!),
    returnLine(rows[3]!, "失败", "账号不存在"),
    returnLine(rows[4]!, "不知道"),
    returnLine(rows[5]!, "处理中"),
  ]);

  expect(outcome).toBe("open");
  expect(await balancesOf(batch)).toEqual(before);
  expect(await statusesOf(batch)).toEqual(Array.from({ length: 6 }, () => "ready"));
  expect(await codesOf(batch)).toEqual([
    "unknown_reference",
    "amount_mismatch",
    "amount_mismatch",
    "account_mismatch",
    "duplicate_line",
    "duplicate_line",
    "unreadable",
  ]);
  expect(await loadBatch(uses, batch.id)).toMatchObject({ status: "sent", exceptions: 7 });

  // A right return afterwards settles all of them.
  await settle(
    uses,
    batch,
    rows.map((row) => returnLine(row)),
  );
  expect((await loadBatch(uses, batch.id)).status).toBe("sent");
  expect((await answerAll(uses, batch)).status).toBe("closed");
  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 6 * 500_000 });
});

test("a return in GBK is read; one that is no table moves nothing, and the batch waits on", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(2);
  const handler = createHandler(uses);

  const utf16 = await giveReturn(
    uses,
    batch,
    rows.map((row) => returnLine(row)),
    (text) => iconv.encode(text, "utf16le", { addBOM: true }),
  );
  expect(await handler({ batchId: batch.id, returnKey: utf16 })).toEqual({ outcome: "open" });
  expect(await uses.batches.exceptions(batch.id)).toEqual([
    { line: 0, code: "unreadable", reference: "", returnKey: utf16, answer: null },
  ]);

  const gbk = await giveReturn(
    uses,
    batch,
    rows.map((row) => returnLine(row)),
    (text) => iconv.encode(text, "gbk"),
  );
  expect(await handler({ batchId: batch.id, returnKey: gbk })).toEqual({ outcome: "open" });
  expect((await answerAll(uses, batch)).status).toBe("closed");
  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 1_000_000 });
});

test("a failed payment is mended, paid in a new batch under the same approval, and only once", async () => {
  const { uses } = world;
  const { batch, rows } = await aSentBatch(1);
  const reference = rows[0]!["业务参考号"] ?? "";
  const [item] = await uses.batches.items(batch.id);
  const id = item!.applicationId;
  await settle(uses, batch, [returnLine(rows[0]!, "失败", "账号不存在")]);
  expect(await loadCase(uses, id)).toMatchObject({ status: "payment_failed", attempt: 2 });
  expect(await balancesOf(batch)).toEqual({ reserved: 500_000, paid: 0 });

  await applyMendedCard(uses, await loadCase(uses, id), cardOf(4_242));
  const second = await sendBatch(uses, batch.fundId);
  const [row] = await readBankFile(uses, second);
  expect(row).toMatchObject({ 收款账号: cardOf(4_242), 业务参考号: reference.replace(/1$/u, "2") });
  await settle(uses, second, [returnLine(row!)]);

  expect(await loadCase(uses, id)).toMatchObject({ status: "paid", batchId: second.id });
  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 500_000 });

  // The bank now says that the first attempt went through as well: one payment, and an alarm to a person.
  const late = await settle(uses, batch, [returnLine(rows[0]!)]);
  expect(late.outcome).toBe("closed");
  expect(await codesOf(batch)).toEqual(["contradicts_settlement"]);
  expect(await balancesOf(batch)).toEqual({ reserved: 0, paid: 500_000 });
  expect(await faultOf(uses, batch.fundId)).toBeNull();
});

test("a fault of the payer goes back among the payable ones at once, and nobody is mailed", async () => {
  const { uses, mails } = world;
  const { batch, rows } = await aSentBatch(2);
  const mailed = mails.length;

  await settle(
    uses,
    batch,
    rows.map((row) => returnLine(row, "失败", "付款户余额不足")),
  );
  expect(mails).toHaveLength(mailed);
  expect(await balancesOf(batch)).toEqual({ reserved: 1_000_000, paid: 0 });
  const again = await sendBatch(uses, batch.fundId);
  expect(again).toMatchObject({ count: 2, sumFen: 1_000_000 });
});
