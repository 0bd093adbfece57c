import { expect, test } from "vitest";
import { withDraft } from "#shared/domain/policy-draft.ts";
import { packAsOf } from "#shared/domain/policy-figures.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { simulate, type PastCase, type Simulation } from "#shared/domain/policy-simulation.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

/** The facts of a programme's first worked case. */
const factsOf = (programmeId: string, over: object = {}): CommonFacts => {
  const example = programmeById(programmeId)?.examples[0];
  if (!example) throw new Error(`no worked case of ${programmeId}`);
  return { ...example.facts, ...over };
};

const past = (reference: string, over: Partial<PastCase> = {}): PastCase => ({
  reference,
  programmeId: "golden-autumn",
  unitId: "spring",
  line: "territorial",
  submittedAt: instant("2026-07-20T01:00:00Z"),
  household: reference,
  cause: null,
  onFile: true,
  facts: factsOf("golden-autumn"),
  ...over,
});

const on = localDate("2027-07-01");

const drafted = (draft: object): PolicyPack => {
  const read = withDraft(policyPack, JSON.stringify(draft), programmes);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return packAsOf(read.pack, on);
};

const next = (programmeId: string, figures: object) => ({
  programmes: {
    [programmeId]: [
      {
        version: `${programmeId}-2027`,
        effectiveFrom: "2027-01-01",
        basedOn: `${programmeId}-2025`,
        figures,
      },
    ],
  },
});

const common = (figures: object) => ({
  common: [
    { version: "common-2027", effectiveFrom: "2027-01-01", basedOn: "common-2025", figures },
  ],
});

const fly = (draft: object, ...cases: readonly PastCase[]): Simulation =>
  simulate(programmes, cases, { before: packAsOf(policyPack, on), after: drafted(draft) });

const changesOf = ({ cases }: Simulation) =>
  cases.map(({ reference, change, before, after }) => [
    reference,
    change,
    before.amountFen / 100,
    after.amountFen / 100,
  ]);

test("an empty draft leaves everybody as they are", () => {
  const flight = fly({}, past("a"), past("b", { facts: factsOf("golden-autumn", { homes: 2 }) }));
  expect(changesOf(flight)).toEqual([
    ["a", "unchanged", 5_000, 5_000],
    ["b", "unchanged", 0, 0],
  ]);
  expect(flight.total).toMatchObject({
    cases: 2,
    approvedBefore: 1,
    approvedAfter: 1,
    beforeFen: yuan(5_000),
    afterFen: yuan(5_000),
    otherRoute: 0,
    otherPapers: 0,
  });
});

test("whoever gains, loses, is newly approved or newly refused is told apart", () => {
  const draft = next("golden-autumn", {
    filedYuan: { higher: "5500.00", secondary: "2500.00" },
    excludedStudies: ["abroad", "directed"],
  });
  const study = (over: object) => ({ facts: factsOf("golden-autumn", over) });
  const flight = fly(
    draft,
    past("higher"),
    past("school", study({ schoolLevel: "senior_secondary" })),
    past("soldier", study({ studyKind: "military" })),
    past("abroad", study({ studyKind: "abroad" })),
  );
  // 5,000 becomes 5,500; 3,000 becomes 2,500; a military student, excluded until now, gets 5,500.
  expect(changesOf(flight)).toEqual([
    ["abroad", "unchanged", 0, 0],
    ["higher", "gains", 5_000, 5_500],
    ["school", "loses", 3_000, 2_500],
    ["soldier", "newly_approved", 0, 5_500],
  ]);
  expect(flight.total).toMatchObject({
    changes: { gains: 1, loses: 1, newly_approved: 1, newly_refused: 0, unchanged: 1 },
    approvedBefore: 2,
    approvedAfter: 3,
    beforeFen: yuan(8_000),
    afterFen: yuan(13_500),
    // 5,500 is above the 5,000 that the district may decide: two more cases go to the city.
    otherRoute: 2,
  });
});

test("a narrower rule refuses, and says by which code", () => {
  const flight = fly(common({ homesMax: 0 }), past("owner"));
  expect(changesOf(flight)).toEqual([["owner", "newly_refused", 5_000, 0]]);
  expect(flight.cases[0]?.after.code).toBe("EXCLUDED_PROPERTY");
});

test("a shorter season refuses who applied outside it", () => {
  const flight = fly(
    next("golden-autumn", { window: { opens: "07-01", closes: "07-19" } }),
    past("late"),
    past("early", { submittedAt: instant("2026-07-19T15:59:59Z") }),
  );
  expect(flight.cases.map(({ reference, after }) => [reference, after.code])).toEqual([
    ["early", null],
    ["late", "OUT_OF_SEASON"],
  ]);
});

