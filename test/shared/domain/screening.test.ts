import { commonPolicies } from "#workflows/policy-pack.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, EventType, Status } from "#shared/domain/application.ts";
import type { Assessment, Category } from "#shared/domain/assessment.ts";
import { type Tier } from "#shared/domain/organisation.ts";
import { assessmentStep, leftFrom, type Screening } from "#shared/domain/screening.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { deadlineAfter, instant } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, organisation } from "#test/support/cases.ts";

const { ladders } = commonPolicies[0]!.figures.route;

const now = instant("2026-07-21T01:00:00Z");

const award: Assessment = {
  programmeId: "golden-autumn",
  policyVersion: "golden-autumn-2025 common-2025 L-2025",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen: yuan(5_000),
  advanceFen: zeroFen,
  fundOrder: ["CENTRAL", "UNION"],
  flags: [],
  steps: [],
};
const refused: Assessment = {
  ...award,
  category: null,
  recommendation: "refuse",
  refusal: { code: "EXCLUDED_PROPERTY", says: { zh: "有两套住房", en: "Two homes" } },
  amountFen: zeroFen,
  fundOrder: [],
};

const sent = aCase(1, {
  status: "submitted",
  tier: null,
  atUnitId: "spring" as UnitId,
  decidedBy: {},
  category: null,
  recommendation: null,
  policyVersion: null,
  amountFen: zeroFen,
  fundOrder: [],
});
/** Approved by the station, returned by the district, given what was asked for. */
const returned = aCase(1, { status: "submitted", amountFen: yuan(5_000) });

const screen = (application: Application, changes: Partial<Screening> = {}) =>
  assessmentStep({
    application,
    assessment: award,
    previous: null,
    left: changes.previous ? "in_approval" : null,
    organisation,
    now,
    policy: commonPolicy,
    advanceClock: null,
    ...changes,
  });

test("a new case goes to the acceptance check with what was assessed, and the whole assessment is kept", () => {
  const { after, event } = screen(sent);

  expect(after).toEqual({
    ...sent,
    version: sent.version + 1,
    status: "in_acceptance",
    since: now,
    tier: "station",
    atUnitId: "spring",
    category: "DEEP",
    recommendation: "approve",
    policyVersion: award.policyVersion,
    amountFen: yuan(5_000),
    fundOrder: ["CENTRAL", "UNION"],
    // Three working days to accept it (policy 8.6): Friday's end.
    deadlineAt: instant("2026-07-24T16:00:00Z"),
  });
  expect(event).toMatchObject({
    type: "assessed",
    actor: { kind: "system", task: "assess-application" },
    detail: { category: "DEEP", code: null, amountFen: yuan(5_000), answersVersion: 1 },
    confidential: { assessment: award },
  });
});

test("on the industrial line the grass-roots union is first", () => {
  const worker = { ...sent, line: "industrial", unitId: "furnace" as UnitId } as const;
  expect(screen(worker).after).toMatchObject({ tier: "grass_roots", atUnitId: "furnace" });
});

test("a refusal is recommended to a person with its code: the rules end no case", () => {
  expect(screen(sent, { assessment: refused }).after).toMatchObject({
    status: "in_acceptance",
    tier: "station",
    recommendation: "refuse",
    refusalCode: "EXCLUDED_PROPERTY",
    amountFen: 0,
    fundOrder: [],
  });
});

test("what comes back unchanged goes on where it left, with what was decided", () => {
  const { after } = screen(returned, { previous: award });

  expect(after).toMatchObject({
    tier: "district",
    atUnitId: "east",
    round: 1,
    decidedBy: { station: "spring-1" },
    amountFen: yuan(5_000),
    deadlineAt: deadlineAfter(now, commonPolicy.flowClock.districtDecision),
  });
});

test("an amount that a tier has lowered stays lowered when the rules say the same again", () => {
  const lowered = { ...returned, amountFen: yuan(4_000) };
  expect(screen(lowered, { previous: award }).after).toMatchObject({
    tier: "district",
    amountFen: yuan(4_000),
    decidedBy: { station: "spring-1" },
  });
});

const another: readonly (readonly [string, Partial<Assessment>])[] = [
  ["a fen less", { amountFen: fen(499_999) }],
  ["a fen more", { amountFen: fen(500_001) }],
  ["another category", { category: "RELATIVE" }],
  ["a refusal", refused],
];

test.each(another)(
  "comes back with %s: every tier sees it anew, from the first",
  (_what, changes) => {
    const assessment = { ...award, ...changes };
    const { after } = screen(returned, { previous: award, assessment });

    expect(after).toMatchObject({
      tier: "station",
      atUnitId: "spring",
      round: 2,
      decidedBy: {},
      amountFen: assessment.amountFen,
    });
  },
);

test("a refusal for another reason is another assessment", () => {
  const before = { ...returned, recommendation: "refuse", refusalCode: "GA_OUT" } as const;
  const previous = {
    ...refused,
    refusal: { ...refused.refusal!, code: "GA_OUT" },
  };
  expect(screen(before, { previous, assessment: refused }).after.tier).toBe("station");
  expect(screen(before, { previous: refused, assessment: refused }).after.tier).toBe("district");
});

