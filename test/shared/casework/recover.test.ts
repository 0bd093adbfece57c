/** Recovery over the real stores: money back once for each slip, never more than was paid, whatever crashes. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import {
  bookRepayment,
  loadRecovery,
  proposeToWriteOff,
  writeOff,
} from "#shared/casework/recover.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { claimRecovery } from "#shared/domain/recovery.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { fen, yuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { aCase } from "#test/support/cases.ts";
import {
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

const officer = "finance-1" as StaffId;
const authoriser = "finance-2" as StaffId;

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

type Uses = CaseworkWorld["uses"];

/** Books a transfer with a step that changes nothing but the version: how the money got there doesn't matter. */
const book = async (
  uses: Uses,
  application: Application,
  kind: "reserve" | "post",
  cycle: number,
  amountFen: Fen,
): Promise<Application> => {
  const fundId = "union" as FundId;
  const after = { ...application, version: application.version + 1 };
  const outcome = await uses.cases.commit({
    step: {
      before: application,
      after,
      event: {
        applicationId: application.id,
        version: after.version,
        type: "extended",
        from: application.status,
        to: application.status,
        at: uses.clock.now(),
        actor: { kind: "system", task: "test" },
        detail: {},
        confidential: null,
      },
    },
    transfer: caseTransfer(application.id, cycle, {
      kind,
      fundId,
      amountFen,
      at: uses.clock.now(),
    }),
  });
  if (outcome !== "committed") throw new Error(`${kind}: ${outcome}`);
  return caseOf(uses, application);
};

/** A case that was paid in these parts and whose money is claimed back, all of it. */
const owing = async (uses: Uses, number: number, parts: readonly Fen[]): Promise<Application> => {
  await grantTo(uses, "union", "UNION", 100_000);
  const start = aCase(number, {
    programmeId: "emergency",
    status: "needs_information",
    fastTrack: "follow_up",
    advanceFen: parts[0] ?? zeroFen,
    cycle: parts.length + 1,
  });
  let application = await storeCase(uses, start);
  await putRow(uses.table, applicationRow(application));
  for (const [index, amountFen] of parts.entries()) {
    application = await book(uses, application, "reserve", index + 1, amountFen);
    application = await book(uses, application, "post", index + 1, amountFen);
  }
  const paidFen = fen(parts.reduce((sum, part) => sum + part, 0));
  const taken = claimRecovery(application, {
    cause: "papers_missing",
    paidFen,
    standsFen: zeroFen,
    at: uses.clock.now(),
    actor: { kind: "system", task: "close-overdue" },
  });
  if (taken.kind === "refused") throw new Error("claimed");
  if ((await uses.cases.commit({ step: taken.step })) !== "committed") throw new Error("stored");
  return caseOf(uses, application);
};

const recoveryOf = async (uses: Uses, application: Application) =>
  loadRecovery(uses, await caseOf(uses, application));

const repay = async (uses: Uses, application: Application, amountYuan: number, voucher: string) =>
  bookRepayment(uses, await recoveryOf(uses, application), {
    amountFen: yuan(amountYuan),
    voucher,
    by: officer,
  });

test("paid back in two parts: the fund has it again, the case closes, and the applicant hears of it", async () => {
  const uses = await beginAnew(world);
  const application = await owing(uses, 1, [yuan(2_000)]);
  expect(await repay(uses, application, 1_200, "HD-1")).toBe("done");
  expect((await recoveryOf(uses, application)).account).toMatchObject({
    backFen: yuan(1_200),
    leftFen: yuan(800),
  });
  expect(world.mails).toEqual([]);

  expect(await repay(uses, application, 800, "HD-2")).toBe("done");
  expect((await caseOf(uses, application)).status).toBe("closed");
  expect(await uses.funds.get("union" as FundId)).toMatchObject({
    availableFen: yuan(100_000),
    reservedFen: 0,
    paidFen: 0,
  });
  expect(await auditLedger(uses)).toEqual([]);
  expect(world.mails.map(({ id }) => id.split(":").at(-1))).toEqual(["recovered"]);
});

