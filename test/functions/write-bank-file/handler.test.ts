import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/write-bank-file/handler.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import {
  cardOf,
  createBatch,
  loadBatch,
  openFund,
  readBankFile,
  reserveCase,
  sendBatch,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("batch, items, file and fund say the same sum; accounts are whole and no name is bent", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "written", 100_000);
  await reserveCase(uses, fundId, { bankCardNumber: cardOf(77) });
  await reserveCase(uses, fundId, { bankName: '工商"银行,支行' });
  const hostile = await reserveCase(uses, fundId, { applicantName: "=HYPERLINK(1)" });
  const batch = await sendBatch(uses, fundId);

  const rows = await readBankFile(uses, batch);
  const sumFen = rows.reduce((sum, row) => sum + (parseYuan(row["金额"] ?? "") ?? NaN), 0);
  expect(batch).toMatchObject({ status: "sent", count: rows.length, sumFen });
  expect(await uses.funds.get(fundId)).toMatchObject({
    reservedFen: sumFen + hostile.amountFen,
    paidFen: 0,
  });
  expect(rows.map((row) => row["收款账号"])).toContain(cardOf(77));
  expect(rows.map((row) => row["开户行"])).toContain('工商"银行,支行');
  // No bank has such a name: changed it would be refused, so that it isn't sent but shown to a person.
  expect(rows).toHaveLength(2);
  expect(await uses.batches.remarks(batch.id)).toEqual([
    { applicationId: hostile.id, code: "bank_text" },
  ]);
});

test("written again it has the same bytes and the same hash, and the hash is the file's", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "again", 100_000);
  for (let number = 0; number < 5; number += 1) await reserveCase(uses, fundId);
  const batch = await sendBatch(uses, fundId);
  const bytes = await uses.files.read(batch.fileKey ?? "", 1_000_000);

  // A crash after the file and before the batch: the batch is still only authorised.
  const cutOff = await loadBatch(uses, batch.id);
  const { status: _status, ...rest } = cutOff;
  await uses.batches.update(cutOff, {
    ...rest,
    status: "authorised",
    fileKey: null,
    fileSha256: null,
    version: cutOff.version + 1,
  });
  expect(await createHandler(uses)({ batchId: batch.id })).toEqual({ outcome: "written" });

  const again = await loadBatch(uses, batch.id);
  expect(await uses.files.read(again.fileKey ?? "", 1_000_000)).toEqual(bytes);
  expect(again.fileSha256).toBe(batch.fileSha256);
  expect(
    createHash("sha256")
      .update(bytes ?? "")
      .digest("hex"),
  ).toBe(batch.fileSha256);
  expect(await createHandler(uses)({ batchId: batch.id })).toEqual({ outcome: "written" });
  expect((await loadBatch(uses, batch.id)).version).toBe(again.version);
});

test("a batch that nobody authorised gets no bank file", async () => {
  const { uses } = world;
  const { id } = await createBatch(uses, await openFund(uses, "never", 1));

  await expect(createHandler(uses)({ batchId: id })).rejects.toThrow();
  expect(await uses.files.list(`batches/${id}/`)).toEqual([]);
});
