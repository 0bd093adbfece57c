import { expect, test } from "vitest";
import type { Desk } from "#functions/serve-desk/frame.ts";
import { dueCounts, isOverdue, leftTag } from "#functions/serve-desk/pages/deadline.ts";
import { instant, localDate, startOfDay, type Instant } from "#shared/kernel/calendar.ts";
import { markupOf } from "#shared/web/html.ts";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import { policyPack } from "#workflows/policy-pack.ts";

const deskAt = (now: Instant, locale: "zh-CN" | "en" = "zh-CN"): Desk =>
  ({ uses: { clock: { now: () => now }, policy: policyPack }, request: { locale } }) as Desk;

/** A limit whose last day this is. */
const endOf = (day: string): Instant => startOfDay(localDate(day));

const monday = instant("2026-07-20T01:00:00Z");
const shown = (deadlineAt: Instant, now = monday, locale: "zh-CN" | "en" = "zh-CN"): string =>
  wordsOf(markupOf(leftTag(deskAt(now, locale), deadlineAt)));

test("working days are counted, not days: over a weekend a limit of Monday has one left on Friday", () => {
  const friday = instant("2026-07-17T01:00:00Z");
  expect(shown(endOf("2026-07-21"), friday)).toBe("还剩1个工作日");
  expect(shown(endOf("2026-07-23"))).toBe("还剩2个工作日");
  expect(shown(endOf("2026-07-23"), monday, "en")).toBe("2 working days left");
});

test("the last day is due today until midnight in China, and late from then on", () => {
  const deadline = endOf("2026-07-21");
  expect(shown(deadline)).toBe("今天到期");
  expect(isOverdue(deskAt(instant("2026-07-20T15:59:59Z")), deadline)).toBe(false);
  expect(isOverdue(deskAt(deadline), deadline)).toBe(true);
  expect(shown(deadline, deadline)).toBe("已超期1个工作日");
  expect(shown(deadline, instant("2026-07-23T01:00:00Z"), "en")).toBe("3 working days late");
});

test("a limit that ended before a weekend is one working day late on Sunday, never none", () => {
  expect(shown(endOf("2026-07-18"), instant("2026-07-19T01:00:00Z"))).toBe("已超期1个工作日");
});

test("counts part what is late, due today, and due until Sunday; what has no limit counts nowhere", () => {
  const days = ["2026-07-18", "2026-07-21", "2026-07-22", "2026-07-27", "2026-07-28"];
  const entries = [...days.map((day) => ({ deadlineAt: endOf(day) })), { deadlineAt: null }];
  expect(dueCounts(entries, monday)).toEqual({ overdue: 1, today: 1, week: 2 });
  const sunday = instant("2026-07-26T01:00:00Z");
  expect(dueCounts([{ deadlineAt: endOf("2026-07-28") }], sunday)).toEqual({
    overdue: 0,
    today: 0,
    week: 0,
  });
});
