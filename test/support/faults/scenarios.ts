/** The money paths, step by step. */
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { createHandler as settleBatch } from "#functions/settle-batch/handler.ts";
import { createHandler as writeBankFile } from "#functions/write-bank-file/handler.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { enterAcceptance } from "#shared/casework/accept-batch.ts";
import { passMendedCard } from "#shared/casework/check-card.ts";
import { authoriseOrder, proposeOrder } from "#shared/casework/fund-orders.ts";
import { agreeReturned, loadPayment, sayReturned } from "#shared/casework/late-return.ts";
import { mendCardDetails } from "#shared/casework/mend-card.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import {
  bookRepayment,
  loadRecovery,
  proposeToWriteOff,
  writeOff,
} from "#shared/casework/recover.ts";
import { signalBatch, signalOrStart, startBatch } from "#shared/casework/signal-batch.ts";
import { finishVoid } from "#shared/casework/void-batch.ts";
import type { Application } from "#shared/domain/application.ts";
import { moveBatch, newBatch, type Batch } from "#shared/domain/disbursement.ts";
import type { OrderKind, OrderLine } from "#shared/domain/fund-order.ts";
import { claimRecovery } from "#shared/domain/recovery.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, anApproval, approve, commonPolicy, deciding } from "#test/support/cases.ts";
import {
  cardOf,
  createBatch,
  giveReturn,
  loadBatch,
  loadCase,
  openFund,
  readBankFile,
  reserveCase,
  returnHeader,
  returnLine,
  sendBatch,
} from "#test/support/disbursement-world.ts";
import { checker, maker } from "#test/support/disbursement.ts";
import type { FaultUses, Scenario } from "./matrix.ts";

let numbers = 0;
const fresh = (): number => (numbers += 1);

const fundOf = (uses: FaultUses, amountYuan = 100_000): Promise<FundId> =>
  openFund(uses, `fund-${fresh()}`, amountYuan);

const reserved = async (uses: FaultUses, fundId: FundId, count: number) => {
  const cases: Application[] = [];
  for (let index = 0; index < count; index += 1) cases.push(await reserveCase(uses, fundId));
  return cases;
};

/** A batch that its execution waits for. */
const assembled = async (uses: FaultUses): Promise<Batch> => {
  const fundId = await fundOf(uses);
  await reserved(uses, fundId, 3);
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });
  await uses.batches.putWait(id, "authorisation", "token-authorisation");
  return loadBatch(uses, id);
};

const authorise = (uses: FaultUses, id: BatchId) =>
  changeBatch(uses, id, (before) =>
    before.checkerId === checker
      ? null
      : moveBatch(before, { type: "authorised", at: uses.clock.now(), by: checker }),
  );

const sent = async (uses: FaultUses, count = 3) => {
  const fundId = await fundOf(uses);
  const cases = await reserved(uses, fundId, count);
  const batch = await sendBatch(uses, fundId);
  await uses.batches.putWait(batch.id, "bank_return", "token-return");
  return { cases, batch, rows: await readBankFile(uses, batch) };
};

const accept = (uses: FaultUses, batch: Batch) =>
  enterAcceptance(
    uses,
    batch,
    { number: "ACC-1", count: batch.count, sumFen: batch.sumFen },
    maker,
  );

/** A case that the bank refused for its card. */
const refused = async (uses: FaultUses): Promise<Application> => {
  const { cases, batch, rows } = await sent(uses, 1);
  const [row] = rows;
  const [one] = cases;
  if (!row || !one) throw new Error("one payment was sent");
  const returnKey = await giveReturn(uses, batch, [returnLine(row, "失败", "账号不存在")]);
  await settleBatch(uses)({ batchId: batch.id, returnKey });
  return loadCase(uses, one.id);
};

const mendedTo = { bankName: "示例银行", bankCardNumber: cardOf(987_654) };

const paid = async (uses: FaultUses): Promise<Application> => {
  const { cases, batch, rows } = await sent(uses, 1);
  const [row] = rows;
  const [one] = cases;
  if (!row || !one) throw new Error("one payment was sent");
  await accept(uses, batch);
  const returnKey = await giveReturn(uses, batch, [returnLine(row)]);
  await settleBatch(uses)({ batchId: batch.id, returnKey });
  return loadCase(uses, one.id);
};

