/** A batch's file in the form of its paying account's bank, from assembling to settling. */
import iconv from "iconv-lite";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { createHandler as settleBatch } from "#functions/settle-batch/handler.ts";
import { createHandler as writeBankFile } from "#functions/write-bank-file/handler.ts";
import { readReturn } from "#functions/serve-desk/pages/batches/read-return.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { moveBatch, newBatch, type Batch } from "#shared/domain/disbursement.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { newBatchId, type FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aPayingAccount, rareNames } from "#test/support/bank.ts";
import { checker, maker, monday } from "#test/support/disbursement.ts";
import {
  acceptedBatch,
  cardOf,
  faultOf,
  loadBatch,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

/** A batch that is assembled, authorised and written for an account. */
const sendFrom = async (fundId: FundId, payingAccount: PayingAccount): Promise<Batch> => {
  const { uses } = world;
  const id = newBatchId("2026-07-20", uses.random(6));
  await uses.batches.create(newBatch(id, { fundId, makerId: maker, at: monday, payingAccount }));
  await assembleBatch(uses)({ batchId: id });
  await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "authorised", at: monday, by: checker }),
  );
  await writeBankFile(uses)({ batchId: id });
  return acceptedBatch(uses, id);
};

const fileOf = async ({ fileKey }: Batch): Promise<Buffer> =>
  Buffer.from((await world.uses.files.read(fileKey ?? "", 1_000_000)) ?? []);

/** Gives an answer as the desk does: read by the profile, kept in our words, settled. */
const settleWith = async (batch: Batch, text: string): Promise<string> => {
  const { uses } = world;
  const lines = await readReturn(uses, batch, iconv.encode(text, "gbk"));
  if (!lines) throw new Error("the answer can be read");
  const returnKey = `batches/${batch.id}/returns/${batch.returnKeys.length}.csv`;
  await uses.files.write(returnKey, lines, "text/csv");
  await changeBatch(uses, batch.id, (before) =>
    moveBatch(
      before,
      { type: "return_given", at: uses.clock.now(), by: maker },
      { returnKeys: [...before.returnKeys, returnKey] },
    ),
  );
  const { outcome } = await settleBatch(uses)({ batchId: batch.id, returnKey });
  return outcome;
};

test("CMB: a workbook without our reference, answered by account, name and amount; what fits two payments moves nothing", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "cmb", 100_000);
  const twin = { applicantName: "王双", bankCardNumber: cardOf(901) };
  const single = await reserveCase(
    uses,
    fundId,
    { applicantName: "阿依古丽·买买提", bankCardNumber: cardOf(900) },
    yuan(1_409.5),
  );
  await reserveCase(uses, fundId, twin, yuan(100));
  await reserveCase(uses, fundId, twin, yuan(100));
  const batch = await sendFrom(fundId, aPayingAccount({ profileId: "cmb" }));

  expect(batch.fileKey).toBe(`batches/${batch.id}/bank.xlsx`);
  const rows = await readSheet<string>(await fileOf(batch), { parseNumber: (digits) => digits });
  expect(rows.map((row) => row.slice(0, 3))).toEqual(
    expect.arrayContaining([
      ["账号", "户名", "金额"],
      [cardOf(900), "阿依古丽·买买提", "1409.50"],
      [cardOf(901), "王双", "100.00"],
    ]),
  );

  const answer = [
    "账号,户名,金额,交易状态,错误描述",
    `${cardOf(900)},阿依古丽·买买提,1409.50,代发成功,`,
    `${cardOf(901)},王双,100.00,代发成功,`,
    `${cardOf(901)},王双,100.00,代发失败,户口户名不符`,
    `${cardOf(902)},王五,1.00,代发成功,`,
  ].join("\r\n");
  expect(await settleWith(batch, answer)).toBe("open");

  const items = await uses.batches.items(batch.id);
  expect(items.find((item) => item.applicationId === single.id)?.status).toBe("paid");
  expect(items.filter(({ status }) => status === "ready")).toHaveLength(2);
  expect((await uses.batches.exceptions(batch.id)).map(({ line, code }) => [line, code])).toEqual([
    [3, "unknown_reference"],
    [4, "unknown_reference"],
    [5, "unknown_reference"],
  ]);
  expect(await uses.funds.get(fundId)).toMatchObject({ paidFen: yuan(1_409.5) });
  expect(await faultOf(uses, fundId)).toBeNull();
});

test("BOC: a name that GBK lacks stays out of the batch and is named to a person; the others are paid", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "boc", 100_000);
  const rare = await Promise.all(
    rareNames.map((applicantName) => reserveCase(uses, fundId, { applicantName })),
  );
  await reserveCase(uses, fundId, { applicantName: "喆煊", bankCardNumber: cardOf(910) });
  const batch = await sendFrom(fundId, aPayingAccount({ profileId: "boc" }));

  expect(batch).toMatchObject({ count: 1, fileKey: `batches/${batch.id}/bank.txt` });
  const remarks = await uses.batches.remarks(batch.id);
  expect(new Set(remarks.map(({ applicationId }) => applicationId))).toEqual(
    new Set(rare.map(({ id }) => id)),
  );
  expect(remarks.every(({ code }) => code === "bank_text")).toBe(true);

  const text = iconv.decode(await fileOf(batch), "gbk");
  expect(text).not.toContain("?");
  const [, lineNumber, , , , account, name, amount, , reference] = text.trim().split("|");
  expect([lineNumber, account, name]).toEqual(["41995", cardOf(910), "喆煊"]);
  const answer = [
    "业务参考号|收款账号|金额|状态|失败原因",
    `${reference}|${account}|${amount}|交易成功|`,
  ].join("\r\n");
  expect(await settleWith(batch, answer)).toBe("closed");
});

test("ISO 20022: an order written again after a crash is the same to the byte", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "same", 100_000);
  for (let number = 0; number < 3; number += 1) await reserveCase(uses, fundId);
  const account = aPayingAccount({ profileId: "pain001" });
  const batch = await sendFrom(fundId, account);
  const first = await fileOf(batch);

  expect(batch.fileKey).toBe(`batches/${batch.id}/bank.xml`);
  expect(first.toString()).toContain(`<MsgId>${batch.id}</MsgId>`);
  expect(first.toString()).toContain("<CtrlSum>15000.00</CtrlSum>");
  // A crash after the file and before the batch: written again it is the same to the byte.
  const { status: _status, ...rest } = batch;
  await uses.batches.update(batch, {
    ...rest,
    status: "authorised",
    fileKey: null,
    fileSha256: null,
    version: batch.version + 1,
  });
  await writeBankFile(uses)({ batchId: batch.id });
  expect(await fileOf(await loadBatch(uses, batch.id))).toEqual(first);
  expect((await loadBatch(uses, batch.id)).fileSha256).toBe(batch.fileSha256);
});
