import * as fc from "fast-check";
import { expect, test } from "vitest";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import {
  addDays,
  addMinutes,
  addMonths,
  addWorkingDays,
  daysBetween,
  deadlineAfter,
  instant,
  estimatedYear,
  isWorkingDay,
  lanternFestivalOf,
  localDate,
  localDateOf,
  noAdditions,
  parseLocalDate,
  startOfDay,
  workingDaysBetween,
  yearOf,
} from "#shared/kernel/calendar.ts";

const anyDay = fc
  .integer({ min: 0, max: 365 * 5 })
  .map((days) => addDays(localDate("2024-01-01"), days));

test("10 October 2026, a Saturday, is a make-up working day", () => {
  expect(isWorkingDay(localDate("2026-10-10"))).toBe(true);
});

test("an ordinary Saturday and a day of the National Day week are days off", () => {
  expect(isWorkingDay(localDate("2026-10-17"))).toBe(false);
  expect(isWorkingDay(localDate("2026-10-07"))).toBe(false);
  expect(isWorkingDay(localDate("2026-10-08"))).toBe(true);
});

test("New Year's Day 2027 is a day off, although 2027 is not published", () => {
  expect(estimatedYear(localDate("2026-11-01"))).toBeNull();
  expect(estimatedYear(localDate("2026-11-02"))).toBe(2027);
  expect(estimatedYear(localDate("2027-01-01"))).toBe(2027);
  expect(estimatedYear(localDate("2003-12-31"))).toBe(2003);
  expect(isWorkingDay(localDate("2027-01-01"))).toBe(false);
});

test.each([
  "2027-02-05",
  "2027-02-08",
  "2027-04-05",
  "2027-05-01",
  "2027-06-09",
  "2027-09-15",
  "2027-10-01",
])("in an unpublished year the statutory holiday %s is a day off", (day) => {
  expect(isWorkingDay(localDate(day))).toBe(false);
});

test("in an unpublished year an ordinary Monday is a working day and a Sunday is not", () => {
  expect(isWorkingDay(localDate("2027-03-01"))).toBe(true);
  expect(isWorkingDay(localDate("2027-02-28"))).toBe(false);
});

test("what the policy adds goes before calendar and estimate", () => {
  const additions = {
    holidays: [localDate("2027-02-09")],
    makeUpWorkingDays: [localDate("2027-02-20")],
  };
  expect(isWorkingDay(localDate("2027-02-09"))).toBe(true);
  expect(isWorkingDay(localDate("2027-02-09"), additions)).toBe(false);
  expect(isWorkingDay(localDate("2027-02-20"))).toBe(false);
  expect(isWorkingDay(localDate("2027-02-20"), additions)).toBe(true);
});

test("three working days over the National Day week of 2026 end on the make-up Saturday", () => {
  // 1–7 October are off; 8, 9 and 10 October are worked.
  expect(addWorkingDays(localDate("2026-09-30"), 3)).toBe("2026-10-10");
});

test("no working days after a day is the day itself", () => {
  expect(addWorkingDays(localDate("2026-10-03"), 0)).toBe("2026-10-03");
});

test("a limit of working days lands on a working day, and counting back gives the same number", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, workingDays) => {
      const end = addWorkingDays(day, workingDays);
      expect(isWorkingDay(end)).toBe(true);
      expect(workingDaysBetween(startOfDay(day), startOfDay(end))).toBe(workingDays);
    }),
    { numRuns: 300 },
  );
});

test("a longer limit ends later", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (day, workingDays) => {
      expect(addWorkingDays(day, workingDays) < addWorkingDays(day, workingDays + 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test.each([-1, 401, 1.5])("a time limit of %d working days is refused", (workingDays) => {
  expect(() => addWorkingDays(localDate("2026-07-20"), workingDays)).toThrow(InvariantBroken);
});

test("a deadline is the end of its last day in China", () => {
  // Monday 20 July 2026, 09:00; five working days on is Monday 27 July, which ends at 16:00 UTC.
  const at = instant("2026-07-20T01:00:00.000Z");
  expect(deadlineAfter(at, 5, noAdditions)).toBe("2026-07-27T16:00:00.000Z");
});

test("the day begins at 16:00 UTC of the day before", () => {
  expect(localDateOf(instant("2026-07-19T15:59:59.999Z"))).toBe("2026-07-19");
  expect(localDateOf(instant("2026-07-19T16:00:00.000Z"))).toBe("2026-07-20");
  expect(startOfDay(localDate("2026-07-20"))).toBe("2026-07-19T16:00:00.000Z");
});

test.each(["2026-02-29", "2026-13-01", "2026-2-3", "20260720", "", "2026-07-20T00:00:00Z"])(
  "%j is no calendar day",
  (typed) => {
    expect(parseLocalDate(typed)).toBeNull();
    expect(() => localDate(typed)).toThrow(InvariantBroken);
  },
);

test("an instant is normalised, and nonsense is refused", () => {
  expect(instant("2026-07-20T09:00:00+08:00")).toBe("2026-07-20T01:00:00.000Z");
  expect(() => instant("soon")).toThrow(InvariantBroken);
  expect(addMinutes(instant("2026-07-20T01:00:00.000Z"), 90)).toBe("2026-07-20T02:30:00.000Z");
});

test("days between two days are what one must add to the first", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -1_000, max: 1_000 }), (day, days) => {
      expect(daysBetween(day, addDays(day, days))).toBe(days);
    }),
  );
});

test.each([
  ["2026-03-10", -12, "2025-03-10"],
  ["2028-02-29", -12, "2027-02-28"],
  ["2026-01-31", 1, "2026-02-28"],
  ["2026-11-15", 2, "2027-01-15"],
])("%s and %d months is %s", (day, months, end) => {
  expect(addMonths(localDate(day), months)).toBe(end);
});

test.each([
  [2025, "2025-02-12"],
  [2026, "2026-03-03"],
  [2027, "2027-02-20"],
])("the Lantern Festival of %d is on %s", (year, day) => {
  expect(lanternFestivalOf(year)).toBe(day);
});

test("every year of this half-century has a Lantern Festival within its bounds", () => {
  for (let year = 2000; year < 2050; year += 1) {
    const day = lanternFestivalOf(year);
    expect(yearOf(day)).toBe(year);
    expect(day >= `${year}-02-04` && day <= `${year}-03-06`).toBe(true);
  }
});
