import { expect, test } from "vitest";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { markupOf } from "#shared/web/html.ts";
import { progressPart } from "#shared/web/progress-part.ts";
import { monday } from "#test/support/cases.ts";

const way = [
  { kind: "submitted", tier: null, state: "done", at: monday },
  { kind: "decision", tier: "district", state: "now", at: addMinutes(monday, 3 * 1440) },
  { kind: "payment", tier: null, state: "ahead", at: null },
] as const;

const shown = (locale: "zh-CN" | "en"): string =>
  markupOf(progressPart(way, locale)!)
    .replaceAll(/<[^>]+>/gu, " ")
    .replaceAll(/\s+/gu, " ");

test("each milestone says whether it is done, and what is under way until when", () => {
  expect(shown("zh-CN")).toMatch(/已完成： ?提交申请 ?2026年7月20日/u);
  expect(shown("zh-CN")).toMatch(/正在办理： ?.*审批 ?最晚2026年7月23日/u);
  expect(shown("en")).toMatch(/Still to come: ?Money to your bank card/u);
  expect(shown("en")).toContain("by 23 July 2026");
});

test("only what is under way is the current step", () => {
  const html = markupOf(progressPart(way, "zh-CN")!);
  expect(html.match(/aria-current="step"/gu)).toHaveLength(1);
  expect(progressPart([], "zh-CN")).toBeNull();
});
