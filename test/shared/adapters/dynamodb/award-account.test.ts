import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import type { Application } from "#shared/domain/application.ts";
import { limitsOf, noAccountLimits, type AccountLimits } from "#shared/domain/account-limits.ts";
import type { AwardAccount } from "#shared/domain/award-account.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import { approveFrom, approveWithoutFunds } from "#shared/domain/reservation.ts";
import type { BlindIndex, FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { CommitOutcome } from "#shared/ports/case-store.ts";
import { aCase, aFund, approve, commonPolicy, deciding, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
  for (const [id, code] of [
    ["central", "CENTRAL"],
    ["swn", "SWN"],
    ["empty", "UNION"],
  ] as const) {
    await store.funds.open(aFund(id, code));
    if (id === "empty") continue;
    const amountFen = yuan(10_000_000);
    await store.funds.grant(
      grantTransfer(`V-${id}`, { fundId: id as FundId, amountFen, at: monday }),
    );
  }
});
afterAll(() => store.stop());

const limits = limitsOf(commonPolicy, null);

let number = 0;

/** A case of a household before its last approver, in the store. */
const before = async (
  household: string,
  changes: Partial<Application> = {},
): Promise<Application> => {
  number += 1;
  const application = aCase(number, { household: household as BlindIndex, ...changes });
  await putRow(store.table, applicationRow(application));
  return application;
};

const approveCase = (
  application: Application,
  amountYuan: number,
  fund: { readonly id: string; readonly code: FundCode } = { id: "central", code: "CENTRAL" },
  accountLimits: AccountLimits = limits,
): Promise<CommitOutcome> => {
  const context = deciding(application, { decision: { ...approve, amountFen: yuan(amountYuan) } });
  const { id, code } = fund;
  return store.cases.commit({
    ...approveFrom(context, { id: id as FundId, code })!,
    accountLimits,
  });
};

const accountOf = async (household: string, year = 2026): Promise<AwardAccount> => {
  const accounts = await store.cases.awardAccounts([household as BlindIndex], year);
  return accounts.get(household as BlindIndex)!;
};

test.each([2, 8, 64])(
  "%i approvals for one household at once never pass its yearly cap, whatever the programmes",
  async (count) => {
    const household = `race-${count}`;
    const programmes = ["golden-autumn", "critical-illness", "emergency", "winter-warmth"];
    const cases = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        before(household, { programmeId: programmes[index % 4]!, cause: `cause-${index}` }),
      ),
    );

    const outcomes = await Promise.all(cases.map((one) => approveCase(one, 16_000)));

    // Two of 16,000 would be 32,000, above 30,000: one of them wins.
    expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "cap_exceeded")).toHaveLength(count - 1);
    expect((await accountOf(household)).totalFen).toBe(yuan(16_000));
  },
);

test("64 awards of 1,000 at once fill a household's year to exactly 30,000", async () => {
  const cases = await Promise.all(Array.from({ length: 64 }, () => before("exactly")));
  const outcomes = await Promise.all(cases.map((one) => approveCase(one, 1_000)));
  expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(30);
  expect(await accountOf("exactly")).toEqual({
    totalFen: yuan(30_000),
    byFundFen: { CENTRAL: yuan(30_000) },
    byProgrammeFen: { "golden-autumn": yuan(30_000) },
    byProgrammeCount: { "golden-autumn": 30 },
    byCauseFen: {},
  });
});

test("awards out of the Winter Warmth fund stop at 6,000 a year, other funds of the household don't", async () => {
  const swn = { id: "swn", code: "SWN" } as const;
  const cases = await Promise.all(
    Array.from({ length: 8 }, () => before("warm", { fundOrder: ["SWN"] })),
  );
  const outcomes = await Promise.all(cases.map((one) => approveCase(one, 2_500, swn)));
  expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(2);
  expect(await approveCase(await before("warm"), 1_001, swn)).toBe("cap_exceeded");
  expect(await approveCase(await before("warm"), 1_000, swn)).toBe("committed");
  expect(await approveCase(await before("warm"), 10_000)).toBe("committed");
  expect((await accountOf("warm")).byFundFen).toEqual({
    SWN: yuan(6_000),
    CENTRAL: yuan(10_000),
  });
});

