import { expect, test } from "vitest";
import { seasonOn } from "#shared/domain/season.ts";
import { localDate } from "#shared/kernel/calendar.ts";

const summer = {
  window: (year: number) => ({
    opens: localDate(`${year}-07-01`),
    closes: localDate(`${year}-08-31`),
    supplementsTo: localDate(`${year}-09-15`),
  }),
};

test.each([
  ["2026-06-30", "shut", "2026-07-01"],
  ["2026-09-01", "shut", "2027-07-01"],
  ["2026-12-31", "shut", "2027-07-01"],
])("on %s the season is %s and opens on %s", (day, kind, opens) => {
  expect(seasonOn(summer, localDate(day))).toMatchObject({ kind, opens });
});

test.each(["2026-07-01", "2026-08-31"])("on %s, a first or last day, it is open", (day) => {
  expect(seasonOn(summer, localDate(day))).toMatchObject({ kind: "open" });
});

test("a programme without a season is open all year", () => {
  expect(seasonOn({ window: () => null }, localDate("2026-02-01"))).toEqual({ kind: "all_year" });
});
