import { expect, test } from "vitest";
import { barUntil, isInForce, lastingBar, parseBarCode, type Bar } from "#shared/domain/bar.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import { applicationIdOf, commonPolicy, monday } from "#test/support/cases.ts";

const bar = (changes: Partial<Bar> = {}): Bar => ({
  person: "person" as BlindIndex,
  from: localDate("2026-07-20"),
  until: localDate("2029-07-20"),
  code: "false_declaration",
  applicationId: applicationIdOf(1),
  setAt: monday,
  setBy: "admin" as StaffId,
  reason: "票据系伪造",
  liftedAt: null,
  liftedBy: null,
  liftReason: "",
  ...changes,
});

test("a false declaration bars for 36 months, first and last day included", () => {
  expect(barUntil(localDate("2026-07-20"), commonPolicy)).toBe("2029-07-20");
  const inForce = (day: string): boolean => isInForce(bar(), localDate(day));
  expect(inForce("2026-07-19")).toBe(false);
  expect(inForce("2026-07-20")).toBe(true);
  expect(inForce("2029-07-20")).toBe(true);
  expect(inForce("2029-07-21")).toBe(false);
});

test("a bar that was lifted counts no longer, and of several the longest is told", () => {
  const on = localDate("2026-08-01");
  const longer = bar({ until: localDate("2030-01-01") });
  expect(lastingBar([bar(), longer], on)).toBe(longer);
  expect(lastingBar([bar(), { ...longer, liftedAt: monday }], on)).toEqual(bar());
  expect(lastingBar([], on)).toBeNull();
});

test("only the causes of the policy can be chosen", () => {
  expect(parseBarCode("false_declaration")).toBe("false_declaration");
  for (const typed of ["", "toString", "because"]) expect(parseBarCode(typed)).toBeNull();
});
