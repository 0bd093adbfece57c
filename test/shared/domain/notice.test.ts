import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, Status } from "#shared/domain/application.ts";
import { transitions } from "#shared/domain/lifecycle.ts";
import {
  noticeEnded,
  noticeEndFrom,
  raiseObjection,
  reviewEnded,
  type NoticeEnd,
} from "#shared/domain/notice.ts";
import {
  addWorkingDays,
  deadlineAfter,
  instant,
  instantOfMs,
  localDate,
  localDateOf,
  msOfInstant,
  startOfDay,
} from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, monday, organisation } from "#test/support/cases.ts";

/** Five working days after Monday 20 July 2026, to the end of the last one in China. */
const noticeEndsAt = instant("2026-07-27T16:00:00Z");
const noticed = aCase(1, {
  status: "public_notice",
  noticeEndsAt,
  deadlineAt: noticeEndsAt,
  atUnitId: null,
  fundId: "central-2026" as FundId,
});
const atBase = aCase(2, {
  status: "public_notice",
  noticeEndsAt,
  deadlineAt: noticeEndsAt,
  tier: "station",
  atUnitId: "spring" as UnitId,
  decidedBy: { station: "spring-1" as StaffId },
});
const after = (ms: number) => instantOfMs(msOfInstant(noticeEndsAt) + ms);
const end = (application: Application, changes: Partial<NoticeEnd> = {}): NoticeEnd => ({
  application,
  notice: { kind: application.fundId === null ? "grass_roots" : "final", endsAt: noticeEndsAt },
  now: noticeEndsAt,
  policy: commonPolicy,
  organisation,
  delivery: null,
  ...changes,
});

test.each([
  ["the final notice", noticed, "reserved"],
  ["the base office's notice", atBase, "in_approval"],
] as const)("%s stands until its last instant, and ends with it", (_what, application, status) => {
  const endedAt = (ms: number) => noticeEnded(end(application, { now: after(ms) }))?.after.status;
  expect(endedAt(-1)).toBeUndefined();
  expect(endedAt(0)).toBe(status);
  expect(endedAt(1)).toBe(status);
});

test("an award is payable after it, with the applicant told at once and ten working days to pay", () => {
  const step = noticeEnded(end(noticed))!;

  expect(step.event).toMatchObject({
    type: "notice_ended",
    from: "public_notice",
    to: "reserved",
    at: noticeEndsAt,
    confidential: null,
  });
  expect(step.after).toEqual({
    ...noticed,
    version: noticed.version + 1,
    status: "reserved",
    since: noticeEndsAt,
    outcomeMailedAt: noticeEndsAt,
    deadlineAt: startOfDay(localDate("2026-08-12")),
  });
});

test("after the base office's notice the district decides within its seven working days, and nobody is told yet", () => {
  const step = noticeEnded(end(atBase))!;

  expect(step.event).toMatchObject({ type: "notice_ended", to: "in_approval", confidential: null });
  expect(step.after).toEqual({
    ...atBase,
    version: atBase.version + 1,
    status: "in_approval",
    since: noticeEndsAt,
    tier: "district",
    atUnitId: "east",
    noticeEndsAt: null,
    // The notice ended with Monday the 27th, at the first instant of Tuesday the 28th.
    deadlineAt: deadlineAfter(noticeEndsAt, 7),
  });
});

test("on the industrial line the bureau comes next, whatever the amount", () => {
  const industrial = {
    ...atBase,
    line: "industrial",
    unitId: "furnace" as UnitId,
    tier: "grass_roots",
    amountFen: yuan(20_000),
  } as const;
  expect(noticeEnded(end(industrial))!.after).toMatchObject({ tier: "bureau", atUnitId: "steel" });
});

test("a notice that was never published, or of another kind, ends nothing", () => {
  expect(noticeEnded(end(noticed, { notice: null }))).toBeNull();
  const stale = { kind: "grass_roots", endsAt: noticeEndsAt } as const;
  expect(noticeEnded(end(noticed, { notice: stale }))).toBeNull();
});

