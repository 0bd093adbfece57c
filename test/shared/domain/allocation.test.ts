import fc from "fast-check";
import { expect, test } from "vitest";
import {
  allocate,
  allocatedFen,
  byNeed,
  comesOutTheSame,
  perCapitaIn,
  placesLeft,
  type Allocation,
  type AllocationAward,
  type AllocationInputs,
  type AllocationMethod,
  type Candidate,
} from "#shared/domain/allocation.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";

/** Applied `number` minutes after the first. */
const candidate = (number: number, changes: Partial<Candidate> = {}): Candidate => ({
  applicationId: applicationIdOf(number),
  unitId: "spring" as UnitId,
  submittedAt: addMinutes(monday, number),
  amountFen: yuan(1_000),
  perCapitaFen: 100_000,
  ...changes,
});

const inputs = (
  method: AllocationMethod,
  potYuan: number,
  candidates: readonly Candidate[],
  changes: Partial<AllocationInputs> = {},
): AllocationInputs => ({
  method,
  potFen: yuan(potYuan),
  candidates,
  quotas: {},
  secondRound: false,
  ...changes,
});

/** Numbers of those who got something, with what they got in yuan. */
const got = (awards: readonly AllocationAward[]): readonly (readonly [number, number])[] =>
  awards.map(({ applicationId, amountFen }) => [Number(applicationId.slice(2)), amountFen / 100]);

test("first come: whoever applied first, until the pot is empty; an award too large for the rest is passed over", () => {
  const all = [
    candidate(3, { amountFen: yuan(500) }),
    candidate(1, { amountFen: yuan(2_000) }),
    candidate(2, { amountFen: yuan(900) }),
  ];
  expect(got(allocate(inputs("first_come", 2_600, all)))).toEqual([
    [1, 2_000],
    [3, 500],
  ]);
});

test("by need: the lowest P first; of equal P whoever applied first; an event without a means test before all", () => {
  const all = [
    candidate(1, { perCapitaFen: 90_000 }),
    candidate(2, { perCapitaFen: 80_000 }),
    candidate(3, { perCapitaFen: 80_000 }),
    candidate(4, { perCapitaFen: null }),
    candidate(5, { perCapitaFen: -5_000 }),
  ];
  expect(got(allocate(inputs("need_ranked", 4_000, all))).map(([number]) => number)).toEqual([
    4, 5, 2, 3,
  ]);
});

test("two of one moment and one P are told apart by their references", () => {
  const twins = [candidate(2, { submittedAt: monday }), candidate(1, { submittedAt: monday })];
  expect(got(allocate(inputs("need_ranked", 1_000, twins)))).toEqual([[1, 1_000]]);
});

const east = "east" as UnitId;

test("by places: each office's neediest take its places, and unused places stay with their office", () => {
  const all = [
    candidate(1, { perCapitaFen: 90_000 }),
    candidate(2, { perCapitaFen: 10_000 }),
    candidate(3, { unitId: east }),
    candidate(4, { unitId: "nowhere" as UnitId }),
  ];
  const quotas = { spring: 1, east: 3 };
  expect(got(allocate(inputs("quota", 10_000, all, { quotas })))).toEqual([
    [2, 1_000],
    [3, 1_000],
  ]);
});

test("a second round gives the unused places to whoever still waits, the neediest first, wherever they applied", () => {
  const all = [
    candidate(1, { perCapitaFen: 90_000 }),
    candidate(2, { perCapitaFen: 10_000 }),
    candidate(3, { unitId: east }),
    candidate(4, { unitId: "nowhere" as UnitId, perCapitaFen: 50_000 }),
  ];
  const quotas = { spring: 1, east: 2 };
  const awards = allocate(inputs("quota", 10_000, all, { quotas, secondRound: true }));
  expect(got(awards)).toEqual([
    [2, 1_000],
    [3, 1_000],
    [4, 1_000],
  ]);
});

test("in proportion: 100 yuan over awards of 100, 100 and 100 is 34, 33 and 33; the odd yuan goes to who applied first", () => {
  const all = [1, 2, 3].map((number) => candidate(number, { amountFen: yuan(100) }));
  expect(got(allocate(inputs("pro_rata", 100, all)))).toEqual([
    [1, 34],
    [2, 33],
    [3, 33],
  ]);
});

test("in proportion: the odd yuan goes to the largest fraction", () => {
  // 1,000 over 500, 700 and 900: parts of 238.09, 333.33 and 428.57.
  const all = [500, 700, 900].map((amount, index) =>
    candidate(index + 1, { amountFen: yuan(amount) }),
  );
  expect(got(allocate(inputs("pro_rata", 1_000, all)))).toEqual([
    [1, 238],
    [2, 333],
    [3, 429],
  ]);
});

test("in proportion: a pot that holds enough gives every award whole, to the fen", () => {
  const all = [candidate(1, { amountFen: fen(32_504) }), candidate(2, { amountFen: fen(1) })];
  expect(allocatedFen(allocate(inputs("pro_rata", 326, all)))).toBe(32_505);
});