test("the same slip twice, or two at once, is booked once", async () => {
  const uses = await beginAnew(world);
  const application = await owing(uses, 2, [yuan(2_000)]);
  const seen = await recoveryOf(uses, application);
  const given = { amountFen: yuan(500), voucher: "HD-1", by: officer };
  const outcomes = await Promise.all([
    bookRepayment(uses, seen, given),
    bookRepayment(uses, seen, given),
  ]);
  expect(outcomes.toSorted()).toEqual(["booked_before", "done"]);
  expect(await repay(uses, application, 500, "HD-1")).toBe("booked_before");
  expect((await recoveryOf(uses, application)).account.backFen).toBe(yuan(500));
});

test("two people who book different slips at once: one of them is told that the case has moved", async () => {
  const uses = await beginAnew(world);
  const application = await owing(uses, 3, [yuan(2_000)]);
  const seen = await recoveryOf(uses, application);
  const outcomes = await Promise.all(
    ["HD-1", "HD-2", "HD-3"].map((voucher) =>
      bookRepayment(uses, seen, { amountFen: yuan(2_000), voucher, by: officer }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  expect((await recoveryOf(uses, application)).account.backFen).toBe(yuan(2_000));
  expect(await auditLedger(uses)).toEqual([]);
});

test("the store itself refuses more than was paid, whatever a caller makes of the case's books (I29)", async () => {
  const uses = await beginAnew(world);
  const application = await owing(uses, 4, [yuan(2_000), yuan(3_000)]);
  expect(await repay(uses, application, 4_000, "HD-1")).toBe("done");
  const { transfers, account } = await recoveryOf(uses, application);
  // A caller that has forgotten the first repayment: its books say that all of both payments is outstanding.
  const blind = {
    application: await caseOf(uses, application),
    account: { ...account, backFen: zeroFen, leftFen: yuan(5_000) },
    transfers: transfers.filter(({ kind }) => kind !== "refund"),
    claim: null,
  };
  const given = { amountFen: yuan(3_000), voucher: "HD-2", by: officer };
  expect(await bookRepayment(uses, blind, given)).toBe("moved");
  expect(await uses.funds.get("union" as FundId)).toMatchObject({ paidFen: yuan(1_000) });
  expect(await auditLedger(uses)).toEqual([]);
});

test("a rest is written off by two people; the books keep it as paid", async () => {
  const uses = await beginAnew(world);
  const application = await owing(uses, 5, [yuan(2_000)]);
  await repay(uses, application, 500, "HD-1");
  const reason = "家庭确无偿还能力";
  expect(
    await proposeToWriteOff(uses, await recoveryOf(uses, application), { reason, by: officer }),
  ).toBe("done");
  await expect(writeOff(uses, await recoveryOf(uses, application), officer)).rejects.toThrow();
  expect(await writeOff(uses, await recoveryOf(uses, application), authoriser)).toBe("done");
  expect((await caseOf(uses, application)).status).toBe("closed");
  expect(await uses.funds.get("union" as FundId)).toMatchObject({ paidFen: yuan(1_500) });
  const events = await uses.cases.events(await caseOf(uses, application));
  expect(events.at(-1)?.detail).toEqual({ writtenOffFen: 150_000, proposedBy: officer });
});

test("booked through every crash: once, to the fen, under the same slip", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await owing(uses, 6, [yuan(2_000), yuan(3_000)]);
      return uses;
    },
    run: async (uses) => {
      const application = await caseOf(uses, aCase(6));
      // As the desk does: a case that is settled takes no more.
      if (application.status !== "recovery_due") return;
      await bookRepayment(uses, await loadRecovery(uses, application), {
        amountFen: yuan(5_000),
        voucher: "HD-1",
        by: officer,
      });
    },
    end: async () => {
      const { rows, brokenChains } = await endStateOf(world);
      return { rows, brokenChains };
    },
  });
  expect(faults).toContain("after cases.commit");
  expect(end.brokenChains).toEqual([]);
  expect(end.rows.filter(({ SK }) => String(SK).startsWith("refund#HD-1"))).toHaveLength(2);
});
