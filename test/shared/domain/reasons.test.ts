import { expect, test } from "vitest";
import type { Assessment, RuleStep } from "#shared/domain/assessment.ts";
import type {
  Application,
  EventConfidential,
  EventType,
  RecordedEvent,
  Status,
} from "#shared/domain/application.ts";
import { isAdverse, isGranted, outcomeReasons } from "#shared/domain/reasons.ts";
import { addMinutes, localDate } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";

const step = (rule: string, outcome: RuleStep["outcome"]): RuleStep => ({
  rule,
  inputs: {},
  threshold: null,
  outcome,
  clause: `8.1 ${rule}`,
  says: { zh: rule, en: rule },
});

const assessment: Assessment = {
  programmeId: "golden-autumn",
  policyVersion: "ga-1 common-1 L-1",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen: yuan(5_000),
  advanceFen: zeroFen,
  fundOrder: ["CENTRAL"],
  flags: [],
  steps: [
    step("employed", "met"),
    step("homes", "missed"),
    step("rate", "applied"),
    step("car", "flagged"),
  ],
};

type Told = readonly [
  type: EventType,
  to: Status,
  confidential?: EventConfidential | undefined,
  tier?: string,
];

const trail = (...told: readonly Told[]): readonly RecordedEvent[] =>
  told.map(([type, to, confidential, tier], index) => ({
    applicationId: aCase(1).id,
    version: index + 1,
    type,
    from: "in_approval",
    to,
    at: addMinutes(monday, index),
    actor: { kind: "staff", staffId: "east-1" as StaffId },
    detail: tier ? { tier } : {},
    confidential: confidential ?? null,
    previousHash: "",
    hash: "",
  }));

const assessed: Told = ["assessed", "in_acceptance", { assessment }];
const visited: Told = [
  "visited",
  "in_approval",
  {
    visit: {
      visitedOn: localDate("2026-07-22"),
      staffIds: [],
      others: [],
      metWith: "本人",
      findings: "邻居说他好赌",
      confirmed: false,
      paperNumbers: [],
    },
  },
];
const of = (status: Status, events: readonly RecordedEvent[], changes: Partial<Application> = {}) =>
  outcomeReasons(aCase(1, { status, ...changes }), events);

test("nothing is told before a decision: until then the rules have only recommended", () => {
  const events = trail(assessed, visited);
  for (const status of [
    "submitted",
    "in_acceptance",
    "in_verification",
    "in_approval",
    "needs_information",
  ] as const) {
    expect(of(status, events), status).toBeNull();
  }
});

test("a notice of the base office is no award yet, nor is an objection to it; a final one is", () => {
  const fund = { fundId: "CENTRAL-2026" as FundId };
  const approved = trail(assessed, ["tier_approved", "public_notice"]);
  expect(of("public_notice", approved)).toBeNull();
  expect(of("objection", approved)).toBeNull();
  expect(isGranted({ status: "waiting_for_funds", fundId: null })).toBe(true);
  const final = trail(assessed, ["approved", "public_notice", undefined, "district"]);
  expect(of("public_notice", final, fund)).toMatchObject({ kind: "approved", tier: "district" });
});

test("conditions missed stand before those met; figures and what was looked into stand apart", () => {
  const reasons = of(
    "rejected",
    trail(assessed, visited, ["rejected", "rejected", { reason: "学籍不符" }, "district"]),
  );
  expect(reasons).toMatchObject({
    kind: "rejected",
    tier: "district",
    decidedAt: addMinutes(monday, 2),
    visit: { on: "2026-07-22", confirmed: false },
    said: [{ type: "rejected", tier: "district", words: "学籍不符" }],
  });
  expect(reasons?.conditions.map(({ rule }) => rule)).toEqual(["homes", "employed"]);
  expect(reasons?.computed.map(({ rule }) => rule)).toEqual(["rate"]);
  expect(reasons?.lookedInto.map(({ rule }) => rule)).toEqual(["car"]);
  expect(JSON.stringify(reasons)).not.toContain("好赌");
});

