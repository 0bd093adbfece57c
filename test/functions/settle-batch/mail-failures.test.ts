import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/settle-batch/handler.ts";
import { fen } from "#shared/kernel/money.ts";
import {
  giveReturn,
  loadBatch,
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
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("an applicant with an address is told once where to mend the card, without personal data", async () => {
  const { uses, mails } = world;
  const fundId = await openFund(uses, "mailed", 100_000);
  const application = await reserveCase(uses, fundId, { email: "worker@example.org" }, fen(1_234));
  await reserveCase(uses, fundId);
  const batch = await sendBatch(uses, fundId);
  const rows = await readBankFile(uses, batch);
  const mailed = mails.length;

  const { returnKey } = await settle(
    uses,
    batch,
    rows.map((row) => returnLine(row, "失败", "账户状态异常")),
  );
  await createHandler(uses)({ batchId: batch.id, returnKey });

  expect(mails.slice(mailed)).toHaveLength(1);
  const [mail] = mails.slice(mailed);
  expect(mail?.to).toBe("worker@example.org");
  expect(mail?.text).toContain(application.id);
  for (const row of rows) {
    expect(`${mail?.text}${mail?.html}`).not.toContain(row["收款账号"]);
    expect(`${mail?.text}${mail?.html}`).not.toContain(row["户名"]);
  }
});

test("when mails can't be sent the money is in order all the same, and the next run mails", async () => {
  const { uses, mails } = world;
  const fundId = await openFund(uses, "unmailed", 100_000);
  await reserveCase(uses, fundId, { email: "worker@example.org" });
  const batch = await sendBatch(uses, fundId);
  const rows = await readBankFile(uses, batch);
  const returnKey = await giveReturn(uses, batch, [returnLine(rows[0]!, "失败", "账号不存在")]);
  const mailed = mails.length;
  const silent = {
    ...uses,
    mailer: {
      send: async () => {
        throw new Error("no carrier");
      },
    },
  };

  await expect(createHandler(silent)({ batchId: batch.id, returnKey })).rejects.toThrow("withheld");
  expect((await loadBatch(uses, batch.id)).status).toBe("closed");
  expect(await createHandler(uses)({ batchId: batch.id, returnKey })).toEqual({
    outcome: "closed",
  });
  expect(mails).toHaveLength(mailed + 1);
});
