import { expect, test } from "vitest";
import { instant } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { markupOf } from "#shared/web/html.ts";
import { nearPart } from "#shared/web/near-part.ts";

const found = {
  subject: "HF00000001",
  shares: ["card", "phone"] as const,
  maskedName: "王*",
  settled: null,
};

const settled = {
  one: "a" as BlindIndex,
  other: "b" as BlindIndex,
  by: "ST1" as StaffId,
  at: instant("2026-07-20T01:00:00Z"),
  reason: "母子<共用>",
};

test("it says who shares what, and whether somebody has looked into it", () => {
  const names = new Map([["ST1", "柳知夏"]]);
  const open = nearPart({ found: [found], names, locale: "zh-CN" });
  if (!open) throw new Error("something is there");
  expect(markupOf(open)).toContain("银行卡相同、电话相同");
  expect(markupOf(open)).toContain("请核实");
  const done = nearPart({ found: [{ ...found, settled }], names, locale: "en" });
  if (!done) throw new Error("something is there");
  expect(markupOf(done)).toContain("not a duplicate");
  expect(markupOf(done)).toContain("柳知夏");
  expect(markupOf(done)).toContain("母子&lt;共用&gt;");
});

test("nothing is shown where nothing is shared", () => {
  expect(nearPart({ found: [], names: new Map(), locale: "en" })).toBeNull();
});
