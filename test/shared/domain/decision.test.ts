import { expect, test } from "vitest";
import {
  approveFrom,
  approveWithoutFunds,
  decide,
  decisionProblem,
  reserveWaitingFrom,
  tierAbove,
} from "#shared/domain/decision.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, approve, commonPolicy, deciding } from "#test/support/cases.ts";

const fundId = "central-2026" as FundId;
const central = { id: fundId, code: "CENTRAL" } as const;

test("the district decides finally up to 5,000.00 inclusive; one fen more goes to the city", () => {
  expect(tierAbove(aCase(1), yuan(5_000), commonPolicy)).toBeNull();
  expect(tierAbove(aCase(1), yuan(5_000.01), commonPolicy)).toBe("city");
});

test("a station's approval passes the case up with the district's own limit of seven working days", () => {
  const decided = decide(
    deciding(aCase(1, { tier: "station", decidedBy: {} }), { staffId: "spring-1" as StaffId }),
  );
  if (decided.kind !== "step") throw new Error(decided.kind);
  expect(decided.step.after).toMatchObject({
    status: "in_approval",
    tier: "district",
    atUnitId: "east",
    decidedBy: { station: "spring-1" },
    // Tuesday 21 July and seven working days: through Thursday 30 July in China.
    deadlineAt: "2026-07-30T16:00:00.000Z",
  });
});

test("an amount lowered by the district to its own limit ends there instead of at the city", () => {
  const application = aCase(1, { amountFen: yuan(10_600) });
  const lowered = { ...approve, amountFen: yuan(5_000), reason: "核减" };
  expect(decide(deciding(application, { decision: lowered })).kind).toBe("final_approval");
  const whole = decide(
    deciding(application, { decision: { ...approve, amountFen: yuan(10_600) } }),
  );
  expect(whole).toMatchObject({ kind: "step", step: { after: { tier: "city" } } });
});

test("the last approval reserves exactly what was approved, and the notice of five working days begins", () => {
  const approving = approveFrom(deciding(aCase(1)), central);
  expect(approving?.step.after).toMatchObject({
    status: "public_notice",
    fundId,
    fundOrder: ["CENTRAL"],
    amountFen: 500_000,
    // Tuesday 21 July and five working days: through Tuesday 28 July.
    noticeEndsAt: "2026-07-28T16:00:00.000Z",
  });
  expect(approving?.transfer).toMatchObject({ kind: "reserve", amountFen: 500_000, fundId });
});

test("without a notice before payment the award is payable at once, within ten working days", () => {
  const approving = approveFrom(deciding(aCase(1), { finalNotice: "none" }), central);
  expect(approving?.step.after).toMatchObject({
    status: "reserved",
    noticeEndsAt: null,
    deadlineAt: "2026-08-04T16:00:00.000Z",
  });
});

test("an approval that no fund can pay is recorded, and reserves nothing until money comes", () => {
  const step = approveWithoutFunds(deciding(aCase(1)));
  expect(step?.after).toMatchObject({ status: "waiting_for_funds", fundId: null });
  const now = instant("2026-08-03T01:00:00Z");
  const reserving = reserveWaitingFrom(step!.after, central, now, "none", commonPolicy);
  expect(reserving).toMatchObject({
    step: { after: { status: "reserved", fundId } },
    transfer: { kind: "reserve", amountFen: 500_000 },
  });
});

test("a recommended refusal is confirmed at the station and takes effect at the district", () => {
  const refused = { recommendation: "refuse", refusalCode: "X", amountFen: yuan(0) } as const;
  const decision = { ...approve, kind: "confirm_refusal" } as const;
  const first = decide(deciding(aCase(1, { ...refused, tier: "station" }), { decision }));
  expect(first).toMatchObject({ step: { after: { status: "in_approval", tier: "district" } } });
  const last = decide(deciding(aCase(1, refused), { decision }));
  expect(last).toMatchObject({ step: { after: { status: "ineligible" } } });
});

test("a return stops the clock for ten working days and keeps the tier it came from", () => {
  const returned = decide(
    deciding(aCase(1), { decision: { ...approve, kind: "return", reason: "缺少缴费票据" } }),
  );
  expect(returned).toMatchObject({
    step: {
      after: {
        status: "needs_information",
        tier: "district",
        deadlineAt: "2026-08-04T16:00:00.000Z",
      },
      event: { confidential: { reason: "缺少缴费票据" } },
    },
  });
});

test("what an approver types is refused with its own reason", () => {
  const check = (changes: Partial<typeof approve>, application = aCase(1)) =>
    decisionProblem(application, { ...approve, ...changes }, application.tier!, commonPolicy);
  expect(check({})).toBeNull();
  expect(check({ amountFen: yuan(5_000.01) })).toBe("amount_above_assessed");
  expect(check({ amountFen: yuan(0) })).toBe("amount_not_valid");
  expect(check({ amountFen: yuan(4_000) })).toBe("reason_required");
  expect(check({ amountFen: yuan(4_000), reason: "核减" })).toBeNull();
  expect(check({ kind: "return" })).toBe("reason_required");
  expect(check({ kind: "confirm_refusal" })).toBe("decision_not_offered");
  expect(check({ reason: "长".repeat(501) })).toBe("reason_too_long");
});

test("above 10,000.00 the city names its minutes; at 10,000.00 it need not", () => {
  const city = (amount: number) =>
    decisionProblem(
      aCase(1, { tier: "city", amountFen: yuan(amount) }),
      { ...approve, amountFen: yuan(amount) },
      "city",
      commonPolicy,
    );
  expect(city(10_000)).toBeNull();
  expect(city(10_000.01)).toBe("minutes_required");
});
