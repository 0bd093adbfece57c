import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { mayBeDelivered, paymentDeadline, seasonOfCase, seasonOn } from "#shared/domain/season.ts";
import { instant, localDate, localDateOf } from "#shared/kernel/calendar.ts";
import { commonPolicy } from "#test/support/cases.ts";

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
  expect(seasonOn(summer, localDate(day), policyPack)).toMatchObject({ kind, opens });
});

test.each(["2026-07-01", "2026-08-31"])("on %s, a first or last day, it is open", (day) => {
  expect(seasonOn(summer, localDate(day), policyPack)).toMatchObject({ kind: "open" });
});

test("a programme without a season is open all year", () => {
  expect(seasonOn({ window: () => null }, localDate("2026-02-01"), policyPack)).toEqual({
    kind: "all_year",
  });
});

// Midnight in Shanghai is 16:00 of the day before in UTC.
test.each([
  ["2026-06-30T15:59:59.999Z", "shut"],
  ["2026-06-30T16:00:00.000Z", "open"],
  ["2026-08-31T15:59:59.999Z", "open"],
  ["2026-08-31T16:00:00.000Z", "shut"],
])("at %s, a moment before or after midnight in Shanghai, the season is %s", (at, kind) => {
  expect(seasonOn(summer, localDateOf(instant(at)), policyPack)).toMatchObject({ kind });
});

test("a case belongs to the season in which it was sent, in China's year", () => {
  const opens = (at: string) => seasonOfCase(summer, instant(at), policyPack)?.opens;
  expect(opens("2026-08-31T15:59:59Z")).toBe("2026-07-01");
  expect(opens("2026-12-31T15:59:59Z")).toBe("2026-07-01");
  expect(opens("2026-12-31T16:00:00Z")).toBe("2027-07-01");
  expect(
    seasonOfCase({ window: () => null }, instant("2026-08-31T00:00:00Z"), policyPack),
  ).toBeNull();
});

const payBy = { from: null, by: localDate("2026-09-30") };

test("money is due within ten working days, but never after the programme's last day", () => {
  expect(paymentDeadline(instant("2026-07-20T01:00:00Z"), commonPolicy, payBy)).toBe(
    "2026-08-03T16:00:00.000Z",
  );
  expect(paymentDeadline(instant("2026-09-24T01:00:00Z"), commonPolicy, payBy)).toBe(
    "2026-09-30T16:00:00.000Z",
  );
  expect(paymentDeadline(instant("2026-07-20T01:00:00Z"), commonPolicy, null)).toBe(
    "2026-08-03T16:00:00.000Z",
  );
});

test("money that may not leave yet is due ten working days after the first day on which it may", () => {
  const winter = { from: localDate("2026-12-16"), by: localDate("2027-02-20") };
  // Wednesday 16 December and ten working days: 30 December.
  expect(paymentDeadline(instant("2026-11-30T01:00:00Z"), commonPolicy, winter)).toBe(
    "2026-12-30T16:00:00.000Z",
  );
  expect(mayBeDelivered(localDate("2026-12-15"), winter)).toBe(false);
  expect(mayBeDelivered(localDate("2026-12-16"), winter)).toBe(true);
  expect(mayBeDelivered(localDate("2026-01-01"), payBy)).toBe(true);
  expect(mayBeDelivered(localDate("2026-01-01"), null)).toBe(true);
});
