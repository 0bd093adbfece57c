import { expect, test } from "vitest";
import type { EventType, Status } from "#shared/domain/application.ts";
import { lapse } from "#shared/domain/lapse.ts";
import {
  extendedEnds,
  extensionRefusal,
  extensionStep,
  supplementEnds,
  waitBegan,
} from "#shared/domain/supplement.ts";
import { addMinutes, instant, localDate } from "#shared/kernel/calendar.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

/** Ten working days after Monday 20 July: Monday 3 August is the last. */
const firstDeadline = instant("2026-08-03T16:00:00Z");
/** Ten more: Monday 17 August. */
const secondDeadline = instant("2026-08-17T16:00:00Z");

const asked = aCase(1, { status: "needs_information", deadlineAt: firstDeadline });
const moved = (type: EventType, from: Status, to: Status) => ({ type, from, to });
const returned = moved("returned", "in_acceptance", "needs_information");
const extended = moved("extended", "needs_information", "needs_information");

test("the applicant has ten working days; with a season, not less than to the day it admits supplements to", () => {
  const season = (supplementsTo: string) => ({
    opens: localDate("2026-07-01"),
    closes: localDate("2026-08-31"),
    supplementsTo: localDate(supplementsTo),
  });
  expect(supplementEnds(monday, commonPolicy, null)).toBe(firstDeadline);
  expect(supplementEnds(monday, commonPolicy, season("2026-09-15"))).toBe(
    "2026-09-15T16:00:00.000Z",
  );
  expect(supplementEnds(monday, commonPolicy, season("2026-08-03"))).toBe(firstDeadline);
  expect(supplementEnds(monday, commonPolicy, season("2026-08-04"))).toBe(
    "2026-08-04T16:00:00.000Z",
  );
  // Returned after that day, there are ten working days all the same.
  expect(supplementEnds(monday, commonPolicy, season("2026-07-10"))).toBe(firstDeadline);
});

test("prolonged, there are ten working days more, counted from the last day", () => {
  expect(extendedEnds(firstDeadline, commonPolicy)).toBe(secondDeadline);
  expect(extensionStep(asked, [returned], monday, commonPolicy)).toMatchObject({
    after: { status: "needs_information", deadlineAt: secondDeadline, version: asked.version + 1 },
    event: { type: "extended", actor: { kind: "applicant" }, detail: { until: secondDeadline } },
  });
});

test("once in a wait, and anew in the next; not when the time is over, not when nothing is asked", () => {
  const refusal = (events: readonly (typeof returned)[], now = monday, changes = {}) =>
    extensionRefusal({ ...asked, ...changes }, events, now, commonPolicy);
  expect(refusal([returned])).toBeNull();
  expect(refusal([returned, extended])).toBe("used_up");
  expect(refusal([returned, extended, returned])).toBeNull();
  expect(refusal([returned], addMinutes(firstDeadline, -1))).toBeNull();
  expect(refusal([returned], firstDeadline)).toBe("too_late");
  expect(refusal([], monday, { status: "in_approval" })).toBe("not_asked");
  expect(extensionStep(asked, [returned, extended], monday, commonPolicy)).toBeNull();
});

test("a policy that allows none allows none, one that allows two allows two", () => {
  const allowing = (supplementExtensionsMax: number) => ({
    ...commonPolicy,
    supplementExtensionsMax,
  });
  expect(extensionRefusal(asked, [returned], monday, allowing(0))).toBe("used_up");
  expect(extensionRefusal(asked, [returned, extended], monday, allowing(2))).toBeNull();
});

test("a prolonged case lapses at its new deadline, not at the old one", () => {
  const step = extensionStep(asked, [returned], monday, commonPolicy);
  expect(lapse(step!.after, firstDeadline, commonPolicy)).toBeNull();
  expect(lapse(step!.after, secondDeadline, commonPolicy)?.step.after.status).toBe("lapsed");
});

test("a wait begins with what sent the case to its applicant", () => {
  expect(waitBegan([returned, extended])).toBe(returned);
  expect(waitBegan([])).toBeUndefined();
});
