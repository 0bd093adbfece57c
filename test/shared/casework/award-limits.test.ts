import { afterAll, beforeAll, expect, test } from "vitest";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey } from "#shared/adapters/dynamodb/keys.ts";
import {
  accountLimitsOf,
  accountOf,
  awardLeftFen,
  loadHistory,
} from "#shared/casework/award-limits.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Recorded } from "#shared/casework/recorded.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, approve, deciding, monday } from "#test/support/cases.ts";
import {
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await grantTo(world.uses, "central", "CENTRAL", 10_000_000);
  await grantTo(world.uses, "swn", "SWN", 10_000_000);
});
afterAll(() => world.stop());

const book = (account: string, figures: Readonly<Record<string, number>>) =>
  putRow(world.uses.table, { ...awardAccountKey(account as BlindIndex, 2026), ...figures });

let number = 0;

interface Asked {
  readonly application: Application;
  readonly approval: Approval;
}

/** A case before its last approver, in an account of this name. */
const asked = (account: string, changes: Partial<Application> = {}): Promise<Asked> => {
  number += 1;
  const household = account as BlindIndex;
  return storeAskedCase(world.uses, number, { household, persons: [household], ...changes });
};

const decideOn = ({ application, approval }: Asked, amountYuan: number): Promise<Recorded> =>
  recordDecision(
    world.uses,
    deciding(application, {
      decision: { ...approve, amountFen: yuan(amountYuan), reason: "按实际核定" },
    }),
    approval,
  );

test("what stands under a household's people, and under the file that it has now, is one household's year", async () => {
  await book("file-1", { total: yuan(20_000), "fund.SWN": yuan(1_000) });
  await book("wife-1", { total: yuan(6_000), "fund.SWN": yuan(4_500), "cause.illness": yuan(500) });
  const persons = ["worker-1", "wife-1"] as BlindIndex[];
  const { application } = await asked("file-1", { persons, cause: "illness" });

  expect(await loadHistory(world.uses, application)).toMatchObject({
    householdYearFen: yuan(26_000),
    sameCauseFen: yuan(500),
    personYearByFundFen: { SWN: yuan(5_500) },
  });
  const limits = await accountLimitsOf(world.uses, application);
  // The file's own row may rise to what the wife's leaves of the year.
  expect(limits).toMatchObject({
    householdYearMaxFen: yuan(24_000),
    byFundMaxFen: { SWN: yuan(1_500) },
  });
  expect(await awardLeftFen(world.uses, application, limits, "SWN")).toBe(yuan(500));
  expect(await awardLeftFen(world.uses, application, limits, "CENTRAL")).toBe(yuan(4_000));
});

test("a case that was sent to nobody yet has no account", async () => {
  expect(await accountOf(world.uses, aCase(900, { household: null }))).toMatchObject({
    totalFen: zeroFen,
  });
});

test("the approver who meets the cap is told what is left, nothing is decided, and the lowered amount goes through", async () => {
  await book("full", { total: yuan(27_000) });
  const first = await asked("full");

  expect(await decideOn(first, 5_000)).toEqual({ kind: "cap_exceeded", leftFen: yuan(3_000) });
  expect(await caseOf(world.uses, first.application)).toEqual(first.application);
  expect(await decideOn(first, 3_000.01)).toMatchObject({ kind: "cap_exceeded" });

  expect(await decideOn(first, 3_000)).toMatchObject({ kind: "recorded" });
  expect(await accountOf(world.uses, first.application)).toMatchObject({
    totalFen: yuan(30_000),
  });
  const second = await asked("full");
  expect(await decideOn(second, 1)).toEqual({ kind: "cap_exceeded", leftFen: 0 });
});

