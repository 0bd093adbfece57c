/** Claiming back over the real stores: two people, one claim, told once, and never more than is out. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import {
  confirmClaim,
  dropClaim,
  loadClaimable,
  proposeClaim,
} from "#shared/casework/claim-back.ts";
import { bookRepayment, loadRecovery } from "#shared/casework/recover.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import type { WrongPaymentCause } from "#shared/domain/recovery.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, staff } from "#test/support/cases.ts";
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
const fundId = "union" as FundId;

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

type Uses = CaseworkWorld["uses"];

/** A case of 2,000 yuan that was reserved and paid; how it got there doesn't matter. */
const paid = async (uses: Uses, number: number): Promise<Application> => {
  await grantTo(uses, "union", "UNION", 100_000);
  await uses.directory.putStaff(
    staff(authoriser, "city", { roles: ["finance_authoriser"], email: "second@example.org" }),
  );
  const amountFen = yuan(2_000);
  let application = await storeCase(uses, aCase(number, { status: "paid", fundId, amountFen }));
  await putRow(uses.table, applicationRow(application));
  for (const kind of ["reserve", "post"] as const) {
    const before = application;
    const { id, cycle, version, status } = before;
    application = { ...before, version: version + 1 };
    const at = uses.clock.now();
    const outcome = await uses.cases.commit({
      step: {
        before,
        after: application,
        event: {
          applicationId: id,
          version: version + 1,
          type: "extended",
          from: status,
          to: status,
          at,
          actor: { kind: "system", task: "test" },
          detail: {},
          confidential: null,
        },
      },
      transfer: caseTransfer(id, cycle, { kind, fundId, amountFen, at }),
    });
    if (outcome !== "committed") throw new Error(`${kind}: ${outcome}`);
    application = await caseOf(uses, application);
  }
  return application;
};

const claimable = async (uses: Uses, application: Application) =>
  loadClaimable(uses, await caseOf(uses, application));

const propose = async (
  uses: Uses,
  application: Application,
  cause: WrongPaymentCause = "wrong_amount",
) => {
  const given = { cause, dueFen: yuan(500), reason: "多发五百元", by: officer };
  return proposeClaim(uses, await claimable(uses, application), given);
};

const mailed = (): readonly string[] =>
  world.mails.map(({ id }) => (id.startsWith("outcome") ? (id.split(":").at(-1) ?? "") : id));

test("proposed, the second person is asked; confirmed, the applicant is told once, and what comes back is booked", async () => {
  const uses = await beginAnew(world);
  const application = await paid(uses, 1);
  expect(await propose(uses, application)).toBe("done");
  const waiting = await caseOf(uses, application);
  expect(waiting.status).toBe("paid");
  expect(mailed()).toEqual([
    `claim-to-confirm:${application.id}:${waiting.version}:second@example.org`,
  ]);
  expect(JSON.stringify(world.mails)).not.toContain("多发五百元");

  expect(await confirmClaim(uses, await claimable(uses, application), authoriser)).toBe("done");
  const due = await caseOf(uses, application);
  expect(due).toMatchObject({ status: "recovery_due" });
  expect(due.outcomeMailedAt).not.toBeNull();
  expect(mailed().slice(1)).toEqual(["recovery_due"]);

  const recovery = await loadRecovery(uses, due);
  const given = { amountFen: yuan(500), voucher: "HD-1", by: officer };
  expect(await bookRepayment(uses, recovery, given)).toBe("done");
  expect((await caseOf(uses, application)).status).toBe("closed");
  expect(await uses.funds.get(fundId)).toMatchObject({ paidFen: yuan(1_500) });
  expect(await auditLedger(uses)).toEqual([]);
});

test("two who confirm at once claim once; confirming and turning down at once is one of the two", async () => {
  const uses = await beginAnew(world);
  const application = await paid(uses, 2);
  await propose(uses, application);
  const seen = await claimable(uses, application);
  const outcomes = await Promise.all([
    confirmClaim(uses, seen, authoriser),
    confirmClaim(uses, seen, "finance-3" as StaffId),
    dropClaim(uses, seen, officer),
  ]);
  expect(outcomes.toSorted()).toEqual(["done", "moved", "moved"]);
  await expect(confirmClaim(uses, { ...seen }, officer)).rejects.toThrow();
});

test("two proposals at once are one, and a dropped one leaves the case as it was", async () => {
  const uses = await beginAnew(world);
  const application = await paid(uses, 3);
  const seen = await claimable(uses, application);
  const given = { cause: "paid_twice", dueFen: yuan(1), reason: "重复", by: officer } as const;
  const outcomes = await Promise.all([
    proposeClaim(uses, seen, given),
    proposeClaim(uses, seen, given),
  ]);
  expect(outcomes.toSorted()).toEqual(["done", "moved"]);
  expect(await dropClaim(uses, await claimable(uses, application), officer)).toBe("done");
  expect((await claimable(uses, application)).claim.proposal).toBeNull();
  expect((await caseOf(uses, application)).status).toBe("paid");
});

test("what the bank sent back is told as that: the applicant isn't asked for money they never had", async () => {
  const uses = await beginAnew(world);
  const application = await paid(uses, 4);
  await propose(uses, application, "returned_by_bank");
  await confirmClaim(uses, await claimable(uses, application), authoriser);
  expect(mailed().at(-1)).toBe("returned_by_bank");
});

test("confirmed through every crash: claimed once", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await propose(uses, await paid(uses, 5));
      return uses;
    },
    run: async (uses) => {
      const seen = await claimable(uses, aCase(5));
      // As the desk does: what was confirmed has no proposal any more.
      if (seen.claim.proposal) await confirmClaim(uses, seen, authoriser);
    },
    end: async () => {
      const { rows, brokenChains } = await endStateOf(world);
      const own = rows.filter(({ PK }) => PK !== "ORGANISATION-MARK");
      // Whoever wasn't told is found by resume-stalled, as every other decided case.
      return { rows: own.map((row) => ({ ...row, outcomeMailedAt: null })), brokenChains };
    },
  });
  expect(faults).toContain("after cases.commit");
  expect(end.brokenChains).toEqual([]);
});
