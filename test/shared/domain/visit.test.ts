import { expect, test } from "vitest";
import type { Application, Visit } from "#shared/domain/application.ts";
import {
  findingsMaxLength,
  mayVisit,
  recordVisit,
  visitNotBefore,
  visitProblems,
  type TypedVisit,
  type VisitLimits,
} from "#shared/domain/visit.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

const [ann, bob] = ["ann", "bob"] as StaffId[] as [StaffId, StaffId];
const staffId = "spring-h" as StaffId;
const now = instant("2026-07-22T01:00:00Z");
const handling = { staffId, now, policy: commonPolicy };

const inVerification = (changes: Partial<Application> = {}): Application =>
  aCase(1, {
    status: "in_verification",
    tier: "station",
    atUnitId: "spring" as UnitId,
    decidedBy: {},
    deadlineAt: instant("2026-07-28T16:00:00Z"),
    ...changes,
  });

const typed: TypedVisit = {
  visitedOn: localDate("2026-07-22"),
  staffIds: [ann, bob],
  others: [],
  metWith: "本人",
  findings: "属实",
  confirmed: true,
  papers: 1,
};
const limits: VisitLimits = {
  now,
  notBefore: localDate("2026-07-21"),
  visitorsMin: 2,
  offered: [ann, bob],
};
const visit: Visit = {
  visitedOn: localDate("2026-07-22"),
  staffIds: [ann, bob],
  others: [],
  metWith: "本人",
  findings: "属实",
  confirmed: true,
  paperNumbers: [6],
};

const problems = (changes: Partial<TypedVisit>) => visitProblems({ ...typed, ...changes }, limits);

test("two of the staff, or one and another person, with the signed form: nothing is wrong", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ staffIds: [ann], others: ["王社区"] })).toEqual([]);
});

test.each([
  ["nobody of the staff", { staffIds: [], others: ["甲", "乙"] }, "staff_visitor_required"],
  ["one alone", { staffIds: [ann] }, "visitors_too_few"],
  ["the same one twice", { staffIds: [ann, ann] }, "visitors_too_few"],
  ["somebody who isn't offered", { staffIds: [ann, staffId] }, "visitor_not_offered"],
  ["a name that is a story", { others: ["x".repeat(31)] }, "visitor_name_too_long"],
  ["no paper", { papers: 0 }, "paper_required"],
  ["no day", { visitedOn: null }, "day_required"],
  ["tomorrow", { visitedOn: localDate("2026-07-23") }, "day_in_future"],
  ["before the acceptance", { visitedOn: localDate("2026-07-20") }, "day_too_early"],
  ["nobody met", { metWith: "" }, "met_with_required"],
  ["no findings", { findings: "" }, "findings_required"],
  ["findings without an end", { findings: "x".repeat(findingsMaxLength + 1) }, "findings_too_long"],
  ["no result", { confirmed: null }, "confirmed_required"],
] as const)("a visit with %s: %s", (_what, changes, problem) => {
  expect(problems(changes)).toEqual([problem]);
});

test("on its very limits a visit is good: the day of acceptance, today, the longest findings", () => {
  expect(problems({ visitedOn: localDate("2026-07-21") })).toEqual([]);
  expect(problems({ findings: "x".repeat(findingsMaxLength) })).toEqual([]);
});

test("three visitors where the policy wants three", () => {
  expect(visitProblems(typed, { ...limits, visitorsMin: 3 })).toEqual(["visitors_too_few"]);
  expect(visitProblems({ ...typed, others: ["甲"] }, { ...limits, visitorsMin: 3 })).toEqual([]);
});

test("recorded, the case goes before its base office; neither visitor nor handler may decide it", () => {
  const taken = recordVisit(inVerification({ excluded: [staffId] }), visit, handling);
  expect(taken).toMatchObject({
    kind: "step",
    step: {
      after: {
        status: "in_approval",
        tier: "station",
        excluded: [staffId, ann, bob],
        // What is left of the common limit of visit and initial review.
        deadlineAt: "2026-07-28T16:00:00.000Z",
      },
      event: {
        type: "visited",
        actor: { kind: "staff", staffId },
        detail: { visitedOn: "2026-07-22", confirmed: true, visitors: 2, papers: 1 },
        confidential: { visit },
      },
    },
  });
});

test("a visit that does not bear it out goes on to the initial review, which sees it", () => {
  const taken = recordVisit(inVerification(), { ...visit, confirmed: false }, handling);
  expect(taken).toMatchObject({
    step: { after: { status: "in_approval" }, event: { detail: { confirmed: false } } },
  });
});

test("a late visit leaves the approver the two working days that a stand-in has", () => {
  const late = inVerification({ deadlineAt: monday });
  expect(recordVisit(late, visit, handling)).toMatchObject({
    step: { after: { deadlineAt: "2026-07-24T16:00:00.000Z" } },
  });
});

test("on the fast track the visit is recorded while papers are awaited, which it doesn't end", () => {
  const deadlineAt = instant("2026-08-04T16:00:00Z");
  const awaited = inVerification({
    status: "needs_information",
    fastTrack: "follow_up",
    deadlineAt,
  });
  expect(mayVisit(awaited)).toBe(true);
  expect(recordVisit(awaited, visit, handling)).toMatchObject({
    step: { after: { status: "needs_information", deadlineAt, excluded: [staffId, ann, bob] } },
  });
});

test.each(["in_acceptance", "needs_information", "in_approval", "public_notice", "paid"] as const)(
  "there is no visit of a case that is %s",
  (status) => {
    const application = inVerification({ status });
    expect(mayVisit(application)).toBe(false);
    expect(recordVisit(application, visit, handling).kind).toBe("refused");
  },
);

test("no visit counts from before the acceptance; on the fast track, from before the application", () => {
  const accepted = { type: "accepted", at: instant("2026-07-21T17:00:00Z") } as const;
  expect(visitNotBefore(inVerification(), [accepted])).toBe("2026-07-22");
  expect(visitNotBefore(inVerification(), [])).toBe("2026-07-20");
});
