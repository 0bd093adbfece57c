/** Advances of the fast track through the bank: paid once, then the papers; the rest another payment, paid once too. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/settle-batch/handler.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { finishVoid } from "#shared/casework/void-batch.ts";
import { moveBatch } from "#shared/domain/disbursement.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { maker, monday } from "#test/support/disbursement.ts";
import {
  createBatch,
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
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

let funds = 0;
const ownFund = (): Promise<FundId> => openFund(world.uses, `advances-${(funds += 1)}`, 100_000);

/** An advance of 2,000 of 5,000 that is reserved, as the duty approver leaves it. */
const anAdvance = (fundId: FundId, changes: Partial<Application> = {}): Promise<Application> =>
  reserveCase(world.uses, fundId, { email: "worker@example.org" }, yuan(5_000), {
    programmeId: "emergency",
    fastTrack: "advance",
    advanceFen: yuan(2_000),
    tier: "district",
    decidedBy: { station: "ST00000001" as StaffId, district: "ST00000006" as StaffId },
    outcomeMailedAt: monday,
    ...changes,
  });

/** Its rest, reserved as the last decision on the whole award leaves it. */
const reserveRest = async (application: Application, fundId: FundId): Promise<Application> => {
  const { uses } = world;
  const before = await loadCase(uses, application.id);
  const after = {
    ...before,
    version: before.version + 1,
    status: "reserved",
    fundId,
    deadlineAt: null,
  } as const;
  const outcome = await uses.cases.commit({
    step: {
      before,
      after,
      event: {
        applicationId: before.id,
        version: after.version,
        type: "approved",
        from: before.status,
        to: "reserved",
        at: uses.clock.now(),
        actor: { kind: "system", task: "test" },
        detail: { amountFen: before.amountFen },
        confidential: null,
      },
    },
    transfer: caseTransfer(before.id, before.cycle, {
      kind: "reserve",
      fundId,
      amountFen: yuan(3_000),
      at: uses.clock.now(),
    }),
    accountLimits: {
      householdYearMaxFen: null,
      byFundMaxFen: {},
      programmeYearMaxFen: null,
      programmeYearCountMax: null,
      causeMaxFen: null,
    },
  });
  if (outcome !== "committed") throw new Error(`not reserved: ${outcome}`);
  return loadCase(uses, application.id);
};

const mailsTo = (application: Application): readonly string[] =>
  world.mails
    .filter(({ id }) => id.includes(application.id))
    .map(({ id }) => id.split(":")[0] ?? "");

const balanceOf = async (fundId: FundId) => {
  const fund = await world.uses.funds.get(fundId);
  return { reserved: fund?.reservedFen, paid: fund?.paidFen };
};

test("the bank file carries the advance only; once paid, the papers are asked for, and no execution waits", async () => {
  const { uses } = world;
  const fundId = await ownFund();
  const application = await anAdvance(fundId);
  const batch = await sendBatch(uses, fundId);
  const [row] = await readBankFile(uses, batch);
  expect(row?.["金额"]).toBe("2000.00");
  expect(batch.sumFen).toBe(yuan(2_000));

  const { returnKey } = await settle(uses, batch, [returnLine(row!)]);
  const paid = await loadCase(uses, application.id);
  expect(paid).toMatchObject({
    status: "needs_information",
    fastTrack: "follow_up",
    amountFen: yuan(5_000),
    advanceFen: yuan(2_000),
    cycle: 2,
    attempt: 2,
  });
  expect(await balanceOf(fundId)).toEqual({ reserved: 0, paid: 200_000 });
  expect(await faultOf(uses, fundId)).toBeNull();
  expect(mailsTo(application)).toEqual(["information"]);
  expect(await uses.cases.wait(application.id, "information")).toEqual({
    taskToken: "",
    caseVersion: paid.version,
  });

  await createHandler(uses)({ batchId: batch.id, returnKey });
  expect(mailsTo(application)).toEqual(["information"]);
  expect((await loadCase(uses, application.id)).version).toBe(paid.version);
});

test("advance and rest are two payments under two references; a late return of the first moves nothing", async () => {
  const { uses } = world;
  const fundId = await ownFund();
  const application = await anAdvance(fundId);
  const first = await sendBatch(uses, fundId);
  const [firstRow] = await readBankFile(uses, first);
  await settle(uses, first, [returnLine(firstRow!)]);
  await reserveRest(application, fundId);

  // The bank sends its answer on the advance once more, and then takes it back: a person has to look.
  await settle(uses, first, [returnLine(firstRow!)]);
  await settle(uses, first, [returnLine(firstRow!, "失败", "账号不存在")]);
  expect(await loadCase(uses, application.id)).toMatchObject({ status: "reserved", cycle: 2 });
  expect((await uses.batches.exceptions(first.id)).map(({ code }) => code).toSorted()).toEqual([
    "already_settled",
    "contradicts_settlement",
  ]);

  const second = await sendBatch(uses, fundId);
  const [secondRow] = await readBankFile(uses, second);
  expect(secondRow?.["金额"]).toBe("3000.00");
  expect(secondRow?.["业务参考号"]).not.toBe(firstRow?.["业务参考号"]);
  // The advance's line in the rest's return is nobody's in that batch.
  await settle(uses, second, [returnLine(firstRow!), returnLine(secondRow!)]);
  expect((await uses.batches.exceptions(second.id)).map(({ code }) => code)).toEqual([
    "unknown_reference",
  ]);
  expect(await loadCase(uses, application.id)).toMatchObject({
    status: "post_review",
    fastTrack: "follow_up",
  });
  expect(await balanceOf(fundId)).toEqual({ reserved: 0, paid: 500_000 });
  expect(await faultOf(uses, fundId)).toBeNull();
});