test("what counts is the notice as it was published, not when the decision said it would end", () => {
  const late = { kind: "final", endsAt: after(864e5) } as const;
  expect(noticeEnded(end(noticed, { notice: late, now: after(864e5 - 1) }))).toBeNull();
  expect(noticeEnded(end(noticed, { notice: late, now: after(864e5) }))).not.toBeNull();
});

test("only a case under notice has one to end", () => {
  const statuses = new Set(Object.values(transitions).flatMap(({ from, to }) => [...from, ...to]));
  const ending = [...statuses].filter((status: Status) =>
    noticeEnded(end({ ...noticed, status }, { now: after(1) })),
  );
  expect(ending).toEqual(["public_notice"]);
});

test("law: ended once, it does not end again; and the payment's limit never falls before the policy's", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 * 864e5 }), (lateMs) => {
      const now = after(lateMs);
      const step = noticeEnded(end(noticed, { now }))!;

      expect(noticeEnded(end(step.after, { now }))).toBeNull();
      const lastDay = addWorkingDays(localDateOf(now), commonPolicy.flowClock.payment);
      expect(localDateOf(after(lateMs)) < lastDay).toBe(true);
      expect(step.after.deadlineAt! > startOfDay(lastDay)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("after payment the case is closed when its notice is over, and not while it stands or an objection is open", () => {
  const review = aCase(3, {
    status: "post_review",
    fundId: "union" as FundId,
    deadlineAt: noticeEndsAt,
  });
  const notice = { kind: "after_payment", endsAt: noticeEndsAt } as const;
  const step = reviewEnded({ application: review, notice, now: noticeEndsAt })!;

  expect(step.event).toMatchObject({ type: "closed", from: "post_review", to: "closed" });
  expect(step.after).toMatchObject({ status: "closed", deadlineAt: null });
  expect(reviewEnded({ application: review, notice, now: after(-1) })).toBeNull();
  expect(reviewEnded({ application: review, notice: null, now: noticeEndsAt })).toBeNull();
  const held = { ...review, status: "objection" } as const;
  expect(reviewEnded({ application: held, notice, now: noticeEndsAt })).toBeNull();
});

test("a notice stands its working days in full from when it was published, and never shorter than was decided", () => {
  const endFrom = (publishedAt: string, decided: string | null) =>
    noticeEndFrom(
      instant(publishedAt),
      "final",
      { noticeEndsAt: decided === null ? null : instant(decided) },
      commonPolicy,
    );

  // Published the same Monday: to the end of the next Monday.
  expect(endFrom("2026-07-20T02:00:00Z", "2026-07-27T16:00:00Z")).toBe(noticeEndsAt);
  // Published two days late: two days longer.
  expect(endFrom("2026-07-22T02:00:00Z", "2026-07-27T16:00:00Z")).toBe(
    instant("2026-07-29T16:00:00Z"),
  );
  expect(endFrom("2026-07-20T02:00:00Z", "2026-08-10T16:00:00Z")).toBe(
    instant("2026-08-10T16:00:00Z"),
  );
  // Over the seven days off of National Day 2026 (1 to 7 October) the days don't count: Friday the 9th, the
  // Saturday on which people work in exchange, then Monday to Wednesday.
  expect(endFrom("2026-09-30T02:00:00Z", null)).toBe(startOfDay(localDate("2026-10-14")));
});

test.each(["public_notice", "post_review"] as const)(
  "an objection holds a case in %s, asks anew, and says nothing of who raised it",
  (status) => {
    const taken = raiseObjection({ ...noticed, status }, monday, commonPolicy);
    if (taken.kind === "refused") throw new Error(taken.code);

    expect(taken.step.after).toEqual({
      ...noticed,
      version: noticed.version + 1,
      status: "objection",
      since: monday,
      round: noticed.round + 1,
      deadlineAt: deadlineAfter(monday, 5),
    });
    expect(taken.step.event).toMatchObject({
      type: "objection_raised",
      actor: { kind: "system", task: "serve-applicant" },
      confidential: null,
    });
    expect(Object.keys(taken.step.event.detail)).toEqual(["notice"]);
  },
);

test("what is under no notice can't be objected to", () => {
  for (const status of ["in_approval", "objection", "reserved", "paid", "rejected"] as const) {
    expect(raiseObjection({ ...noticed, status }, monday, commonPolicy).kind).toBe("refused");
  }
});