test("in proportion: whoever's part comes to less than a yuan gets none, and nobody gets a part of one", () => {
  const all = [1, 2, 3].map((number) => candidate(number, { amountFen: yuan(100) }));
  expect(got(allocate(inputs("pro_rata", 2, all)))).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test("nothing in the pot, or nobody waiting, gives nothing by any method", () => {
  for (const method of ["first_come", "need_ranked", "quota", "pro_rata"] as const) {
    expect(allocate(inputs(method, 0, [candidate(1)], { quotas: { spring: 1 } }))).toEqual([]);
    expect(allocate(inputs(method, 100, []))).toEqual([]);
  }
});

const anyCandidate = fc.record({
  minute: fc.integer({ min: 0, max: 5 }),
  unit: fc.constantFrom("spring", "east", "furnace"),
  amountFen: fc.integer({ min: 1, max: 3_000_000 }),
  perCapitaFen: fc.option(fc.integer({ min: -200_000, max: 400_000 })),
});

const anyInputs: fc.Arbitrary<AllocationInputs> = fc.record({
  method: fc.constantFrom<AllocationMethod>("first_come", "need_ranked", "quota", "pro_rata"),
  potFen: fc.integer({ min: 0, max: 20_000_000 }).map(fen),
  secondRound: fc.boolean(),
  quotas: fc.dictionary(
    fc.constantFrom("spring", "east", "furnace"),
    fc.integer({ min: 0, max: 5 }),
  ),
  candidates: fc.array(anyCandidate, { maxLength: 25 }).map((rows) =>
    rows.map(({ minute, unit, amountFen, perCapitaFen }, index) =>
      candidate(index + 1, {
        submittedAt: addMinutes(monday, minute),
        unitId: unit as UnitId,
        amountFen: fen(amountFen),
        perCapitaFen,
      }),
    ),
  ),
});

test("10,000 random allocations: never more than the pot, never above an award, and the order given doesn't matter", () => {
  fc.assert(
    fc.property(anyInputs, fc.infiniteStream(fc.nat()), (given, dice) => {
      const awards = allocate(given);
      const asked = new Map(given.candidates.map((one) => [one.applicationId, one]));
      expect(allocatedFen(awards)).toBeLessThanOrEqual(given.potFen);
      expect(new Set(awards.map(({ applicationId }) => applicationId)).size).toBe(awards.length);
      for (const { applicationId, amountFen } of awards) {
        const wanted = asked.get(applicationId)!.amountFen;
        expect(amountFen).toBeLessThanOrEqual(wanted);
        expect(amountFen).toBeGreaterThan(0);
        if (given.method !== "pro_rata") expect(amountFen).toBe(wanted);
        else if (amountFen < wanted) expect(amountFen).toBeGreaterThanOrEqual(100);
      }
      const shuffled = given.candidates
        .map((one) => ({ one, at: dice.next().value ?? 0 }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one);
      const again = allocate({ ...given, candidates: shuffled });
      const text = (list: readonly AllocationAward[]) =>
        list.map((award) => JSON.stringify(award)).toSorted();
      expect(text(again)).toEqual(text(awards));
    }),
    { numRuns: 10_000 },
  );
}, 60_000);

test("in proportion, whole yuan are left in the pot only when nobody may get one more", () => {
  fc.assert(
    fc.property(anyInputs, (drawn) => {
      const candidates = drawn.candidates.map((one) => ({
        ...one,
        amountFen: fen(one.amountFen * 100),
      }));
      const given = { ...drawn, candidates };
      const awards = allocate({ ...given, method: "pro_rata" });
      const left = given.potFen - allocatedFen(awards);
      const byId = new Map(awards.map((award) => [award.applicationId, award.amountFen]));
      const room = given.candidates.filter(
        ({ applicationId, amountFen }) => amountFen - (byId.get(applicationId) ?? 0) >= 100,
      );
      expect(left >= 100 && room.length > 0).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test("by need, nobody who got nothing was needier than somebody who got no more than that award", () => {
  fc.assert(
    fc.property(anyInputs, (given) => {
      const ranked = { ...given, method: "need_ranked" } as const;
      const awarded = new Set(allocate(ranked).map(({ applicationId }) => applicationId));
      const inOrder = given.candidates.toSorted(byNeed);
      for (const [place, one] of inOrder.entries()) {
        if (awarded.has(one.applicationId)) continue;
        const behind = inOrder.slice(place + 1);
        const dearer = behind.filter(
          (other) => awarded.has(other.applicationId) && other.amountFen >= one.amountFen,
        );
        expect(dearer).toEqual([]);
      }
    }),
    { numRuns: 2_000 },
  );
});

const made = (given: AllocationInputs): Allocation => ({
  ...given,
  id: "A20260720-000000",
  programmeId: "golden-autumn",
  fundId: "central" as FundId,
  awards: allocate(given),
  madeAt: monday,
  madeBy: "ST1" as StaffId,
  carriedOutAt: null,
});

test("an auditor who makes it again finds it equal, and finds an award that was changed afterwards", () => {
  const allocation = made(
    inputs(
      "need_ranked",
      2_500,
      [1, 2, 3].map((one) => candidate(one)),
    ),
  );
  expect(comesOutTheSame(allocation)).toBe(true);
  const [first, ...others] = allocation.awards;
  const changed = { ...first!, amountFen: yuan(999) };
  expect(comesOutTheSame({ ...allocation, awards: [changed, ...others] })).toBe(false);
  expect(comesOutTheSame({ ...allocation, awards: others })).toBe(false);
});

test("places that an earlier allocation gave are used up, and never less than none is left", () => {
  const quotas = { spring: 3, east: 1 };
  const all = [1, 2, 3, 4].map((one) => candidate(one)).concat(candidate(5, { unitId: east }));
  const earlier = made(inputs("quota", 2_000, all, { quotas }));
  expect(placesLeft(quotas, [earlier])).toEqual({ spring: 1, east: 1 });
  expect(placesLeft(quotas, [earlier, earlier])).toEqual({ spring: 0, east: 1 });
});

test("P is read from the assessment's own step: 36,000 yuan a year of three people is 1,000 a month", () => {
  const step = { inputs: { differenceFen: 3_600_000, people: 3 } };
  expect(perCapitaIn([{ inputs: { other: 1 } }, step])).toBe(100_000);
  expect(perCapitaIn([{ inputs: { differenceFen: -1_000, people: 1 } }])).toBe(-84);
  expect(perCapitaIn([])).toBeNull();
});
