import * as fc from "fast-check";
import { expect, test } from "vitest";
import { payableFen, type Application } from "#shared/domain/application.ts";
import { decide, tierAbove } from "#shared/domain/decision.ts";
import { decisionProblem } from "#shared/domain/decision-problem.ts";
import {
  advanceTierAbove,
  baseAdvanceEnds,
  dutyAdvanceEnds,
  fundsForRest,
  goesAhead,
  lateAdvanceEnds,
  papersAtOnce,
  timesOf,
  underDecisionFen,
} from "#shared/domain/fast-track.ts";
import {
  approveFrom,
  approveWithoutFunds,
  reserveWaitingFrom,
} from "#shared/domain/reservation.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, deciding } from "#test/support/cases.ts";

const clock = {
  hoursMax: 24,
  visitWorkingDays: 3,
  fullPapersWorkingDays: 10,
  papersAtOnce: ["event_proof"],
};
const sentAt = instant("2026-07-20T01:00:00Z");
const union = { id: "union" as FundId, code: "UNION" } as const;

/** A case of the fast track before its station: 2,000 of 5,000 at once. */
const advance = (changes: Partial<Application> = {}): Application =>
  aCase(1, {
    programmeId: "emergency",
    tier: "station",
    decidedBy: {},
    fastTrack: "advance",
    advanceFen: yuan(2_000),
    fundOrder: ["UNION", "DONATION"],
    deadlineAt: baseAdvanceEnds(sentAt, clock),
    ...changes,
  });

const decidingAdvance = (application: Application, amountYuan: number, hours = 2) =>
  deciding(application, {
    staffId: "spring-1" as StaffId,
    decision: { kind: "approve", amountFen: yuan(amountYuan), reason: "", minutesNumber: null },
    now: addMinutes(sentAt, hours * 60),
    finalNotice: "after_payment",
    advanceClock: clock,
  });

test("the hours are split: twelve for the base office, twelve for the duty approver, by the wall clock", () => {
  const baseEnds = baseAdvanceEnds(sentAt, clock);
  expect(baseEnds).toBe("2026-07-20T13:00:00.000Z");
  expect(dutyAdvanceEnds(baseEnds, sentAt, clock)).toBe("2026-07-21T01:00:00.000Z");
  // Decided too late: the duty approver still has twelve hours, and the delay is measured.
  const late = instant("2026-07-20T20:00:00Z");
  expect(dutyAdvanceEnds(baseEnds, late, clock)).toBe("2026-07-21T08:00:00.000Z");
  expect(lateAdvanceEnds(late, clock)).toBe("2026-07-21T02:00:00.000Z");
});

test("an advance goes from the base office to whoever decides small awards, and nowhere else", () => {
  const limits = commonPolicy.route;
  const above = (line: "territorial" | "industrial", tier: Application["tier"]) =>
    advanceTierAbove({ line, tier }, limits);
  expect(above("territorial", "station")).toBe("district");
  expect(above("territorial", "district")).toBeNull();
  expect(above("industrial", "grass_roots")).toBe("industrial");
  expect(above("industrial", "bureau")).toBe("industrial");
  expect(above("industrial", "industrial")).toBeNull();
  expect(above("industrial", "city")).toBeNull();
  // 10,000 yuan would go up to the city; its advance doesn't.
  const large = advance({ line: "industrial", tier: "industrial", amountFen: yuan(10_000) });
  expect(tierAbove(large, yuan(10_000), commonPolicy)).toBeNull();
});

test("the base office passes the advance on within its hours, and the award stays as assessed", () => {
  const application = advance();
  const decided = decide(decidingAdvance(application, 2_000));
  expect(decided).toMatchObject({
    kind: "step",
    step: {
      event: { type: "tier_approved", detail: { amountFen: yuan(2_000) } },
      after: {
        status: "in_approval",
        tier: "district",
        fastTrack: "advance",
        amountFen: yuan(5_000),
        advanceFen: yuan(2_000),
        deadlineAt: "2026-07-21T01:00:00.000Z",
        decidedBy: { station: "spring-1" },
      },
    },
  });
});