test("a programme's own cap, its number of awards and the same cause are held too", async () => {
  const illness = { programmeId: "critical-illness", cause: "illness" } as const;
  const capped = { ...noAccountLimits, programmeYearMaxFen: yuan(20_000) };
  expect(await approveCase(await before("caps", illness), 15_000, undefined, capped)).toBe(
    "committed",
  );
  expect(await approveCase(await before("caps", illness), 5_001, undefined, capped)).toBe(
    "cap_exceeded",
  );
  const other = { programmeId: "emergency", cause: "illness" } as const;
  const sameCause = { ...noAccountLimits, causeMaxFen: yuan(16_000) };
  expect(await approveCase(await before("caps", other), 1_001, undefined, sameCause)).toBe(
    "cap_exceeded",
  );
  expect(await approveCase(await before("caps", other), 1_000, undefined, sameCause)).toBe(
    "committed",
  );
  const once = { ...noAccountLimits, programmeYearCountMax: 1 };
  expect(await approveCase(await before("caps", other), 1, undefined, once)).toBe("cap_exceeded");
});

test("an award above a cap by itself is refused by an empty account, too", async () => {
  expect(await approveCase(await before("first"), 30_001)).toBe("cap_exceeded");
  expect(await accountOf("first")).toMatchObject({ totalFen: 0 });
});

test("over the cap and short of money: the cap is told; within it, the money", async () => {
  const union = { id: "empty", code: "UNION" } as const;
  expect(await approveCase(await before("order"), 30_001, union)).toBe("cap_exceeded");
  expect(await approveCase(await before("order"), 30_000, union)).toBe("no_money");
  expect(await accountOf("order")).toMatchObject({ totalFen: 0 });
});

test("an approval without money counts, so that a second one can't pass the cap while the first waits", async () => {
  const first = await before("waiting");
  const decision = { ...approve, amountFen: yuan(20_000) };
  const step = approveWithoutFunds(deciding(first, { decision }))!;
  expect(await store.cases.commit({ step, accountLimits: limits })).toBe("committed");
  expect(await approveCase(await before("waiting"), 10_001)).toBe("cap_exceeded");
  expect(await approveCase(await before("waiting"), 10_000)).toBe("committed");
});

test("what is withdrawn is given back to the year, once, and may be awarded anew", async () => {
  const application = await before("back");
  await approveCase(application, 30_000);
  const reserved = (await store.cases.get(application.id))!;
  const taken = withdraw(reserved, [], monday);
  if (taken.kind === "refused") throw new Error(taken.code);

  const twice = await Promise.all([store.cases.commit(taken), store.cases.commit(taken)]);

  expect(twice.toSorted()).toEqual(["already_done", "committed"]);
  expect((await accountOf("back")).totalFen).toBe(0);
  expect(await approveCase(await before("back"), 30_000)).toBe("committed");
});

test("another year and another household have accounts of their own", async () => {
  expect(await approveCase(await before("one"), 30_000)).toBe("committed");
  expect(await approveCase(await before("two"), 30_000)).toBe("committed");
  const nextYear = { submittedAt: "2027-01-04T01:00:00.000Z" as Application["submittedAt"] };
  expect(await approveCase(await before("one", nextYear), 30_000)).toBe("committed");
  expect((await accountOf("one", 2027)).totalFen).toBe(yuan(30_000));
});

test("whoever awards must say what holds the award: without limits nothing is written", async () => {
  const application = await before("careless");
  const reserving = approveFrom(deciding(application), {
    id: "central" as FundId,
    code: "CENTRAL",
  })!;
  await expect(store.cases.commit(reserving)).rejects.toThrow(/limits/u);
  expect((await store.cases.get(application.id))?.status).toBe("in_approval");
});
