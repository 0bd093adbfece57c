import { expect, test } from "vitest";
import { livingStandards } from "#workflows/policy-pack.ts";
import {
  dayInYear,
  inForce,
  livingStandardOn,
  seasonFigures,
  windowState,
  type Dated,
} from "#shared/domain/policy.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";

const entries: readonly Dated<string>[] = [
  { version: "one", effectiveFrom: localDate("2025-01-01"), figures: "first" },
  { version: "two", effectiveFrom: localDate("2026-07-01"), figures: "second" },
];

test("what was in force on a day decides, from its first day on", () => {
  expect(inForce(entries, localDate("2025-01-01")).version).toBe("one");
  expect(inForce(entries, localDate("2026-06-30")).version).toBe("one");
  expect(inForce(entries, localDate("2026-07-01")).version).toBe("two");
});

test("before the first entry nothing is in force", () => {
  expect(() => inForce(entries, localDate("2024-12-31"))).toThrow(PolicyNotConfirmed);
});

test("L is given for confirmed years and refused for others", () => {
  expect(livingStandardOn(livingStandards, localDate("2026-12-31"))).toBe(yuan(1_062));
  expect(livingStandardOn(livingStandards, localDate("2027-12-31"))).toBe(yuan(1_062));
  expect(() => livingStandardOn(livingStandards, localDate("2028-01-01"))).toThrow(
    PolicyNotConfirmed,
  );
});

test("a window is open from its first day to its last", () => {
  const window = {
    opens: localDate("2026-07-01"),
    closes: localDate("2026-08-31"),
    supplementsTo: localDate("2026-09-15"),
  };
  expect(windowState(window, localDate("2026-06-30"))).toBe("not_yet_open");
  expect(windowState(window, localDate("2026-07-01"))).toBe("open");
  expect(windowState(window, localDate("2026-08-31"))).toBe("open");
  expect(windowState(window, localDate("2026-09-01"))).toBe("closed");
});

test("a season keeps its figures when next season's are entered", () => {
  const season = (effectiveFrom: string, closes: string) => ({
    version: effectiveFrom,
    effectiveFrom: localDate(effectiveFrom),
    figures: { window: { opens: "07-01", closes } },
  });
  const seasons = [season("2025-01-01", "08-31"), season("2026-09-01", "08-20")];
  expect(seasonFigures(seasons, 2026).window.closes).toBe("08-31");
  expect(seasonFigures(seasons, 2027).window.closes).toBe("08-20");
  expect(() => seasonFigures(seasons, 2024)).toThrow(PolicyNotConfirmed);
});

test("a month and day that a year lacks is refused", () => {
  expect(dayInYear(2026, "12-31")).toBe("2026-12-31");
  expect(() => dayInYear(2026, "02-29")).toThrow(InvariantBroken);
});
