import { expect, test } from "vitest";
import type { Status } from "#shared/domain/application.ts";
import { movementsIn } from "#shared/domain/case-movements.ts";
import { caseTransfer, grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import {
  ageOf,
  daysOf,
  reportOf,
  unknownGroup,
  workingDayCounter,
  type ReportedCase,
  type ReportInput,
} from "#shared/domain/report.ts";
import {
  instant,
  localDate,
  noAdditions,
  workingDaysBetween,
  type LocalDate,
} from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";

const idOf = (number: number): ApplicationId =>
  `SN${String(number).padStart(10, "0")}` as ApplicationId;

/** Noon in China. */
const noon = (day: string) => instant(`${day}T04:00:00Z`);

const aCase = (
  number: number,
  [status, programmeId, unitId]: readonly [Status, string, string],
  [sentOn, sinceDay]: readonly [string, string],
): ReportedCase => ({
  applicationId: idOf(number),
  status,
  programmeId,
  unitId: unitId as UnitId,
  submittedAt: noon(sentOn),
  since: noon(sinceDay),
});

const union = "union" as FundId;
const moved = (
  number: number,
  kind: Transfer["kind"],
  amountYuan: number,
  day: string,
  cycle = 1,
): Transfer =>
  caseTransfer(idOf(number), cycle, {
    kind,
    fundId: union,
    amountFen: yuan(amountYuan),
    at: noon(day),
  });

/**
 * July 2026 of a small city, with 1 July a Wednesday and no holiday:
 * 1 paid: sent on the 1st, approved on the 8th, paid on the 15th (10 working days), 5,000
 * 2 paid in two: sent on the 6th; advance of 2,000 on the 7th (1 day), the rest of 3,000 on the 20th (10 days)
 * 3 refused, sent in June; 4 withdrawn and 5 lapsed in July, both sent in July
 * 6 waits in approval since it was sent on the 20th; 7 waits for papers, sent on the 1st
 * 8 was released and reserved anew: approved once, 4,000 in the end
 * 9 was refused in August: received in July only
 */
const cases = new Map(
  [
    aCase(1, ["paid", "autumn", "east"], ["2026-07-01", "2026-07-15"]),
    aCase(2, ["closed", "emergency", "west"], ["2026-07-06", "2026-07-28"]),
    aCase(3, ["rejected", "autumn", "east"], ["2026-06-20", "2026-07-03"]),
    aCase(4, ["withdrawn", "autumn", "west"], ["2026-07-10", "2026-07-11"]),
    aCase(5, ["lapsed", "emergency", "east"], ["2026-07-02", "2026-07-31"]),
    aCase(6, ["in_approval", "autumn", "east"], ["2026-07-20", "2026-07-20"]),
    aCase(7, ["needs_information", "autumn", "west"], ["2026-07-01", "2026-07-22"]),
    aCase(8, ["reserved", "autumn", "east"], ["2026-06-30", "2026-07-30"]),
    aCase(9, ["ineligible", "emergency", "west"], ["2026-07-30", "2026-08-03"]),
  ].map((one) => [one.applicationId, one] as const),
);

const transfers: readonly Transfer[] = [
  grantTransfer("G1", { fundId: union, amountFen: yuan(50_000), at: noon("2026-07-01") }),
  moved(2, "reserve", 2000, "2026-07-06"),
  moved(2, "post", 2000, "2026-07-07"),
  moved(1, "reserve", 5000, "2026-07-08"),
  moved(8, "reserve", 6000, "2026-07-09"),
  moved(2, "reserve", 3000, "2026-07-13", 2),
  moved(1, "post", 5000, "2026-07-15"),
  moved(2, "post", 3000, "2026-07-20", 2),
  moved(8, "release", 6000, "2026-07-29"),
  moved(8, "reserve", 4000, "2026-07-30", 2),
  // After the period: not of it.
  moved(8, "post", 4000, "2026-08-03", 2),
];

const period = { from: localDate("2026-07-01"), to: localDate("2026-07-31") };
const movementsOf = (passed: readonly Transfer[]) => {
  const { note, byCase } = movementsIn(period);
  for (const transfer of passed) note(transfer);
  return byCase;
};

const input = (changes: Partial<ReportInput> = {}): ReportInput => ({
  period,
  today: localDate("2026-08-03"),
  calendar: noAdditions,
  cases,
  movements: movementsOf(transfers),
  isWanted: () => true,
  ...changes,
});

test("a month in figures, as worked out by hand", () => {
  const { total, byProgramme, byUnit } = reportOf(input());

  expect(total).toEqual({
    received: 7,
    approved: 3,
    approvedFen: yuan(14_000),
    refused: 1,
    withdrawn: 1,
    lapsed: 1,
    paid: 3,
    paidFen: yuan(10_000),
    waiting: 3,
    returned: 1,
  });
  expect(byProgramme.get("emergency")).toMatchObject({
    received: 3,
    approved: 1,
    approvedFen: yuan(5000),
    paid: 2,
    refused: 0,
    lapsed: 1,
    waiting: 0,
  });
  expect(byUnit.get("east")).toMatchObject({ received: 3, refused: 1, lapsed: 1, waiting: 2 });
});

test("every programme's and every office's figures add up to the whole", () => {
  const { total, byProgramme, byUnit } = reportOf(input());
  for (const groups of [byProgramme, byUnit]) {
    for (const name of Object.keys(total) as (keyof typeof total)[]) {
      const sum = [...groups.values()].reduce((all, counts) => all + counts[name], 0);
      expect(sum, name).toBe(total[name]);
    }
  }
});

test("times run from sending to each payment of the period", () => {
  const { paidDays, paidDaysByProgramme } = reportOf(input());
  expect(paidDays).toEqual({ count: 3, average: 7, median: 10, p90: 10, worst: 10 });
  expect(paidDaysByProgramme.get("emergency")).toEqual({
    count: 2,
    average: 5.5,
    median: 1,
    p90: 10,
    worst: 10,
  });
});

test("what waits is counted by state and by working days since it was sent", () => {
  const { ages, waitingDays } = reportOf(input());
  // On 3 August: 10 working days since 20 July, 23 since 1 July, 24 since 30 June.
  expect(Object.fromEntries(ages)).toEqual({
    in_approval: [0, 1, 0, 0],
    needs_information: [0, 0, 0, 1],
    reserved: [0, 0, 0, 1],
  });
  expect(waitingDays).toMatchObject({ count: 3, median: 23, worst: 24, average: 19 });
});

test("only what is wanted is counted, and a payment of a case nobody knows stands by itself", () => {
  const strange = [...transfers, moved(77, "post", 1, "2026-07-02")];
  const all = reportOf(input({ movements: movementsOf(strange) }));
  expect(all.total.paid).toBe(4);
  expect(all.byUnit.get(unknownGroup)).toMatchObject({ paid: 1, paidFen: yuan(1), received: 0 });

  const west = reportOf(
    input({
      movements: movementsOf(strange),
      isWanted: (one) => one?.unitId === ("west" as UnitId),
    }),
  );
  expect(west.total).toMatchObject({ received: 4, paid: 2, paidFen: yuan(5000), waiting: 1 });
  expect([...west.byUnit.keys()]).toEqual(["west"]);
});

test("a day belongs to the period by China's clock", () => {
  const lastMinute = {
    ...moved(1, "post", 5000, "2026-07-31"),
    at: instant("2026-07-31T15:59:00Z"),
  };
  const nextMonth = {
    ...moved(2, "post", 2000, "2026-07-31"),
    at: instant("2026-07-31T16:00:00Z"),
  };
  const { total } = reportOf(input({ movements: movementsOf([lastMinute, nextMonth]) }));
  expect(total).toMatchObject({ paid: 1, paidFen: yuan(5000) });
});

test("of no days there is nothing to say; ages end where their names say", () => {
  expect(daysOf([])).toBeNull();
  expect(daysOf([4])).toEqual({ count: 1, average: 4, median: 4, p90: 4, worst: 4 });
  expect(daysOf([9, 1, 2, 3, 4, 5, 6, 7, 8, 10])).toMatchObject({ median: 5, p90: 9, worst: 10 });
  expect([0, 5, 6, 10, 11, 20, 21, 99].map(ageOf)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
});

test("working days are counted as the calendar counts them, holidays too", () => {
  const days = workingDayCounter(noAdditions);
  const spans = [
    ["2026-07-01", "2026-07-01"],
    ["2026-07-01", "2026-07-15"],
    ["2026-09-28", "2026-10-12"],
    ["2026-02-10", "2026-02-28"],
  ] as const;
  for (const [from, to] of spans) {
    const expected = workingDaysBetween(noon(from), noon(to));
    expect(days(from as LocalDate, to as LocalDate), `${from} to ${to}`).toBe(expected);
    expect(days(from as LocalDate, to as LocalDate), "asked again").toBe(expected);
  }
});
