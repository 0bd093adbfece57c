import fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, Status } from "#shared/domain/application.ts";
import type { Assessment, RuleStep } from "#shared/domain/assessment.ts";
import { isOverYear, leftFen, limitsOf, noAccountLimits } from "#shared/domain/account-limits.ts";
import {
  accountChanges,
  accountFrom,
  accountWithout,
  addAccounts,
  countedFen,
  emptyAccount,
  historyIn,
  type AwardAccount,
} from "#shared/domain/award-account.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

const fundId = "central" as FundId;
const household = "one-household" as BlindIndex;

const one = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, { household, ...changes });

const stepOf = (
  before: Application,
  changes: Partial<Application>,
  event: Partial<Step["event"]> = {},
): Step => ({
  before,
  after: { ...before, ...changes },
  event: {
    applicationId: before.id,
    version: 2,
    type: "approved",
    from: before.status,
    to: changes.status ?? before.status,
    at: monday,
    actor: { kind: "system", task: "test" },
    detail: {},
    confidential: null,
    ...event,
  },
});

const granted: readonly Status[] = [
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "closed",
];

test.each(granted)("an award out of a fund counts whole while the case is %s", (status) => {
  expect(countedFen(one(1, { status, fundId }))).toBe(500_000);
});

test("a case that waits for money counts; one in the base office's notice, before the decision, does not", () => {
  expect(countedFen(one(1, { status: "waiting_for_funds" }))).toBe(500_000);
  expect(countedFen(one(1, { status: "public_notice", fundId: null }))).toBe(0);
  expect(countedFen(one(1, { status: "in_approval" }))).toBe(0);
});

test("on the fast track the advance counts from its reservation on, and the whole award with the last decision", () => {
  const advanceFen = yuan(2_000);
  const track = (changes: Partial<Application>) => countedFen(one(1, { advanceFen, ...changes }));
  expect(track({ fastTrack: "advance", status: "in_approval" })).toBe(0);
  expect(track({ fastTrack: "advance", status: "batched", fundId })).toBe(200_000);
  expect(track({ fastTrack: "follow_up", status: "needs_information" })).toBe(200_000);
  expect(track({ fastTrack: "follow_up", status: "in_approval", fundId })).toBe(200_000);
  expect(track({ fastTrack: "follow_up", status: "reserved", fundId })).toBe(500_000);
});

test("an award enters the account of its household and year under fund, programme and cause, and leaves it whole", () => {
  const case1 = one(1, { cause: "illness" });
  const reserved = { status: "reserved", fundId, fundOrder: ["CENTRAL"] } as const;
  const entered = accountChanges(stepOf(case1, reserved));
  expect(entered).toEqual([
    {
      household,
      year: 2026,
      totalFen: 500_000,
      byFundFen: { CENTRAL: 500_000 },
      byProgrammeFen: { "golden-autumn": 500_000 },
      byProgrammeCount: { "golden-autumn": 1 },
      byCauseFen: { illness: 500_000 },
    },
  ]);
  const left = accountChanges(
    stepOf({ ...case1, ...reserved }, { status: "withdrawn", fundId: null }, { type: "withdrawn" }),
  );
  expect(left[0]).toMatchObject({ totalFen: -500_000, byProgrammeCount: { "golden-autumn": -1 } });
});

test("the policy year is that of the day on which the case was sent, in China", () => {
  const sent = (at: string) =>
    accountChanges(stepOf(one(1, { submittedAt: instant(at) }), { status: "reserved", fundId }))[0]
      ?.year;
  expect(sent("2026-12-31T15:59:59Z")).toBe(2026);
  expect(sent("2026-12-31T16:00:00Z")).toBe(2027);
});

test("steps that change nothing of the award leave the account alone", () => {
  const reserved = one(1, { status: "reserved", fundId });
  expect(accountChanges(stepOf(reserved, { status: "batched" }))).toEqual([]);
  expect(accountChanges(stepOf(one(1), { status: "rejected" }))).toEqual([]);
});

test("a waiting case moves from its first fund to the one that pays, and by as much as its award was lowered", () => {
  const waiting = one(1, { status: "waiting_for_funds", fundOrder: ["CENTRAL", "UNION"] });
  const [change] = accountChanges(
    stepOf(waiting, {
      status: "reserved",
      fundId: "union" as FundId,
      fundOrder: ["UNION"],
      amountFen: yuan(3_000),
    }),
  );
  expect(change).toMatchObject({
    totalFen: -200_000,
    byFundFen: { CENTRAL: -500_000, UNION: 300_000 },
    byProgrammeCount: {},
  });
});

test("money that is to come back counts until it has, and then by what came", () => {
  const paid = one(1, { status: "paid", fundId });
  expect(
    accountChanges(stepOf(paid, { status: "recovery_due" }, { type: "recovery_claimed" })),
  ).toEqual([]);
  const due = one(1, { status: "recovery_due", fundId });
  const [whole] = accountChanges(
    stepOf(due, { status: "closed" }, { type: "recovered", detail: { amountFen: 500_000 } }),
  );
  expect(whole).toMatchObject({ totalFen: -500_000, byProgrammeCount: { "golden-autumn": -1 } });
  const [part] = accountChanges(
    stepOf(due, { status: "closed" }, { type: "recovered", detail: { amountFen: 100_000 } }),
  );
  expect(part).toMatchObject({ totalFen: -100_000 });
});