test("a yearly cap counts the pack's own awards, in the order in which cases were sent", () => {
  const draft = common({ householdAnnualCapYuan: "8000.00" });
  const second = { household: "h", facts: factsOf("winter-warmth"), programmeId: "winter-warmth" };
  const flight = fly(
    draft,
    past("winter", { ...second, line: "industrial", submittedAt: instant("2026-11-20T01:00:00Z") }),
    past("summer", { household: "h" }),
    past("another", { household: "other", submittedAt: instant("2026-07-21T01:00:00Z") }),
  );
  // 5,000 in summer, then 3,000 of the 3,000 that are left of 8,000: nobody loses.
  expect(changesOf(flight)).toEqual([
    ["summer", "unchanged", 5_000, 5_000],
    ["another", "unchanged", 5_000, 5_000],
    ["winter", "unchanged", 3_000, 3_000],
  ]);
  const tighter = fly(
    common({ householdAnnualCapYuan: "7999.00" }),
    past("winter", { ...second, line: "industrial", submittedAt: instant("2026-11-20T01:00:00Z") }),
    past("summer", { household: "h" }),
  );
  // Of 7,999 the summer took 5,000; 2,999 are left for the winter's 3,000.
  expect(changesOf(tighter)[1]).toEqual(["winter", "loses", 3_000, 2_999]);
});

test("a new year begins a new account, and a cause is set off within one", () => {
  const twice = (day: string) =>
    fly(
      {},
      past("first", { household: "h", cause: "schooling" }),
      past("again", { household: "h", cause: "schooling", submittedAt: instant(day) }),
    );
  expect(changesOf(twice("2026-07-25T01:00:00Z"))[1]).toEqual(["again", "unchanged", 0, 0]);
  expect(changesOf(twice("2027-07-25T01:00:00Z"))[1]).toEqual(["again", "unchanged", 5_000, 5_000]);
});

test("L moves who is in hardship", () => {
  // Three people, D = 54,000 − 18,000 = 36,000. DEEP needs D < 36 L: L = 1,000 makes it 36,000, no longer below.
  const lower = {
    livingStandards: [
      {
        version: "L-2027",
        effectiveFrom: "2027-01-01",
        figures: { monthlyYuan: "1000.00", confirmedYears: [2027] },
      },
    ],
  };
  const winter = {
    programmeId: "winter-warmth",
    submittedAt: instant("2026-11-20T01:00:00Z"),
    facts: factsOf("winter-warmth", {
      householdSize: 3,
      annualIncome: yuan(54_000),
      medicalExpense: yuan(18_000),
      modelWorker: "none",
    }),
  };
  expect(changesOf(fly(lower, past("w", winter)))).toEqual([["w", "loses", 2_000, 1_500]]);
});

test("other tiers, minutes and papers are told where the award stays the same", () => {
  const lower = fly(
    common({ route: { districtFinalMaxYuan: "4999.99", collectiveAboveYuan: "4000.00" } }),
    past("a"),
  );
  expect(lower.cases[0]).toMatchObject({
    change: "unchanged",
    otherRoute: true,
    before: { tiers: ["station", "district"], needsMinutes: false },
    after: { tiers: ["station", "district", "city"], needsMinutes: true },
  });
  const papers = fly(
    next("golden-autumn", {
      papers: [
        {
          kind: "school_letter",
          title: { zh: "学校证明", en: "Letter of the school" },
          required: true,
        },
      ],
    }),
    past("a"),
  );
  expect(papers.cases[0]?.otherPapers).toBe(true);
  expect(papers.total).toMatchObject({ otherPapers: 1, otherRoute: 0 });
});

test("totals stand by programme and office, and the same cases in any order give the same answer", () => {
  const cases = [
    past("a"),
    past("b", { unitId: "autumn" }),
    past("c", { facts: factsOf("golden-autumn", { homes: 2 }) }),
  ];
  const draft = next("golden-autumn", { filedYuan: { higher: "4000.00" } });
  const flight = fly(draft, ...cases);
  expect(
    flight.groups.map(({ programmeId, unitId, cases: count, beforeFen, afterFen }) => [
      programmeId,
      unitId,
      count,
      beforeFen,
      afterFen,
    ]),
  ).toEqual([
    ["golden-autumn", "autumn", 1, yuan(5_000), yuan(4_000)],
    ["golden-autumn", "spring", 2, yuan(5_000), yuan(4_000)],
  ]);
  expect(fly(draft, ...cases.toReversed())).toEqual(flight);
  expect(fly(draft).total).toMatchObject({ cases: 0, beforeFen: zeroFen });
});