test("a voided batch gives the advance back to the payable ones, and it leaves once, in the next", async () => {
  const { uses } = world;
  const fundId = await ownFund();
  const application = await anAdvance(fundId);
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });
  await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "void_decided", at: monday, by: maker }, { voidReason: "重复归集" }),
  );
  await finishVoid(uses, await loadBatch(uses, id));
  expect(await loadCase(uses, application.id)).toMatchObject({
    status: "reserved",
    fastTrack: "advance",
  });

  const batch = await sendBatch(uses, fundId);
  const [row] = await readBankFile(uses, batch);
  await settle(uses, batch, [returnLine(row!)]);
  expect(await balanceOf(fundId)).toEqual({ reserved: 0, paid: 200_000 });
  expect(await faultOf(uses, fundId)).toBeNull();
});

test("an advance the bank refuses waits for the card like any payment, with its own amount kept", async () => {
  const { uses } = world;
  const fundId = await ownFund();
  const application = await anAdvance(fundId);
  const batch = await sendBatch(uses, fundId);
  const [row] = await readBankFile(uses, batch);
  await settle(uses, batch, [returnLine(row!, "失败", "账号不存在")]);
  expect(await loadCase(uses, application.id)).toMatchObject({
    status: "payment_failed",
    fastTrack: "advance",
    attempt: 2,
    cycle: 1,
  });
  expect(mailsTo(application)).toEqual(["card"]);
  expect(await balanceOf(fundId)).toEqual({ reserved: 200_000, paid: 0 });
});

test(
  "settled through every crash: paid once, the papers asked for in one mail, the same wait in the end",
  { timeout: 120_000 },
  async () => {
    let fundId = "" as FundId;
    let application: Application;
    let batchId = "";
    let returnKey = "";
    const { end, faults } = await surviveEveryCrash({
      begin: async () => {
        const { uses } = world;
        fundId = await ownFund();
        application = await anAdvance(fundId);
        const batch = await sendBatch(uses, fundId);
        const rows = await readBankFile(uses, batch);
        returnKey = await giveReturn(
          uses,
          batch,
          rows.map((row) => returnLine(row)),
        );
        batchId = batch.id;
        world.mails.length = 0;
        return uses;
      },
      run: (uses) => createHandler(uses)({ batchId, returnKey }),
      end: async () => {
        const { uses } = world;
        const stored = await loadCase(uses, application.id);
        const row = applicationRow(stored);
        return {
          case: { status: stored.status, fastTrack: stored.fastTrack, version: stored.version },
          cycle: row["cycle"],
          attempt: row["attempt"],
          balances: await balanceOf(fundId),
          fault: await faultOf(uses, fundId),
          wait: await uses.cases.wait(stored.id, "information"),
          // The same mail may go out again after a crash; another one may not.
          mails: [...new Set(world.mails.map(({ id }) => id.replace(stored.id, "case")))],
        };
      },
    });
    expect(faults).toContain("after batches.settle");
    expect(faults).toContain("after mailer.send");
    expect(end).toMatchObject({
      case: { status: "needs_information", fastTrack: "follow_up" },
      cycle: 2,
      balances: { reserved: 0, paid: 200_000 },
      fault: null,
    });
    expect(end.mails).toHaveLength(1);
  },
);

test("papers that came before the mail could go out: nobody is asked for what is there", async () => {
  const { uses } = world;
  const fundId = await ownFund();
  const application = await anAdvance(fundId);
  const batch = await sendBatch(uses, fundId);
  const [row] = await readBankFile(uses, batch);
  const returnKey = await giveReturn(uses, batch, [returnLine(row!)]);
  const silent = {
    ...uses,
    mailer: {
      send: async () => {
        throw new Error("no carrier");
      },
    },
  };
  await expect(createHandler(silent)({ batchId: batch.id, returnKey })).rejects.toThrow();
  const paid = await loadCase(uses, application.id);
  await putRow(uses.table, applicationRow({ ...paid, status: "submitted" }));
  await createHandler(uses)({ batchId: batch.id, returnKey });
  expect(mailsTo(application)).toEqual([]);
});