test("one person of each office decides an advance, also where several must agree to an award", () => {
  const route = { ...commonPolicy.route, approversNeeded: { station: 3, district: 2 } };
  const policy = { ...commonPolicy, route };
  const decided = decide({ ...decidingAdvance(advance(), 2_000), policy });
  expect(decided).toMatchObject({ step: { after: { tier: "district" } } });
});

test("the duty approver's approval sets the advance aside under the first cycle and measures the time", () => {
  const application = advance({ tier: "district", decidedBy: { station: "spring-1" as StaffId } });
  expect(decide(decidingAdvance(application, 1_500, 5))).toEqual({ kind: "final_approval" });

  const approving = approveFrom(decidingAdvance(application, 1_500, 5), union)!;
  expect(approving.step.event).toMatchObject({
    type: "advance_approved",
    detail: { amountFen: yuan(1_500), fundId: "union", minutes: 300 },
  });
  expect(approving.step.after).toMatchObject({
    status: "reserved",
    amountFen: yuan(5_000),
    advanceFen: yuan(1_500),
    noticeEndsAt: null,
  });
  expect(approving.transfer).toMatchObject({
    subject: `${application.id}:1`,
    kind: "reserve",
    amountFen: yuan(1_500),
  });
});

test("short funds: the advance waits, and only its own amount is set aside when money comes", () => {
  const context = decidingAdvance(advance({ tier: "district" }), 2_000);
  const waiting = approveWithoutFunds(context)!.after;
  expect(waiting).toMatchObject({ status: "waiting_for_funds", amountFen: yuan(5_000) });

  const now = addMinutes(sentAt, 30 * 60);
  const share = { fund: union, amountFen: waiting.amountFen, allocationId: null };
  const reserving = reserveWaitingFrom(waiting, share, { ...context, now })!;
  expect(reserving.transfer.amountFen).toBe(yuan(2_000));
  expect(reserving.step.event.detail).toMatchObject({ amountFen: yuan(2_000), minutes: 1_800 });
});

test("an approver may lower the advance with a reason, but never raise it", () => {
  const problem = (amountYuan: number, reason: string) =>
    decisionProblem(
      advance(),
      { kind: "approve", amountFen: yuan(amountYuan), reason, minutesNumber: null },
      "station",
      commonPolicy,
    );
  expect(problem(2_000.01, "")).toBe("amount_above_assessed");
  expect(problem(2_000, "")).toBeNull();
  expect(problem(1_999.99, "")).toBe("reason_required");
  expect(problem(1_999.99, "先解决住宿")).toBeNull();
});

test("returned while its advance was decided, a case goes the ordinary way with approvals of its own", () => {
  const context = decidingAdvance(advance(), 2_000);
  const decision = { ...context.decision, kind: "return", reason: "缺火灾证明" } as const;
  const decided = decide({ ...context, decision });
  expect(decided).toMatchObject({
    step: {
      after: {
        status: "needs_information",
        fastTrack: null,
        advanceFen: null,
        tier: null,
        round: 2,
        decidedBy: {},
      },
    },
  });
});

test("only a first assessment, or one after a correction, that recommends an award goes ahead", () => {
  const award = { recommendation: "approve", advanceFen: yuan(2_000) } as const;
  const first = { fastTrack: null, tier: null, round: 1 } as const;
  expect(goesAhead(first, award)).toBe(true);
  expect(goesAhead({ ...first, fastTrack: "advance", tier: "station" }, award)).toBe(true);
  expect(goesAhead({ ...first, round: 2 }, award)).toBe(false);
  expect(goesAhead({ ...first, tier: "station" }, award)).toBe(false);
  expect(goesAhead({ ...first, fastTrack: "follow_up" }, award)).toBe(false);
  expect(goesAhead(first, { ...award, recommendation: "refuse" })).toBe(false);
  expect(goesAhead(first, { ...award, advanceFen: fen(0) })).toBe(false);
});

/** The advance was paid; papers and visit came, and the district decides finally. */
const followUp = (changes: Partial<Application> = {}): Application =>
  advance({ fastTrack: "follow_up", tier: "district", cycle: 2, round: 2, ...changes });

