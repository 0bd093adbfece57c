import { expect, test } from "vitest";
import { appeal, appealable, appealEnds, refusalOf } from "#shared/domain/appeal.ts";
import type { Actor, EventType, Status } from "#shared/domain/application.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

interface Happened {
  readonly type: EventType;
  readonly to: Status;
  readonly at: typeof monday;
  readonly actor: Actor;
  readonly version: number;
}

const by = (id: string): Actor => ({ kind: "staff", staffId: id as StaffId });
const happened = (version: number, type: EventType, to: Status, actor: Actor = by("east-1")) =>
  ({ version, type, to, at: monday, actor }) satisfies Happened;

const submitted = happened(1, "submitted", "submitted", { kind: "applicant" });
const accepted = happened(2, "accepted", "in_verification", by("handler-1"));
const stationApproved = happened(3, "tier_approved", "in_approval", by("spring-1"));
const rejected = happened(4, "rejected", "rejected");
const refused = [submitted, accepted, stationApproved, rejected];

const rejectedCase = aCase(1, {
  version: 4,
  status: "rejected",
  decidedBy: { station: "spring-1" as StaffId, district: "east-1" as StaffId },
  excluded: ["visitor-1" as StaffId],
  outcomeMailedAt: monday,
});

/** Ten working days from Monday 20 July 2026: until the end of Monday 3 August, 16:00 UTC in China. */
const lastInstant = instant("2026-08-03T15:59:59.999Z");

test("an appeal may be filed for ten working days, to the last millisecond of the last of them and not after", () => {
  expect(appealEnds(monday, commonPolicy)).toBe("2026-08-03T16:00:00.000Z");
  expect(appealable(rejectedCase, refused, lastInstant, commonPolicy)).toEqual({
    kind: "open",
    until: "2026-08-03T16:00:00.000Z",
  });
  const late = instant("2026-08-03T16:00:00.000Z");
  expect(appealable(rejectedCase, refused, late, commonPolicy).kind).toBe("too_late");
  expect(
    appeal({
      application: rejectedCase,
      events: refused,
      words: "x",
      now: late,
      policy: commonPolicy,
    }),
  ).toBeNull();
});

test("it begins a new round without anybody who had a part in the case, and is answered in ten working days", () => {
  const now = addMinutes(monday, 60);
  const step = appeal({
    application: rejectedCase,
    events: refused,
    words: "家庭收入算错了",
    now,
    policy: commonPolicy,
  });

  expect(step).toMatchObject({
    after: {
      status: "under_appeal",
      round: 2,
      tier: "district",
      deadlineAt: "2026-08-03T16:00:00.000Z",
      outcomeMailedAt: null,
      coApprovedBy: [],
    },
    event: {
      type: "appealed",
      actor: { kind: "applicant" },
      confidential: { reason: "家庭收入算错了" },
    },
  });
  expect(step?.after.excluded.toSorted()).toEqual(["east-1", "handler-1", "spring-1", "visitor-1"]);
  expect(JSON.stringify(step?.event.detail)).not.toContain("收入");
});

test("a decision is appealed once: not while it is looked at, not after the dismissal, but anew when others have refused again", () => {
  const appealed = happened(5, "appealed", "under_appeal", { kind: "applicant" });
  const underAppeal = { ...rejectedCase, status: "under_appeal" as const, version: 5 };
  const of = (application: typeof rejectedCase, events: readonly Happened[]) =>
    appealable(application, events, addMinutes(monday, 1), commonPolicy).kind;

  expect(of(underAppeal, [...refused, appealed])).toBe("appealed_before");
  const dismissed = happened(6, "appeal_dismissed", "rejected");
  expect(of({ ...rejectedCase, version: 6 }, [...refused, appealed, dismissed])).toBe(
    "appealed_before",
  );
  const upheld = happened(6, "appeal_upheld", "in_approval");
  const again = happened(7, "rejected", "rejected", by("east-2"));
  expect(of({ ...rejectedCase, version: 7 }, [...refused, appealed, upheld, again])).toBe("open");
});

test("only a refusal can be appealed, and an objection that was upheld is one, unless it is about money paid", () => {
  const now = addMinutes(monday, 1);
  for (const status of ["in_approval", "lapsed", "withdrawn", "paid", "recovery_due"] as const) {
    const application = { ...rejectedCase, status };
    expect(appealable(application, refused, now, commonPolicy).kind, status).toBe("not_refused");
    const asked = { application, events: refused, words: "x", now, policy: commonPolicy };
    expect(appeal(asked), status).toBeNull();
  }
  expect(appealable(rejectedCase, [submitted], now, commonPolicy).kind).toBe("not_refused");
  const objection = happened(4, "objection_upheld", "rejected");
  expect(refusalOf([submitted, objection])).toBe(objection);
  expect(refusalOf([submitted, happened(4, "objection_upheld", "recovery_due")])).toBeNull();
});
