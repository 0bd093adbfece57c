import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Application, Status } from "#shared/domain/application.ts";
import { noHistory } from "#shared/domain/assessment.ts";
import { awardHistoryOf } from "#shared/domain/award-history.ts";
import { transitions } from "#shared/domain/lifecycle.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { addFen, fen, yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";

const granted = [
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "closed",
] as const satisfies readonly Status[];

const ownCase = { programmeId: "golden-autumn", cause: "schooling" };
const anAward = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, { status: "paid", fundOrder: ["CENTRAL"], ...changes });
const historyOf = (...others: readonly Application[]) => awardHistoryOf(ownCase, monday, others);

test("a household without other cases has taken nothing from any limit", () => {
  expect(historyOf()).toEqual(noHistory);
});

test("an award counts from the last approval on, and what was never granted or was given back does not", () => {
  const statuses = new Set(Object.values(transitions).flatMap(({ from, to }) => [...from, ...to]));
  const counting = [...statuses].filter(
    (status) => historyOf(anAward(1, { status })).householdYearFen > 0,
  );
  expect(counting.toSorted()).toEqual(granted.toSorted());
});

test.each([
  ["2025-12-31T15:59:59.999Z", 0],
  ["2025-12-31T16:00:00.000Z", 500_000],
  ["2026-12-31T15:59:59.999Z", 500_000],
  ["2026-12-31T16:00:00.000Z", 0],
])("of 2026 is what was sent in China's calendar year: %s counts %d fen", (sentAt, counted) => {
  expect(historyOf(anAward(1, { submittedAt: instant(sentAt) })).householdYearFen).toBe(counted);
});

test("the year is that of the day the case itself was sent, not of the day it is assessed", () => {
  const lastYear = anAward(1, { submittedAt: instant("2025-07-20T01:00:00Z") });
  const sent = instant("2025-12-31T15:59:59.999Z");
  expect(awardHistoryOf(ownCase, sent, [lastYear]).householdYearFen).toBe(500_000);
});

test("other programmes take from the household's cap and not from the programme's", () => {
  const history = historyOf(
    anAward(1, { amountFen: yuan(3_000) }),
    anAward(2, { amountFen: yuan(2_000), programmeId: "winter-warmth", fundOrder: ["SWN"] }),
  );
  expect(history).toEqual({
    householdYearFen: yuan(5_000),
    sameCauseFen: zeroFen,
    programmeYearFen: yuan(3_000),
    programmeYearCount: 1,
    personYearByFundFen: { CENTRAL: yuan(3_000), SWN: yuan(2_000) },
  });
});

test("the same cause is offset whichever programme paid for it; no cause is the same as none", () => {
  const others = [
    anAward(1, { cause: "schooling", programmeId: "emergency" }),
    anAward(2, { cause: "illness" }),
    anAward(3, { cause: null }),
  ];
  expect(historyOf(...others).sameCauseFen).toBe(500_000);
  const withoutCause = { ...ownCase, cause: null };
  expect(awardHistoryOf(withoutCause, monday, others).sameCauseFen).toBe(0);
});

test("a case that waits for money counts on the fund it would be paid from first, and on no other", () => {
  const waiting = anAward(1, { status: "waiting_for_funds", fundOrder: ["SWN", "UNION"] });
  expect(historyOf(waiting).personYearByFundFen).toEqual({ SWN: 500_000 });
});

const anyAward = fc
  .record({
    number: fc.integer({ min: 1, max: 9_999 }),
    status: fc.constantFrom<Status>(...granted, "draft", "in_approval", "rejected", "lapsed"),
    amountFen: fc.integer({ min: 1, max: 3_000_000 }).map(fen),
    programmeId: fc.constantFrom("golden-autumn", "winter-warmth", "critical-illness"),
    cause: fc.constantFrom(null, "schooling", "illness"),
    fundOrder: fc.constantFrom(["CENTRAL"] as const, ["UNION", "SWN"] as const, ["SWN"] as const),
    submittedAt: fc.constantFrom(monday, instant("2025-07-20T01:00:00Z"), null),
  })
  .map(({ number, ...changes }) => anAward(number, changes));

test("law: nothing is counted twice or lost, and the order of the cases says nothing", () => {
  fc.assert(
    fc.property(fc.array(anyAward, { maxLength: 12 }), (others) => {
      const history = historyOf(...others);

      expect(historyOf(...others.toReversed())).toEqual(history);
      expect(addFen(zeroFen, ...Object.values(history.personYearByFundFen))).toBe(
        history.householdYearFen,
      );
      expect(history.sameCauseFen).toBeLessThanOrEqual(history.householdYearFen);
      expect(history.programmeYearFen).toBeLessThanOrEqual(history.householdYearFen);
    }),
    { numRuns: 500 },
  );
});

test("law: the history of two sets of cases is the sum of their histories", () => {
  const twoSets = fc.tuple(
    fc.array(anyAward, { maxLength: 6 }),
    fc.array(anyAward, { maxLength: 6 }),
  );
  fc.assert(
    fc.property(twoSets, ([some, more]) => {
      const [one, other, both] = [
        historyOf(...some),
        historyOf(...more),
        historyOf(...some, ...more),
      ];
      for (const limit of ["householdYearFen", "sameCauseFen", "programmeYearFen"] as const) {
        expect(both[limit]).toBe(addFen(one[limit], other[limit]));
      }
      expect(both.programmeYearCount).toBe(one.programmeYearCount + other.programmeYearCount);
    }),
    { numRuns: 200 },
  );
});