test("returned by the first tier and now worth more, the case asks for what it is worth now", () => {
  const first = { ...returned, tier: "station", decidedBy: {}, amountFen: yuan(3_000) } as const;
  const previous = { ...award, amountFen: yuan(3_000) };
  expect(screen(first, { previous }).after).toMatchObject({
    tier: "station",
    amountFen: yuan(5_000),
  });
});

test("an edit that voided the approvals has opened its round already", () => {
  const edited = { ...sent, round: 2 };
  expect(screen(edited).after).toMatchObject({ tier: "station", round: 2, decidedBy: {} });
});

test.each([
  ["in_acceptance", "2026-07-24T16:00:00.000Z"],
  ["in_verification", "2026-07-28T16:00:00.000Z"],
] as const)(
  "returned while %s and unchanged, it goes on there, with the step's whole time again",
  (left, deadlineAt) => {
    const handled = { ...returned, tier: "station", decidedBy: {} } as const;
    expect(screen(handled, { previous: award, left }).after).toMatchObject({
      status: left,
      tier: "station",
      atUnitId: "spring",
      round: 1,
      deadlineAt,
    });
  },
);

test("returned by a handler and worth another amount, it is accepted anew; no approval was void", () => {
  const handled = { ...returned, tier: "station", decidedBy: {}, amountFen: yuan(3_000) } as const;
  const previous = { ...award, amountFen: yuan(3_000) };
  expect(screen(handled, { previous, left: "in_verification" }).after).toMatchObject({
    status: "in_acceptance",
    round: 1,
    amountFen: yuan(5_000),
  });
});

test("an applicant's own correction begins again with the acceptance check, also when nothing came out otherwise", () => {
  const corrected = { ...returned, tier: null, round: 2, decidedBy: {} };
  expect(screen(corrected, { previous: award, left: null }).after).toMatchObject({
    status: "in_acceptance",
    tier: "station",
    round: 2,
    decidedBy: {},
  });
});

const moved = (type: EventType, from: Status, to: Status) => ({ type, from, to });
const cameBack = moved("information_given", "needs_information", "submitted");

test.each([
  ["in_acceptance", moved("returned", "in_acceptance", "needs_information")],
  ["in_verification", moved("returned", "in_verification", "needs_information")],
  ["in_approval", moved("returned", "in_approval", "needs_information")],
  [null, moved("advance_paid", "batched", "needs_information")],
  [null, moved("appeal_upheld", "under_appeal", "needs_information")],
] as const)("where a case left: %s", (left, asked) => {
  const sentFirst = moved("submitted", "draft", "submitted");
  const extended = moved("extended", "needs_information", "needs_information");
  expect(leftFrom([sentFirst, asked, extended, cameBack])).toBe(left);
  const corrected = moved("corrected", "in_acceptance", "submitted");
  expect(leftFrom([sentFirst, asked, cameBack, corrected])).toBeNull();
  expect(leftFrom([sentFirst])).toBeNull();
});

test("only a case that was sent is assessed, at an office that stands on its ladder", () => {
  expect(() => screen({ ...sent, status: "draft" })).toThrow(InvariantBroken);
  expect(() => screen({ ...sent, status: "in_approval" })).toThrow(InvariantBroken);
  expect(() => screen({ ...sent, unitId: null })).toThrow(InvariantBroken);
  expect(() => screen({ ...sent, unitId: "nowhere" as UnitId })).toThrow(InvariantBroken);
});

const anyAward = fc.record({
  amountFen: fc.constantFrom<Fen>(yuan(3_000), yuan(5_000), yuan(12_744)),
  category: fc.constantFrom<Category>("DEEP", "RELATIVE", "TEMPORARY"),
});
const anyCase = fc.record({
  tier: fc.constantFrom<Tier | null>(null, ...ladders.territorial),
  loweredFen: fc.constantFrom<Fen>(zeroFen, yuan(1_000)),
});

test("law: never is more paid than the rules say, and nobody above has decided before those below", () => {
  fc.assert(
    fc.property(anyCase, anyAward, anyAward, ({ tier, loweredFen }, earlier, later) => {
      const ladder = ladders.territorial;
      const below = tier === null ? [] : ladder.slice(0, ladder.indexOf(tier));
      const decidedBy = Object.fromEntries(below.map((one) => [one, `${one}-1` as StaffId]));
      const application = {
        ...returned,
        tier,
        decidedBy,
        category: earlier.category,
        amountFen: fen(earlier.amountFen - loweredFen),
      };
      const { after } = screen(application, {
        previous: tier === null ? null : { ...award, ...earlier },
        assessment: { ...award, ...later },
      });

      expect(after.amountFen).toBeLessThanOrEqual(later.amountFen);
      const reached = ladder.indexOf(after.tier!);
      expect(Object.keys(after.decidedBy)).toEqual(ladder.slice(0, reached));
      const same = earlier.amountFen === later.amountFen && earlier.category === later.category;
      if (!same) expect(after).toMatchObject({ tier: "station", amountFen: later.amountFen });
    }),
    { numRuns: 300 },
  );
});
