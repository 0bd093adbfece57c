import { expect, test } from "vitest";
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { comparisonNotice } from "#shared/web/comparison-notice.ts";
import { markupOf } from "#shared/web/html.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";

const match: FlaggedMatch = {
  applicationId: applicationIdOf(1),
  programmeId: "golden-autumn",
  period: "2026-2027",
  branch: "<b>邻市</b>总工会",
  foundAt: monday,
  foundBy: "admin" as StaffId,
  closedAt: null,
  closedBy: null,
  outcome: "",
};

test("nothing is shown of a case that no other list has", () => {
  expect(comparisonNotice([], "zh-CN")).toBeNull();
});

test("a match says which branch, and what asking it came to, as text", () => {
  const notice = (matches: readonly FlaggedMatch[], locale: "zh-CN" | "en"): string => {
    const shown = comparisonNotice(matches, locale);
    return shown ? markupOf(shown) : "";
  };
  expect(notice([match], "zh-CN")).toContain("&lt;b&gt;邻市&lt;/b&gt;总工会");
  expect(notice([match], "zh-CN")).toContain("还没有核对结果");
  expect(notice([match], "en")).toContain("Not checked yet");
  const closed = { ...match, closedAt: monday, outcome: "对方没有批准" };
  expect(notice([closed], "zh-CN")).toContain("对方没有批准");
  expect(notice([closed], "zh-CN")).not.toContain("还没有核对结果");
});