test("the person's year with a fund is met literally: the award is cut, and the next fund isn't tried for it", async () => {
  await book("warm", { total: yuan(5_000), "fund.SWN": yuan(5_000) });
  const warm = await asked("warm", { fundOrder: ["SWN", "CENTRAL"], amountFen: yuan(2_000) });
  expect(await decideOn(warm, 2_000)).toEqual({ kind: "cap_exceeded", leftFen: yuan(1_000) });
  expect(await decideOn(warm, 1_000)).toMatchObject({ kind: "recorded" });
  expect(await caseOf(world.uses, warm.application)).toMatchObject({ fundId: "swn" });
});

test.each([2, 8, 64])(
  "%i approvers decide on one household at once: its year is never passed, whoever wins",
  async (count) => {
    const cases = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        asked(`at-once-${count}`, {
          programmeId: ["golden-autumn", "critical-illness", "emergency"][index % 3]!,
          amountFen: yuan(5_000),
        }),
      ),
    );

    const results = await Promise.all(cases.map((one) => decideOn(one, 4_000)));

    const won = results.filter(({ kind }) => kind === "recorded").length;
    expect(won).toBe(Math.min(count, 7));
    for (const result of results) {
      if (result.kind !== "recorded") expect(result.kind).toBe("cap_exceeded");
    }
    const account = await accountOf(world.uses, cases[0]!.application);
    expect(account.totalFen).toBe(yuan(won * 4_000));
  },
);

const assessedAt = (application: Application, amountYuan: number): Assessment => ({
  programmeId: application.programmeId,
  policyVersion: "v",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen: yuan(amountYuan),
  advanceFen: zeroFen,
  fundOrder: application.fundOrder,
  flags: [],
  steps: [
    {
      rule: "household.annualCap",
      inputs: { beforeFen: yuan(amountYuan), usedFen: 0, afterFen: yuan(amountYuan) },
      threshold: yuan(30_000),
      outcome: "met",
      clause: "8.1",
      says: { zh: "未超出", en: "kept" },
    },
  ],
});

/** The case with the event of its assessment, which saw no earlier award. */
const assessed = async (one: Asked, amountYuan: number): Promise<Asked> => {
  const before = { ...one.application, status: "submitted" as const };
  await putRow(world.uses.table, applicationRow(before));
  const taken = takeStep(before, "in_approval", {
    type: "assessed",
    at: monday,
    actor: { kind: "system", task: "test" },
    confidential: { assessment: assessedAt(before, amountYuan) },
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  await world.uses.cases.commit({ step: taken.step });
  const application = await caseOf(world.uses, before);
  const approval = { ...one.approval, caseVersion: application.version };
  await world.uses.cases.putApproval(approval, one.approval);
  return { application, approval };
};

test("an award for the same cause that another programme made since the assessment is set off when this one is approved", async () => {
  const fire = { cause: "event-2026-07-01" };
  const relief = await asked("fire", { ...fire, programmeId: "emergency" });
  const aid = await assessed(await asked("fire", fire), 5_000);
  expect(await decideOn(relief, 2_000)).toMatchObject({ kind: "recorded" });

  expect(await decideOn(aid, 5_000)).toEqual({ kind: "cap_exceeded", leftFen: yuan(3_000) });
  expect(await decideOn(aid, 3_000)).toMatchObject({ kind: "recorded" });
});

test("two awards for one cause approved at the same moment come to no more than the larger of them", async () => {
  for (let round = 0; round < 12; round += 1) {
    const cause = { cause: `illness-${round}` };
    const [one, other] = [
      await assessed(await asked(`pair-${round}`, cause), 5_000),
      await assessed(
        await asked(`pair-${round}`, { ...cause, programmeId: "critical-illness" }),
        4_000,
      ),
    ];

    await Promise.all(
      round % 2 === 0
        ? [decideOn(one, 5_000), decideOn(other, 4_000)]
        : [decideOn(other, 4_000), decideOn(one, 5_000)],
    );

    const account = await accountOf(world.uses, one.application);
    expect([yuan(5_000), yuan(4_000)]).toContain(account.totalFen);
  }
});
