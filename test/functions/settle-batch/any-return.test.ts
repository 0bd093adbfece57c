import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/settle-batch/handler.ts";
import { sumOfItems } from "#shared/domain/disbursement.ts";
import {
  answerAll,
  cardOf,
  faultOf,
  giveReturn,
  loadCase,
  openFund,
  readBankFile,
  reserveCase,
  returnLine,
  sendBatch,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const size = 4;
const runs = 12;

const anyLine = fc.record({
  payment: fc.nat({ max: size }),
  result: fc.constantFrom("成功", "成功", "失败", "处理中", "？"),
  reason: fc.constantFrom("", "账号不存在", "付款户余额不足"),
  wrong: fc.constantFrom("", "", "", "金额", "收款账号", "业务参考号"),
});
const wrongCells = { 金额: "5000.10", 收款账号: cardOf(123_456), 业务参考号: "SN0000000000-9" };

test("whatever a bank sends, in whatever pieces and however often it is read: paid once, and the books agree", async () => {
  const { uses } = world;
  const handler = createHandler(uses);
  let funds = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyLine, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 2 }),
      async (files, readings) => {
        const fundId = await openFund(uses, `any-${(funds += 1)}`, 100_000);
        for (let number = 0; number < size; number += 1) await reserveCase(uses, fundId);
        const batch = await sendBatch(uses, fundId);
        const rows = await readBankFile(uses, batch);
        for (const lines of files) {
          const returnKey = await giveReturn(
            uses,
            batch,
            lines.map(({ payment, result, reason, wrong }) => {
              const row = rows[payment] ?? rows[0] ?? {};
              const changes = wrong === "" ? {} : { [wrong]: wrongCells[wrong] };
              return returnLine({ ...row, ...changes }, result, reason);
            }),
          );
          for (let reading = 0; reading < readings; reading += 1) {
            await handler({ batchId: batch.id, returnKey });
          }
        }

        const items = await uses.batches.items(batch.id);
        const paid = items.filter(({ status }) => status === "paid");
        const fund = await uses.funds.get(fundId);
        expect(fund?.paidFen).toBe(sumOfItems(paid));
        expect(fund?.reservedFen).toBe(size * 500_000 - sumOfItems(paid));
        expect(await faultOf(uses, fundId)).toBeNull();
        for (const item of items) {
          const { status, attempt } = await loadCase(uses, item.applicationId);
          const expected = {
            ready: ["batched"],
            paid: ["paid"],
            voided: [] as string[],
            returned: [] as string[],
          };
          const failed = item.failureCode === "payer_balance" ? ["reserved"] : ["payment_failed"];
          expect(item.status === "failed" ? failed : expected[item.status]).toContain(status);
          expect(attempt).toBe(item.status === "failed" ? 2 : 1);
        }
        const open = items.some(({ status }) => status === "ready");
        const answered = await answerAll(uses, batch);
        expect(answered.status).toBe(open ? "sent" : "closed");
      },
    ),
    { numRuns: runs },
  );
}, 120_000);