/** A case that was paid, and whose money is claimed back. */
const owing = async (uses: FaultUses): Promise<Application> => {
  const application = await paid(uses);
  const taken = claimRecovery(application, {
    cause: "lowered",
    paidFen: application.amountFen,
    standsFen: yuan(0),
    at: uses.clock.now(),
    actor: { kind: "system", task: "test" },
  });
  if (taken.kind === "refused") throw new Error(`claimed back in ${application.status}`);
  await uses.cases.commit({ step: taken.step });
  return loadCase(uses, application.id);
};

const decision: Scenario = {
  name: "last decision and reservation",
  prepare: async (uses) => {
    const fundId = await fundOf(uses);
    const { code } = (await uses.funds.get(fundId)) ?? { code: "UNION" as const };
    const application = { ...aCase(900 + fresh()), fundOrder: [code] };
    await putRow(uses.table, applicationRow(application));
    await uses.cases.putApproval(anApproval(application), null);
    return async (now) => {
      const found = await loadCase(now, application.id);
      const approval = await now.cases.approval(found.id, found.round, "district", 1);
      if (found.status !== "in_approval" || !approval) return;
      const context = deciding(found, {
        decision: approve,
        now: now.clock.now(),
        policy: commonPolicy,
        finalNotice: "none",
      });
      await recordDecision(now, context, approval);
    };
  },
};

const order = (
  name: string,
  kind: OrderKind,
  linesOf: (funds: readonly [FundId, FundId]) => readonly OrderLine[],
): Scenario => ({
  name,
  prepare: async (uses) => {
    const funds = [await fundOf(uses), await fundOf(uses)] as const;
    const id = `ZJ20260720-${fresh()}`;
    return async (now) => {
      const found = await now.fundOrders.get(id);
      if (!found) {
        const proposed = {
          kind,
          voucher: `PZ-${id}`,
          reason: "reason",
          lines: linesOf(funds),
          opens: [],
          formula: null,
        };
        await proposeOrder(now, proposed, { id, by: maker });
      }
      const waiting = await now.fundOrders.get(id);
      if (waiting?.status === "proposed") await authoriseOrder(now, waiting, checker);
    };
  },
});

const creation: Scenario = {
  name: "batch made",
  prepare: async (uses) => {
    const fundId = await fundOf(uses);
    const id = `B20260720-M${fresh()}` as BatchId;
    const batch = newBatch(id, { fundId, makerId: maker, at: uses.clock.now() });
    return async (now) => {
      if ((await now.batches.create(batch)) === "created") await startBatch(now, batch);
    };
  },
};

const assembling: Scenario = {
  name: "batch filled and fixed",
  prepare: async (uses) => {
    const fundId = await fundOf(uses);
    await reserved(uses, fundId, 3);
    const { id } = await createBatch(uses, fundId);
    return (now) => assembleBatch(now)({ batchId: id });
  },
};

const authorising: Scenario = {
  name: "batch authorised",
  prepare: async (uses) => {
    const { id } = await assembled(uses);
    return async (now) => signalBatch(now, (await authorise(now, id)).batch);
  },
};

const voiding: Scenario = {
  name: "batch voided",
  prepare: async (uses) => {
    const { id } = await assembled(uses);
    return async (now) => {
      const decided = await changeBatch(now, id, (before) =>
        before.status === "voiding" || before.status === "voided"
          ? null
          : moveBatch(
              before,
              { type: "void_decided", at: now.clock.now(), by: maker },
              { voidReason: "wrong" },
            ),
      );
      await signalBatch(now, await finishVoid(now, decided.batch));
    };
  },
};

const writing: Scenario = {
  name: "bank file written",
  prepare: async (uses) => {
    const { id } = await assembled(uses);
    await authorise(uses, id);
    return (now) => writeBankFile(now)({ batchId: id });
  },
};

const importing: Scenario = {
  name: "return taken in",
  prepare: async (uses) => {
    const { batch, rows } = await sent(uses);
    const bytes = new TextEncoder().encode(
      [returnHeader, ...rows.map((row) => returnLine(row))].join("\r\n"),
    );
    const returnKey = `batches/${batch.id}/returns/${fresh()}.csv`;
    return async (now) => {
      await now.files.write(returnKey, bytes, "text/csv");
      const given = await changeBatch(now, batch.id, (before) =>
        before.returnKeys.includes(returnKey)
          ? null
          : moveBatch(
              before,
              { type: "return_given", at: now.clock.now(), by: maker },
              { returnKeys: [...before.returnKeys, returnKey] },
            ),
      );
      await signalOrStart(now, given.batch);
    };
  },
};

