import { expect, test } from "vitest";
import type { Application, CaseEvent, Status } from "#shared/domain/application.ts";
import type { DecisionKind } from "#shared/domain/approval.ts";
import { offeredDecisions } from "#shared/domain/decision-problem.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import {
  decideReview,
  isReviewed,
  reviewedFrom,
  whoReviews,
  type Reviewed,
} from "#shared/domain/review.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, approve, commonPolicy, organisation, units } from "#test/support/cases.ts";

type Happened = Pick<CaseEvent, "type" | "from" | "actor">;
const by = (staffId: string): CaseEvent["actor"] => ({
  kind: "staff",
  staffId: staffId as StaffId,
});
const raised = (from: Status): Happened => ({
  type: "objection_raised",
  from,
  actor: { kind: "system", task: "serve-applicant" },
});
const appealed = (from: Status): Happened => ({
  type: "appealed",
  from,
  actor: { kind: "applicant" },
});

const asked = (
  changes: Partial<Application>,
  events: readonly Happened[] = [],
  organisationNow: Organisation = organisation,
  avoid: readonly StaffId[] = [],
) =>
  whoReviews({
    application: aCase(1, changes),
    events,
    organisation: organisationNow,
    policy: commonPolicy,
    today: localDate("2026-07-21"),
    avoid,
  })?.staff.id;

const objection = { status: "objection", tier: "station" } as const;

test("an objection is answered by somebody of the notice's own office, who decided nothing of the case", () => {
  expect(asked(objection)).toBe("spring-2");
  expect(asked({ ...objection, decidedBy: {}, excluded: ["spring-1" as StaffId] })).toBe(
    "spring-2",
  );
});

test("with nobody untouched there, the offices above are asked in turn, the city last", () => {
  const excluded = ["spring-2", "east-1"] as unknown as StaffId[];
  expect(asked({ ...objection, excluded })).toBe("east-2");
  expect(
    asked({ ...objection, excluded }, [{ ...raised("public_notice"), actor: by("east-2") }]),
  ).toBe("city-1");
  const all = organisation.staff.map(({ id }) => id);
  expect(asked({ ...objection, excluded: all })).toBeUndefined();
  expect(asked(objection, [], { units, staff: [] })).toBeUndefined();
});

test("an appeal is answered above the tier that decided finally; against the city, by others of the city", () => {
  const appeal = { status: "under_appeal", decidedBy: { district: "east-1" as StaffId } } as const;
  expect(asked(appeal)).toBe("city-1");
  const ofCity = {
    ...appeal,
    tier: "city",
    decidedBy: { city: "city-1" as StaffId },
  } as const;
  expect(asked(ofCity)).toBe("city-2");
  expect(asked(appeal, [], organisation, ["city-1" as StaffId])).toBe("city-2");
});

const now = instant("2026-07-21T01:00:00Z");
const review = (
  application: Application,
  kind: DecisionKind,
  events: readonly Happened[],
): Reviewed | null =>
  decideReview({
    application,
    events,
    staffId: "city-9" as StaffId,
    decision: { ...approve, kind, reason: "书面答复" },
    now,
    policy: commonPolicy,
    organisation,
    season: null,
  });

const fundId = "central" as FundId;
const noticeEndsAt = instant("2026-07-28T16:00:00Z");
/** Approved finally, its money set aside, and somebody objects during the notice. */
const held = (changes: Partial<Application> = {}) =>
  aCase(1, { status: "objection", fundId, noticeEndsAt, atUnitId: null, round: 2, ...changes });

test("an objection upheld refuses the award and gives its money back; the claim is free again", () => {
  const upheld = review(held(), "uphold", [raised("public_notice")]);
  expect(upheld).toMatchObject({
    claims: "release",
    transfer: { kind: "release", subject: "SN0000000001:1", amountFen: 500_000, fundId },
    step: {
      event: {
        type: "objection_upheld",
        to: "rejected",
        actor: by("city-9"),
        confidential: { reason: "书面答复" },
      },
      after: {
        fundId: null,
        cycle: 2,
        deadlineAt: null,
        noticeEndsAt: null,
        outcomeMailedAt: null,
        excluded: ["city-9"],
      },
    },
  });
});