test("what somebody noted who approved what the rules recommend stays in the office; why less was given is told", () => {
  const approved: Told = ["approved", "reserved", { reason: "情况属实" }, "district"];
  expect(of("reserved", trail(assessed, approved))).toMatchObject({ kind: "approved", said: [] });
  const lowered = of("reserved", trail(assessed, approved), { amountFen: yuan(4_000) });
  expect(lowered).toMatchObject({ kind: "lowered", said: [{ words: "情况属实" }] });
});

test("a refusal by the rules, an objection that was upheld, and each end of an appeal are told as what they are", () => {
  const confirmed: Told = ["refusal_confirmed", "ineligible", { reason: "核对无误" }, "district"];
  expect(of("ineligible", trail(assessed, confirmed))).toMatchObject({
    kind: "refused_by_rules",
    said: [{ words: "核对无误" }],
  });

  const objection: Told = ["objection_upheld", "rejected", { reason: "在外地有房" }, "district"];
  expect(of("rejected", trail(assessed, objection))).toMatchObject({
    kind: "objection_upheld",
    said: [{ words: "在外地有房" }],
  });

  const appealed: Told = ["appealed", "under_appeal", { reason: "我的理由" }];
  const dismissed: Told = ["appeal_dismissed", "ineligible", { reason: "复核无误" }];
  expect(of("under_appeal", trail(assessed, confirmed, appealed))).toMatchObject({
    kind: "refused_by_rules",
  });
  const end = of("ineligible", trail(assessed, confirmed, appealed, dismissed));
  expect(end).toMatchObject({ kind: "appeal_dismissed", tier: "district" });
  expect(end?.said.map(({ words }) => words)).toEqual(["核对无误", "复核无误"]);

  const upheld: Told = ["appeal_upheld", "in_approval", { reason: "证据不足" }];
  const again: Told = ["rejected", "rejected", { reason: "第二次的理由" }, "district"];
  const rejected: Told = ["rejected", "rejected", { reason: "第一次的理由" }, "district"];
  const second = of("rejected", trail(assessed, rejected, appealed, upheld, again));
  expect(second).toMatchObject({ kind: "rejected", said: [{ words: "第二次的理由" }] });
  expect(second?.said).toHaveLength(1);
});

test("a case that was assessed anew is told by the new assessment, without words that belong to the old one", () => {
  const old: Told = ["returned", "needs_information", { reason: "请补户口本" }];
  const anew: Told = ["assessed", "in_acceptance", { assessment: { ...assessment, steps: [] } }];
  const reasons = of("lapsed", trail(assessed, old, anew, ["lapsed", "lapsed"]));
  expect(reasons).toMatchObject({ kind: "lapsed", conditions: [], said: [], tier: null });
  expect(of("lapsed", trail(assessed, old, ["lapsed", "lapsed"]))).toMatchObject({
    said: [{ words: "请补户口本" }],
  });
});

test("withdrawn, lapsed after the bank's refusal, claimed back and paid back have reasons too", () => {
  expect(of("withdrawn", trail(assessed, ["withdrawn", "withdrawn"]))?.kind).toBe("withdrawn");
  expect(of("lapsed", trail(assessed, ["reservation_released", "lapsed"]))?.kind).toBe("lapsed");
  const claimed: Told = ["recovery_claimed", "recovery_due", { reason: "材料未补齐" }];
  expect(of("recovery_due", trail(assessed, claimed))).toMatchObject({
    kind: "recovery_due",
    said: [{ words: "材料未补齐" }],
  });
  const back = trail(assessed, claimed, ["recovered", "closed"]);
  expect(of("closed", back)).toMatchObject({ kind: "recovery_due" });
  const paid = trail(assessed, ["approved", "reserved"], ["closed", "closed"]);
  expect(of("closed", paid)).toMatchObject({ kind: "approved" });
});

test("whatever takes something from somebody is told as a written notice", () => {
  expect(isAdverse("approved")).toBe(false);
  for (const kind of ["lowered", "refused_by_rules", "rejected", "lapsed", "recovery_due"] as const)
    expect(isAdverse(kind)).toBe(true);
});