const step = (rule: string, changes: Partial<RuleStep>): RuleStep => ({
  rule,
  inputs: {},
  threshold: null,
  outcome: "applied",
  clause: "8.1",
  says: { zh: rule, en: rule },
  ...changes,
});

const assessed = (steps: readonly RuleStep[]): Assessment => ({
  programmeId: "critical-illness",
  policyVersion: "v",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen: yuan(5_000),
  advanceFen: fen(0),
  fundOrder: ["CENTRAL"],
  flags: [],
  steps,
});

test("the limits are the policy's, and what the assessment's own steps say of programme, cause and fund", () => {
  const limits = limitsOf(
    commonPolicy,
    assessed([
      step("ci.filed.cap", { inputs: { householdYear: true }, threshold: yuan(20_000) }),
      step("er.perYear", { inputs: { awardsThisYear: 1 }, threshold: 2 }),
      step("sameCauseOffset", { inputs: { beforeFen: 700_000 } }),
      step("household.annualCap", { inputs: { beforeFen: 500_000 } }),
      step("fund.perPersonYearMax", { inputs: { fund: "SWN", maximumFen: 400_000 } }),
    ]),
  );
  expect(limits).toEqual({
    householdYearMaxFen: yuan(30_000),
    byFundMaxFen: { SWN: 400_000 },
    programmeYearMaxFen: yuan(20_000),
    programmeYearCountMax: 2,
    causeMaxFen: 700_000,
  });
  const without = limitsOf(
    { ...commonPolicy, sameCauseOffset: false },
    assessed([step("household.annualCap", { inputs: { beforeFen: 500_000 } })]),
  );
  expect(without).toMatchObject({ causeMaxFen: null, byFundMaxFen: { SWN: yuan(6_000) } });
});

const account = (changes: Partial<AwardAccount>): AwardAccount => ({ ...emptyAccount, ...changes });

test("what is left is the smallest of what each limit leaves, and never below zero", () => {
  const waiting = one(1, { cause: "illness", programmeId: "critical-illness" });
  const limits = { ...limitsOf(commonPolicy, null), causeMaxFen: yuan(6_000) };
  expect(leftFen(account({ totalFen: yuan(28_000) }), waiting, limits, "CENTRAL")).toBe(200_000);
  expect(
    leftFen(account({ byCauseFen: { illness: yuan(1_500) } }), waiting, limits, "CENTRAL"),
  ).toBe(450_000);
  expect(leftFen(account({ byFundFen: { SWN: yuan(5_999) } }), waiting, limits, "SWN")).toBe(100);
  expect(leftFen(account({ totalFen: yuan(31_000) }), waiting, limits, "SWN")).toBe(0);
  const twice = account({ byProgrammeCount: { "critical-illness": 2 } });
  expect(leftFen(twice, waiting, { ...limits, programmeYearCountMax: 2 }, "SWN")).toBe(0);
  expect(leftFen(twice, waiting, noAccountLimits, "SWN")).toBeNull();
});

test("a case's own part is no earlier award of its household", () => {
  const own = one(1, { status: "reserved", fundId, fundOrder: ["UNION"], cause: "fire" });
  const other = one(2, { status: "paid", fundId, fundOrder: ["UNION"], amountFen: yuan(700) });
  const both = accountFrom([own, other]);
  expect(historyIn(both, own)).toEqual({
    householdYearFen: 70_000,
    sameCauseFen: 0,
    programmeYearFen: 70_000,
    programmeYearCount: 1,
    personYearByFundFen: { UNION: 70_000 },
  });
  expect(accountWithout(accountFrom([own]), own)).toEqual(emptyAccount);
});

test("at payment the year's limits are asked once more; of two policies of the year the wider one holds", () => {
  const application = one(1, { fundOrder: ["SWN"] });
  const full = account({ totalFen: yuan(30_000), byFundFen: { SWN: yuan(6_000) } });
  expect(isOverYear(full, application, [commonPolicy])).toBe(false);
  const over = account({ ...full, totalFen: fen(yuan(30_000) + 1) });
  expect(isOverYear(over, application, [commonPolicy])).toBe(true);
  const wider = { ...commonPolicy, householdAnnualCapFen: yuan(40_000) };
  expect(isOverYear(over, application, [commonPolicy, wider])).toBe(false);
  const fundOver = account({ ...full, byFundFen: { SWN: yuan(6_001) } });
  expect(isOverYear(fundOver, application, [commonPolicy, wider])).toBe(true);
});

test("whatever steps cases take, the account is what its cases come to", () => {
  const statuses: readonly Status[] = ["in_approval", "waiting_for_funds", "withdrawn", ...granted];
  const move = fc.record({
    which: fc.integer({ min: 0, max: 2 }),
    status: fc.constantFrom(...statuses),
    amountFen: fc.integer({ min: 1, max: 900_000 }).map(fen),
    held: fc.boolean(),
    code: fc.constantFrom("CENTRAL", "UNION", "SWN"),
    cause: fc.constantFrom(null, "illness", "fire"),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const cases = [one(1), one(2), one(3)];
      let running = emptyAccount;
      for (const { which, held, code, ...changes } of moves) {
        const before = cases[which]!;
        const next = stepOf(before, {
          ...changes,
          fundId: held ? fundId : null,
          fundOrder: [code],
        });
        cases[which] = next.after;
        for (const change of accountChanges(next)) running = addAccounts(running, change);
      }
      expect(running).toEqual(accountFrom(cases));
    }),
    { numRuns: 1_000 },
  );
});