test("at the base office's notice nothing is set aside yet, and nothing moves", () => {
  const upheld = review(held({ fundId: null, tier: "station" }), "uphold", [
    raised("public_notice"),
  ]);
  expect(upheld?.step.after.status).toBe("rejected");
  expect(upheld?.transfer).toBeUndefined();
});

test("what was paid already is owed back: all of it after payment, an advance before the rest is paid", () => {
  const paid = review(held(), "uphold", [raised("post_review")]);
  expect(paid).toMatchObject({
    claims: "keep",
    step: { after: { status: "recovery_due", fundId } },
  });
  expect(paid?.transfer).toBeUndefined();
  const advanced = { fastTrack: "follow_up", advanceFen: yuan(2_000), cycle: 2 } as const;
  const rest = review(held(advanced), "uphold", [raised("public_notice")]);
  expect(rest).toMatchObject({
    claims: "keep",
    transfer: { kind: "release", subject: "SN0000000001:2", amountFen: 300_000 },
    step: { after: { status: "recovery_due", fundId: null, cycle: 3 } },
  });
});

test("an objection dismissed lets the notice stand to its old end, whichever notice it was", () => {
  for (const from of ["public_notice", "post_review"] as const) {
    const dismissed = review(held(), "dismiss", [raised(from)]);
    expect(dismissed).toMatchObject({
      claims: "keep",
      step: {
        event: { type: "objection_dismissed" },
        after: { status: from, noticeEndsAt, deadlineAt: noticeEndsAt, fundId, cycle: 1 },
      },
    });
    expect(dismissed?.transfer).toBeUndefined();
  }
});

/** Rejected by the district, and the applicant appeals. */
const refused = (changes: Partial<Application> = {}) =>
  aCase(1, {
    status: "under_appeal",
    round: 2,
    decidedBy: { station: "spring-1" as StaffId, district: "east-1" as StaffId },
    atUnitId: null,
    outcomeMailedAt: now,
    ...changes,
  });

test("an appeal upheld goes back before the tier that refused, where others decide; its claims are taken again", () => {
  const upheld = review(refused(), "uphold", [appealed("rejected")]);
  expect(upheld).toMatchObject({
    claims: "retake",
    step: {
      event: { type: "appeal_upheld" },
      after: {
        status: "in_approval",
        tier: "district",
        atUnitId: "east",
        round: 2,
        decidedBy: { station: "spring-1" },
        excluded: ["east-1", "city-9"],
        outcomeMailedAt: null,
        // Tuesday 21 July and seven working days: through Thursday 30 July.
        deadlineAt: "2026-07-30T16:00:00.000Z",
      },
    },
  });
  expect(upheld?.step.after.decidedBy.district).toBeUndefined();
});

test("an appeal upheld against what the rules refuse asks the applicant for what the reviewer names", () => {
  const application = refused({
    recommendation: "refuse",
    refusalCode: "X",
    amountFen: zeroFen,
  });
  const upheld = review(application, "uphold", [appealed("ineligible")]);
  expect(upheld).toMatchObject({
    claims: "retake",
    step: {
      after: {
        status: "needs_information",
        // Tuesday 21 July and ten working days: through Tuesday 4 August.
        deadlineAt: "2026-08-04T16:00:00.000Z",
        excluded: ["east-1", "city-9"],
      },
      event: { confidential: { reason: "书面答复" } },
    },
  });
});

test("an appeal dismissed leaves the refusal that it was, and the applicant is told", () => {
  for (const from of ["ineligible", "rejected"] as const) {
    expect(review(refused(), "dismiss", [appealed(from)])).toMatchObject({
      claims: "keep",
      step: {
        event: { type: "appeal_dismissed" },
        after: { status: from, deadlineAt: null, outcomeMailedAt: null },
      },
    });
  }
});

test("a review has two answers; a tier's decisions are none, and a case not under review has no answer", () => {
  expect(offeredDecisions(held())).toEqual(["uphold", "dismiss"]);
  expect(offeredDecisions(refused())).toEqual(["uphold", "dismiss"]);
  expect(review(held(), "approve", [raised("public_notice")])).toBeNull();
  expect(review(aCase(1), "uphold", [])).toBeNull();
  expect(isReviewed("in_approval")).toBe(false);
  expect(reviewedFrom([])).toBeNull();
});
