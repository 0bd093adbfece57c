/** Steps of people on batches over the real store, each twice, late, and by the wrong person. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerExceptions, enterAcceptance } from "#shared/casework/accept-batch.ts";
import {
  cardsToCheck,
  loadCardChange,
  passMendedCard,
  sendBackMendedCard,
} from "#shared/casework/check-card.ts";
import { closeIfExplained } from "#shared/casework/close-batch.ts";
import { holdsSomething } from "#shared/casework/held-payments.ts";
import {
  agreeReturned,
  loadPayment,
  sayReturned,
  unsayReturned,
} from "#shared/casework/late-return.ts";
import { assertLocked, lockBatch } from "#shared/casework/lock-batch.ts";
import { mendCardDetails } from "#shared/casework/mend-card.ts";
import { confirmRefused, sayRefused, unsayRefused } from "#shared/casework/refuse-batch.ts";
import { fen } from "#shared/kernel/money.ts";
import { checker, maker } from "#test/support/disbursement.ts";
import {
  cardOf,
  faultOf,
  loadBatch,
  loadCase,
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

let funds = 0;
const sentBatchOf = async (size: number) => {
  const { uses } = world;
  const fundId = await openFund(uses, `steps-${(funds += 1)}`, 1_000_000);
  const cases = [];
  for (let number = 0; number < size; number += 1) cases.push(await reserveCase(uses, fundId));
  const batch = await sendBatch(uses, fundId);
  return { fundId, cases, batch, rows: await readBankFile(uses, batch) };
};

test("the lock holds of the payments that were assembled, and of no others", async () => {
  const { uses } = world;
  const { batch } = await sentBatchOf(2);
  const items = await uses.batches.items(batch.id);
  expect(batch.itemsSha256).toMatch(/^[0-9a-f]{64}$/u);
  expect(items.every(({ payeeHash }) => payeeHash.length > 20)).toBe(true);
  expect(() => assertLocked(uses.vault, batch, items)).not.toThrow();
  const changed = items.map((item, index) => (index === 0 ? { ...item, payeeHash: "x" } : item));
  expect(() => assertLocked(uses.vault, batch, changed)).toThrow();
  expect(await lockBatch(uses, batch.id)).toEqual(batch);
});

test("a receipt entered twice is one; a line answered twice keeps its first answer", async () => {
  const { uses } = world;
  const { batch, rows } = await sentBatchOf(1);
  const receipt = { number: "N-1", count: 1, sumFen: fen(500_000) };
  await enterAcceptance(uses, batch, receipt, maker);
  const once = await loadBatch(uses, batch.id);
  await enterAcceptance(uses, batch, receipt, checker);
  expect(await loadBatch(uses, batch.id)).toEqual(once);

  await settle(uses, batch, [returnLine({ ...rows[0]!, 金额: "1.00" })]);
  const { outcome } = await settle(uses, batch, [returnLine(rows[0]!)]);
  expect(outcome).toBe("open");
  expect((await closeIfExplained(uses, batch.id)).status).toBe("sent");
  const lines = await uses.batches.exceptions(batch.id);
  await answerExceptions(uses, batch, lines, { by: maker, words: "first" });
  await answerExceptions(uses, batch, lines, { by: checker, words: "second" });
  const [listed] = await uses.batches.exceptions(batch.id);
  expect(listed?.answer).toMatchObject({ by: maker, words: "first" });
  expect(await loadBatch(uses, batch.id)).toMatchObject({
    status: "closed",
    exceptions: 1,
    exceptionsAnswered: 1,
  });
  // The same file read again keeps the answer, too.
  await uses.batches.putExceptions(batch.id, listed!.returnKey, [listed!]);
  expect((await uses.batches.exceptions(batch.id))[0]?.answer?.words).toBe("first");
});

test("a file is not refused as a whole once the bank has said something of one payment", async () => {
  const { uses } = world;
  const { batch, rows } = await sentBatchOf(2);
  const said = { paperKey: "k", reason: "格式错误", by: maker };
  expect(await sayRefused(uses, batch, said)).toBe("done");
  expect(await confirmRefused(uses, await loadBatch(uses, batch.id), maker)).toBe("own_proposal");
  expect(await unsayRefused(uses, batch, maker)).toBe("done");
  expect(await sayRefused(uses, await loadBatch(uses, batch.id), said)).toBe("done");
  const shown = await loadBatch(uses, batch.id);
  await settle(uses, batch, [returnLine(rows[0]!)]);
  expect(await confirmRefused(uses, shown, checker)).toBe("moved");
  expect(await confirmRefused(uses, await loadBatch(uses, batch.id), checker)).toBe("moved");
  expect((await loadBatch(uses, batch.id)).status).toBe("sent");
});

test("money that came back moves by two people's word only, and once", async () => {
  const { uses } = world;
  const { batch, fundId, cases, rows } = await sentBatchOf(1);
  await settle(uses, batch, [returnLine(rows[0]!)]);
  const { id } = cases[0]!;
  const payment = async () => (await loadPayment(uses, batch, `${id}-1`))!;
  const said = { voucher: "V-9", failureCode: "account_status", by: maker } as const;
  expect(await sayReturned(uses, await payment(), said)).toBe("done");
  expect(await unsayReturned(uses, await payment())).toBe("done");
  expect(await agreeReturned(uses, await payment(), said, checker)).toBe("moved");
  expect(await sayReturned(uses, await payment(), said)).toBe("done");
  expect(await agreeReturned(uses, await payment(), said, maker)).toBe("own_proposal");
  const shown = await payment();
  const agreed = await Promise.all([1, 2, 3].map(() => agreeReturned(uses, shown, said, checker)));
  expect(agreed.every((one) => one === "done" || one === "moved")).toBe(true);
  expect(await loadCase(uses, id)).toMatchObject({
    status: "payment_failed",
    cycle: 2,
    attempt: 2,
  });
  expect(await uses.funds.get(fundId)).toMatchObject({ reservedFen: 500_000, paidFen: 0 });
  expect(await faultOf(uses, fundId)).toBeNull();
  expect(await sayReturned(uses, await payment(), { ...said, voucher: "V-10" })).toBe("moved");
});

test("a mended card is passed as it was shown, or sent back; another holder is no mending", async () => {
  const { uses } = world;
  const { batch, rows, cases } = await sentBatchOf(1);
  await settle(uses, batch, [returnLine(rows[0]!, "失败", "账号不存在")]);
  const { id } = cases[0]!;
  const failed = await loadCase(uses, id);
  const typed = { bankName: "示例银行", bankCardNumber: cardOf(31_337) };
  expect((await mendCardDetails(uses, failed, typed)).kind).toBe("mended");
  expect((await mendCardDetails(uses, await loadCase(uses, id), typed)).kind).toBe("not_asked");
  expect((await cardsToCheck(uses, 100)).map(({ applicationId }) => applicationId)).toContain(id);
  const change = (await loadCardChange(uses, id))!;
  expect(change.before.cardNumber).not.toBe(change.after.cardNumber);
  const shown = { id, version: change.application.version };
  const back = await sendBackMendedCard(uses, shown, { by: maker, words: "开户行写全称" });
  expect(back).toBe("done");
  expect(await passMendedCard(uses, shown, maker)).toBe("moved");
  const again = await loadCase(uses, id);
  await mendCardDetails(uses, again, { ...typed, bankName: "示例银行城西支行" });
  const last = { id, version: (await loadCase(uses, id)).version };
  const passed = await Promise.all([1, 2].map(() => passMendedCard(uses, last, maker)));
  expect(passed.toSorted()).toEqual(["done", "moved"]);
  expect((await loadCase(uses, id)).status).toBe("reserved");
});

test("a hold is asked for when a batch is authorised, and released by another person only", async () => {
  const { uses } = world;
  const { batch, cases } = await sentBatchOf(1);
  expect(await holdsSomething(uses, batch)).toBe(false);
  const subject = { kind: "case", applicationId: cases[0]!.id } as const;
  const hold = { id: "hold-1", subject, by: maker, at: uses.clock.now(), reason: "核实" };
  const held = { ...hold, release: null };
  expect(await uses.oversight.putPaymentHold(held)).toBe(true);
  expect(await uses.oversight.putPaymentHold(held)).toBe(false);
  expect(await holdsSomething(uses, batch)).toBe(true);
  const release = { at: uses.clock.now(), words: "已核实" };
  expect(await uses.oversight.releasePaymentHold(held, { ...release, by: maker })).toBe(false);
  expect(await uses.oversight.releasePaymentHold(held, { ...release, by: checker })).toBe(true);
  expect(await uses.oversight.releasePaymentHold(held, { ...release, by: checker })).toBe(false);
  expect(await holdsSomething(uses, batch)).toBe(false);
});
