import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Status } from "#shared/domain/application.ts";
import { noticeEnded } from "#shared/domain/notice.ts";
import { transitions } from "#shared/domain/lifecycle.ts";
import { addWorkingDays, instant, instantOfMs, localDateOf } from "#shared/kernel/calendar.ts";
import { localDate, msOfInstant, startOfDay } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { aCase, commonPolicy } from "#test/support/cases.ts";

/** Five working days after Monday 20 July 2026, to the end of the last one in China. */
const noticeEndsAt = instant("2026-07-27T16:00:00Z");
const noticed = aCase(1, {
  status: "public_notice",
  noticeEndsAt,
  deadlineAt: noticeEndsAt,
  atUnitId: null,
  fundId: "central-2026" as FundId,
});
const after = (ms: number) => instantOfMs(msOfInstant(noticeEndsAt) + ms);

test("a notice stands until its last instant, and ends with it", () => {
  expect(noticeEnded(noticed, after(-1), commonPolicy)).toBeNull();
  expect(noticeEnded(noticed, noticeEndsAt, commonPolicy)?.after.status).toBe("reserved");
  expect(noticeEnded(noticed, after(1), commonPolicy)?.after.status).toBe("reserved");
});

test("an award is payable after it, with the applicant told at once and ten working days to pay", () => {
  const step = noticeEnded(noticed, noticeEndsAt, commonPolicy)!;

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

test("only a case under notice has one to end", () => {
  const statuses = new Set(Object.values(transitions).flatMap(({ from, to }) => [...from, ...to]));
  const ending = [...statuses].filter((status: Status) =>
    noticeEnded({ ...noticed, status }, after(1), commonPolicy),
  );
  expect(ending).toEqual(["public_notice"]);
  expect(noticeEnded({ ...noticed, noticeEndsAt: null }, after(1), commonPolicy)).toBeNull();
});

test("law: ended once, it does not end again; and the payment's limit never falls before the policy's", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 * 864e5 }), (lateMs) => {
      const now = after(lateMs);
      const step = noticeEnded(noticed, now, commonPolicy)!;

      expect(noticeEnded(step.after, now, commonPolicy)).toBeNull();
      const lastDay = addWorkingDays(localDateOf(now), commonPolicy.flowClock.payment);
      expect(localDateOf(after(lateMs)) < lastDay).toBe(true);
      expect(step.after.deadlineAt! > startOfDay(lastDay)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
