import { expect, test } from "vitest";
import { addDuration } from "#infra/local/duration.ts";
import { instant } from "#shared/kernel/calendar.ts";

const from = instant("2026-07-01T00:00:00Z");

test.each([
  ["P5D", "2026-07-06T00:00:00.000Z"],
  ["PT2H", "2026-07-01T02:00:00.000Z"],
  ["PT90M", "2026-07-01T01:30:00.000Z"],
  ["P1DT12H30M15S", "2026-07-02T12:30:15.000Z"],
  ["P2W", "2026-07-15T00:00:00.000Z"],
  ["P1Y2M", "2027-09-01T00:00:00.000Z"],
  [" pt1h ", "2026-07-01T01:00:00.000Z"],
])("%s is added", (duration, expected) => {
  expect(addDuration(from, duration)).toBe(expected);
});

test.each(["", "P", "PT", "5D", "P-1D", "P1.5D", "P1H", "tomorrow", "P99999999D"])(
  "%j is no duration",
  (text) => {
    expect(addDuration(from, text)).toBeNull();
  },
);