test("the whole award is decided afterwards, and only the rest is set aside, under the next cycle", () => {
  const application = followUp();
  expect(underDecisionFen(application)).toBe(yuan(5_000));
  const approving = approveFrom(decidingAdvance(application, 5_000), union)!;
  expect(approving.step.event).toMatchObject({
    type: "approved",
    detail: { amountFen: yuan(5_000) },
  });
  expect(approving.step.event.detail).not.toHaveProperty("minutes");
  expect(approving.transfer).toMatchObject({
    subject: `${application.id}:2`,
    amountFen: yuan(3_000),
  });
});

test("an award that the advance was all of has nothing left to pay: its notice begins", () => {
  const decided = decide(decidingAdvance(followUp({ amountFen: yuan(2_000) }), 2_000));
  expect(decided).toMatchObject({
    step: {
      event: { type: "approved" },
      after: { status: "post_review", noticeEndsAt: "2026-07-27T16:00:00.000Z" },
    },
  });
});

test.each([
  ["lowered below the advance", "approve", 1_200, "lowered", 800],
  ["rejected", "reject", 5_000, "rejected", 2_000],
] as const)(
  "an award %s after the advance: what was paid too much comes back",
  (_what, kind, amountYuan, cause, dueYuan) => {
    const context = decidingAdvance(followUp(), amountYuan);
    const decision = { ...context.decision, kind, reason: "核实不符" } as const;
    expect(decide({ ...context, decision })).toMatchObject({
      step: {
        event: { type: "recovery_claimed", detail: { cause, dueFen: yuan(dueYuan) } },
        after: { status: "recovery_due", deadlineAt: null, outcomeMailedAt: null },
      },
    });
  },
);

test("a refusal by the rules that is confirmed after the advance claims it back, at the last tier only", () => {
  const refused = {
    recommendation: "refuse",
    refusalCode: "ER_LOSS_TOO_SMALL",
    amountFen: fen(0),
  } as const;
  const context = (tier: "station" | "district") => {
    const given = decidingAdvance(followUp({ ...refused, tier }), 0);
    return { ...given, decision: { ...given.decision, kind: "confirm_refusal" } as const };
  };
  expect(decide(context("station"))).toMatchObject({
    step: { event: { type: "refusal_confirmed_at_tier" } },
  });
  expect(decide(context("district"))).toMatchObject({
    step: { event: { type: "recovery_claimed", detail: { cause: "refused" } } },
  });
});

test("the rest is paid out of the fund that paid the advance, as long as that can carry the award", () => {
  const paid = { fastTrack: "follow_up", fundOrder: ["UNION"] } as const;
  expect(fundsForRest(paid, ["UNION", "DONATION"])).toEqual(["UNION"]);
  // The Winter Warmth fund can't carry more than 3,000: the award that grew goes on with those that can.
  expect(fundsForRest({ ...paid, fundOrder: ["SWN"] }, ["UNION", "DONATION"])).toEqual([
    "UNION",
    "DONATION",
  ]);
  expect(fundsForRest({ fastTrack: null, fundOrder: ["SWN"] }, ["UNION"])).toEqual(["UNION"]);
});

test("with the form a few papers are asked for, and none is required", () => {
  const paper = (kind: string, required = true) => ({
    kind,
    required,
    title: { zh: kind, en: kind },
  });
  const asked = papersAtOnce([paper("event_proof"), paper("hukou_book"), paper("id_cards")], clock);
  expect(asked).toEqual([paper("event_proof", false)]);
});

test("the middle of the measured times, and the longest", () => {
  expect(timesOf([])).toBeNull();
  expect(timesOf([90])).toEqual({ count: 1, median: 90, worst: 90 });
  expect(timesOf([600, 30, 90])).toEqual({ count: 3, median: 90, worst: 600 });
  expect(timesOf([10, 21, 40, 100])).toEqual({ count: 4, median: 31, worst: 100 });
});

test("law: advance and rest are the award, whatever was assessed, lowered and decided", () => {
  const award = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(award, fc.double({ min: 0.001, max: 1, noNaN: true }), (amount, share) => {
      const amountFen = fen(amount);
      const advanceFen = fen(Math.max(1, Math.floor(amount * share)));
      const first = payableFen({ amountFen, advanceFen, fastTrack: "advance" });
      const rest = payableFen({ amountFen, advanceFen, fastTrack: "follow_up" });
      expect(first + rest).toBe(amount);
      expect(rest).toBeGreaterThanOrEqual(0);
    }),
  );
});