const settling: Scenario = {
  name: "return settled",
  prepare: async (uses) => {
    const { batch, rows } = await sent(uses);
    const words = [
      ["成功", ""],
      ["失败", "账号不存在"],
      ["失败", "付款户余额不足"],
    ] as const;
    const lines = rows.map((row, index) => returnLine(row, ...(words[index] ?? words[0])));
    await accept(uses, batch);
    const returnKey = await giveReturn(uses, batch, [...lines, "SN0000000000-1,,,1.00,成功,"]);
    return (now) => settleBatch(now)({ batchId: batch.id, returnKey });
  },
};

const accepting: Scenario = {
  name: "receipt entered and batch closed",
  prepare: async (uses) => {
    const { id } = await assembled(uses);
    await authorise(uses, id);
    await writeBankFile(uses)({ batchId: id });
    const batch = await loadBatch(uses, id);
    const rows = await readBankFile(uses, batch);
    const lines = rows.map((row) => returnLine(row));
    const returnKey = await giveReturn(uses, batch, lines);
    await settleBatch(uses)({ batchId: id, returnKey });
    return (now) => accept(now, batch);
  },
};

const mending: Scenario = {
  name: "card mended",
  prepare: async (uses) => {
    const { id } = await refused(uses);
    return async (now) => mendCardDetails(now, await loadCase(now, id), mendedTo);
  },
};

const checking: Scenario = {
  name: "mended card checked",
  prepare: async (uses) => {
    const application = await refused(uses);
    const mended = await mendCardDetails(uses, application, mendedTo);
    if (mended.kind !== "mended") throw new Error(`not mended: ${mended.kind}`);
    const { id, version } = await loadCase(uses, application.id);
    return (now) => passMendedCard(now, { id, version }, checker);
  },
};

const repaying: Scenario = {
  name: "repayment booked",
  prepare: async (uses) => {
    const { id } = await owing(uses);
    return async (now) => {
      const recovery = await loadRecovery(now, await loadCase(now, id));
      if (recovery.account.backFen > 0) return;
      await bookRepayment(now, recovery, { amountFen: yuan(1_200), voucher: "HD-1", by: maker });
    };
  },
};

/** The money of a payment came back: one person says so, a second one agrees. */
const returning: Scenario = {
  name: "payment returned after a success",
  prepare: async (uses) => {
    const { id, batchId } = await paid(uses);
    const voucher = { voucher: "TP-1" };
    return async (now) => {
      const batch = await loadBatch(now, batchId ?? ("" as BatchId));
      const [item] = await now.batches.items(batch.id);
      const reference = item?.reference ?? id;
      const payment = await loadPayment(now, batch, reference);
      if (!payment) throw new Error("the batch has the payment");
      const said = { ...voucher, failureCode: "account_not_found", by: maker } as const;
      if (payment.item.lateReturn === null) await sayReturned(now, payment, said);
      const again = await loadPayment(now, batch, reference);
      if (again) await agreeReturned(now, again, voucher, checker);
    };
  },
};

const writingOff: Scenario = {
  name: "rest written off",
  prepare: async (uses) => {
    const { id } = await owing(uses);
    return async (now) => {
      const before = await loadRecovery(now, await loadCase(now, id));
      if (before.application.status !== "recovery_due") return;
      if (!before.account.proposal) {
        await proposeToWriteOff(now, before, { reason: "gone", by: maker });
      }
      await writeOff(now, await loadRecovery(now, await loadCase(now, id)), checker);
    };
  },
};

export const scenarios: readonly Scenario[] = [
  decision,
  order("money in", "income", ([to]) => [
    { fromFundId: null, toFundId: to, amountFen: yuan(5_000) },
  ]),
  order("money allotted", "allot", ([from, to]) => [
    { fromFundId: from, toFundId: to, amountFen: yuan(5_000) },
  ]),
  order("money returned", "return", ([from]) => [
    { fromFundId: from, toFundId: null, amountFen: yuan(5_000) },
  ]),
  order("year closed", "close", ([from, to]) => [
    { fromFundId: from, toFundId: null, amountFen: yuan(0) },
    { fromFundId: to, toFundId: from.length > 0 ? null : from, amountFen: yuan(0) },
  ]),
  creation,
  assembling,
  authorising,
  voiding,
  writing,
  importing,
  settling,
  accepting,
  mending,
  checking,
  returning,
  repaying,
  writingOff,
];
