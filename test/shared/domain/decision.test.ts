import fc from "fast-check";
import { expect, test } from "vitest";
import type { Application } from "#shared/domain/application.ts";
import type { Decision } from "#shared/domain/approval.ts";
import { eligibleApprovers } from "#shared/domain/approver.ts";
import { decide, tierAbove, type DecisionContext } from "#shared/domain/decision.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import {
  aCase,
  approve,
  commonPolicy,
  deciding,
  monday,
  staff,
  units,
} from "#test/support/cases.ts";

/** The district has this many people, all of whom must agree unless fewer are needed. */
const districtOf = (people: number): Organisation => ({
  units,
  staff: Array.from({ length: people }, (_, index) => staff(`east-${index + 1}`, "east")),
});
const needing = (district: number) => ({
  ...commonPolicy,
  route: { ...commonPolicy.route, approversNeeded: { district } },
});
const stepOf = (decided: ReturnType<typeof decide>) => {
  if (decided.kind !== "step") throw new Error(decided.kind);
  return decided.step;
};

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

test("the base office's approval begins its notice of five working days where the programme posts one", () => {
  const base = aCase(1, { tier: "station", decidedBy: {} });
  const staffId = "spring-1" as StaffId;
  const step = stepOf(decide(deciding(base, { staffId, grassRootsNotice: true })));
  expect(step.event).toMatchObject({ type: "tier_approved", to: "public_notice" });
  expect(step.after).toMatchObject({
    status: "public_notice",
    tier: "station",
    decidedBy: { station: "spring-1" },
    fundId: null,
    // Tuesday 21 July and five working days: through Tuesday 28 July.
    noticeEndsAt: "2026-07-28T16:00:00.000Z",
    deadlineAt: "2026-07-28T16:00:00.000Z",
  });
});

test("the notice is the base office's alone: a tier above passes the case straight up", () => {
  const application = aCase(1, { amountFen: yuan(8_000) });
  const decision = { ...approve, amountFen: yuan(8_000) };
  const step = stepOf(decide(deciding(application, { decision, grassRootsNotice: true })));
  expect(step.after).toMatchObject({ status: "in_approval", tier: "city" });
});

test("where two of a tier must agree, the first leaves the case there, within the same limit", () => {
  const application = aCase(1, { deadlineAt: monday });
  const step = stepOf(decide(deciding(application, { policy: needing(2) })));
  expect(step.event.type).toBe("co_approved");
  expect(step.after).toMatchObject({
    status: "in_approval",
    tier: "district",
    coApprovedBy: ["east-1"],
    decidedBy: { station: "spring-1" },
    deadlineAt: monday,
    fundId: null,
  });
  const second = { staffId: "east-2" as StaffId, policy: needing(2) };
  expect(decide(deciding(step.after, second)).kind).toBe("final_approval");
});

test("the last of several passes the case up; the others may not decide it at another tier", () => {
  const amountFen = yuan(8_000);
  const application = aCase(1, { amountFen, coApprovedBy: ["east-1" as StaffId] });
  const step = stepOf(
    decide(
      deciding(application, {
        staffId: "east-2" as StaffId,
        policy: needing(2),
        decision: { ...approve, amountFen },
      }),
    ),
  );
  expect(step.after).toMatchObject({
    tier: "city",
    decidedBy: { station: "spring-1", district: "east-2" },
    coApprovedBy: [],
    excluded: ["east-1"],
  });
});

test("an amount lowered by the second voids what the first agreed to, who is asked about the new one", () => {
  const application = aCase(1, { coApprovedBy: ["east-1" as StaffId] });
  const policy = needing(2);
  const lowered = { ...approve, amountFen: yuan(4_000), reason: "核减" };
  const step = stepOf(
    decide(deciding(application, { staffId: "east-2" as StaffId, policy, decision: lowered })),
  );
  expect(step.after).toMatchObject({ coApprovedBy: ["east-2"], amountFen: 400_000, excluded: [] });
  const again = { ...approve, amountFen: yuan(4_000) };
  expect(decide(deciding(step.after, { policy, decision: again })).kind).toBe("final_approval");
});

test("any one of several may reject or return; after a return all of them are asked anew", () => {
  const application = aCase(1, { coApprovedBy: ["east-1" as StaffId] });
  const by = (kind: Decision["kind"]) =>
    stepOf(
      decide(
        deciding(application, {
          staffId: "east-2" as StaffId,
          policy: needing(2),
          decision: { ...approve, kind, reason: "理由" },
        }),
      ),
    ).after;
  expect(by("reject")).toMatchObject({
    status: "rejected",
    decidedBy: { district: "east-2" },
    excluded: ["east-1"],
    coApprovedBy: [],
  });
  expect(by("return")).toMatchObject({
    status: "needs_information",
    coApprovedBy: [],
    excluded: [],
  });
});

test("a refusal that the rules recommend is confirmed by one person, however many an award takes", () => {
  const application = aCase(1, { recommendation: "refuse", refusalCode: "X", amountFen: yuan(0) });
  const decision = { ...approve, kind: "confirm_refusal" } as const;
  const step = stepOf(decide(deciding(application, { policy: needing(2), decision })));
  expect(step.after.status).toBe("ineligible");
});

test("N of M: whoever is asked in turn, no person counts twice, and all who count saw the amount paid", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 12, maxLength: 12 }),
      (needed, more, lowerings) => {
        const organisation = districtOf(needed + more);
        let application: Application = aCase(1);
        /** Who agreed to which amount. */
        const agreed: { staffId: StaffId; amountFen: number }[] = [];
        for (const lowering of lowerings) {
          const [next] = eligibleApprovers(organisation, application, "district");
          if (!next) throw new Error("nobody is left, though enough people are there");
          const amountFen = yuan(application.amountFen / 100 - (lowering === 3 ? 100 : 0));
          agreed.push({ staffId: next.id, amountFen });
          const decision = { ...approve, amountFen, reason: "核减" };
          const outcome = decide(
            deciding(application, {
              staffId: next.id,
              decision,
              policy: needing(needed),
              organisation,
            }),
          );
          if (outcome.kind === "final_approval") {
            const people = new Set(
              agreed.filter((one) => one.amountFen === amountFen).map(({ staffId }) => staffId),
            );
            expect(people.size).toBe(needed);
            return;
          }
          application = stepOf(outcome).after;
          expect(new Set(application.coApprovedBy).size).toBe(application.coApprovedBy.length);
        }
      },
    ),
  );
});

test("what is returned in a season is admitted to the season's day for supplements", () => {
  const season = {
    opens: localDate("2026-07-01"),
    closes: localDate("2026-08-31"),
    supplementsTo: localDate("2026-09-15"),
  };
  const decision = { ...approve, kind: "return", reason: "请补充" } as const;
  const until = (changes: Partial<DecisionContext>): unknown => {
    const decided = decide(deciding(aCase(1), { decision, ...changes }));
    return decided.kind === "step" ? decided.step.after.deadlineAt : decided.kind;
  };
  expect(until({ season })).toBe("2026-09-15T16:00:00.000Z");
  expect(until({ season: null })).toBe("2026-08-04T16:00:00.000Z");
});
