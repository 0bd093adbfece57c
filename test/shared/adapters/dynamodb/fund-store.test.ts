import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow, updateRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { monthsBetween } from "#shared/adapters/dynamodb/fund-store.ts";
import { fundKey } from "#shared/adapters/dynamodb/keys.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { limitsOf } from "#shared/domain/account-limits.ts";
import { approveFrom, approveWithoutFunds } from "#shared/domain/reservation.ts";
import { lapse } from "#shared/domain/lapse.ts";
import { caseTransfer, fundFault, grantTransfer } from "#shared/domain/ledger.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, aFund, anApproval, commonPolicy, deciding, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const fundWith = async (id: string, amount: number): Promise<FundId> => {
  const fund = aFund(id);
  expect(await store.funds.open(fund)).toBe(true);
  const granted = await store.funds.grant(
    grantTransfer("V1", {
      fundId: fund.id,
      amountFen: yuan(amount),
      at: monday,
      by: "ST1" as StaffId,
    }),
  );
  expect(granted).toBe("committed");
  return fund.id;
};

/** Puts a case before its last approver and approves it out of one fund. */
const approveLast = async (number: number, fundId: FundId) => {
  const application = aCase(number);
  await putRow(store.table, applicationRow(application));
  const approval = anApproval(application);
  await store.cases.putApproval(approval, null);
  const context = deciding(application);
  const usedLink = { approval, decision: "approve", at: context.now } as const;
  const accountLimits = limitsOf(commonPolicy, null);
  const fund = { id: fundId, code: "CENTRAL" } as const;
  const reserve = () =>
    store.cases.commit({ ...approveFrom(context, fund)!, usedLink, accountLimits });
  return { application, context, usedLink, reserve };
};

test("256 last approvals at once on a fund that holds money for 100: 100 win, nothing below zero", async () => {
  const fundId = await fundWith("race", 5_000 * 100);
  const approvals = await Promise.all(
    Array.from({ length: 256 }, (_, index) => approveLast(1_000 + index, fundId)),
  );
  const started = performance.now();
  const outcomes = await Promise.all(approvals.map(({ reserve }) => reserve()));
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `256 last approvals at once: ${seconds.toFixed(2)} s, ${Math.round(256 / seconds)}/s`,
  );
  expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(100);
  expect(outcomes.filter((outcome) => outcome === "no_money")).toHaveLength(156);
  const fund = await store.funds.get(fundId);
  expect(fund).toMatchObject({ availableFen: 0, reservedFen: 50_000_000, grantedFen: 50_000_000 });
  expect(fundFault(fund!)).toBeNull();
  expect(await auditLedger({ funds: store.funds, clock: { now: () => monday } })).toEqual([]);
});

test("a loser's link is not spent: its decision is recorded without money, and the case waits", async () => {
  const fundId = await fundWith("empty", 4_999.99);
  const { reserve, context, usedLink, application } = await approveLast(2_000, fundId);
  expect(await reserve()).toBe("no_money");
  const step = approveWithoutFunds(context)!;
  const accountLimits = limitsOf(commonPolicy, null);
  expect(await store.cases.commit({ step, usedLink, accountLimits })).toBe("committed");
  expect((await store.cases.get(application.id))?.status).toBe("waiting_for_funds");
  expect((await store.funds.get(fundId))?.reservedFen).toBe(0);
});

test("the same approval committed again, even on an empty fund, is told as already done", async () => {
  const fundId = await fundWith("twice", 5_000);
  const { reserve } = await approveLast(2_001, fundId);
  expect(await reserve()).toBe("committed");
  expect(await reserve()).toBe("already_done");
  expect((await store.funds.get(fundId))?.reservedFen).toBe(500_000);
});

test("a closed fund takes no reservation", async () => {
  const fundId = await fundWith("closed", 5_000);
  await updateRow(store.table, fundKey(fundId), {
    update: "SET #open = :no",
    expression: "",
    names: { "#open": "open" },
    values: { ":no": false },
  });
  const { reserve } = await approveLast(2_002, fundId);
  expect(await reserve()).toBe("no_money");
});

test("a voucher is booked once", async () => {
  const fundId = await fundWith("voucher", 100);
  const again = grantTransfer("V1", { fundId, amountFen: yuan(100), at: monday, by: null });
  expect(await store.funds.grant(again)).toBe("already_done");
  expect((await store.funds.get(fundId))?.grantedFen).toBe(10_000);
});

test("a release gives back exactly what was reserved, once", async () => {
  const fundId = await fundWith("release", 5_000);
  const { reserve, application } = await approveLast(2_003, fundId);
  await reserve();
  const reserved = (await store.cases.get(application.id))!;
  const failed = { ...reserved, status: "payment_failed", deadlineAt: monday } as const;
  await putRow(store.table, applicationRow(failed));
  const lapsing = lapse(failed, instant("2026-08-01T00:00:00Z"), commonPolicy)!;
  const outcomes = await Promise.all([store.cases.commit(lapsing), store.cases.commit(lapsing)]);
  expect(outcomes).toContain("committed");
  expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
  expect(await store.funds.get(fundId)).toMatchObject({ availableFen: 500_000, reservedFen: 0 });
});

test("the audit names the fund whose balance was changed by hand", async () => {
  const fundId = await fundWith("tampered", 100);
  await updateRow(store.table, fundKey(fundId), {
    update: "SET availableFen = availableFen + :more, grantedFen = grantedFen + :more",
    expression: "",
    values: { ":more": 1 },
  });
  const august = instant("2026-08-02T00:00:00Z");
  const faults = await auditLedger({ funds: store.funds, clock: { now: () => august } });
  expect(faults).toEqual([{ fundId, code: "differs_from_transfers" }]);
});

test("a fund's transfers are listed month by month, over the turn of a year", async () => {
  expect(monthsBetween("2026-11", "2027-02")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  expect(monthsBetween("2026-02", "2026-01")).toEqual([]);
  expect(monthsBetween("9999-12", "9999-12")).toEqual(["9999-12"]);
  expect(monthsBetween("0009-12", "0010-01")).toEqual(["0009-12", "0010-01"]);
  const fundId = await fundWith("months", 100);
  const transfer = caseTransfer(aCase(2_004).id, 1, {
    kind: "reserve",
    fundId,
    amountFen: yuan(1),
    at: instant("2027-01-05T00:00:00Z"),
  });
  expect(transfer.at.slice(0, 7)).toBe("2027-01");
  const listed = [];
  for await (const row of store.funds.transfers(fundId, "2026-07", "2026-08"))
    listed.push(row.kind);
  expect(listed).toEqual(["grant"]);
});
