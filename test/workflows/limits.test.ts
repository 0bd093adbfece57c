/**
 * Both sides of every limit of the pack (policy 8.1 to 8.5), through the programmes' own rules. The sums were worked
 * out by hand and stand in the tests' words. L = 1,062.00: 12L a head and year are 12,744, 24L 25,488, 36L 38,232.
 */
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import { commonPolicyOn, type PolicyPack } from "#shared/domain/policy-pack.ts";
import { needsMinutes, routeOf } from "#shared/domain/route.ts";
import { seasonOn } from "#shared/domain/season.ts";
import { supplementEnds } from "#shared/domain/supplement.ts";
import { addDays, instant, localDate, type LocalDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmeById, programmes } from "#workflows/registry.ts";

const programmeOf = (id: string) => {
  const programme = programmeById(id);
  if (!programme) throw new Error(`no programme ${id}`);
  return programme;
};

const days: Readonly<Record<string, LocalDate>> = {
  "golden-autumn": localDate("2026-07-20"),
  "winter-warmth": localDate("2026-11-20"),
  "critical-illness": localDate("2026-03-10"),
  emergency: localDate("2026-05-12"),
};

interface Circumstances {
  readonly onFile?: boolean;
  readonly history?: Partial<AwardHistory>;
  readonly pack?: PolicyPack;
  readonly appliedOn?: LocalDate;
}

/** The first worked case of a programme with other facts: what the rules make of it. */
const assessed = (id: string, over: object, given: Circumstances = {}) => {
  const programme = programmeOf(id);
  const example = programme.examples[0];
  if (!example) throw new Error("no worked case");
  const found = programme.assess(
    { ...example.facts, ...over },
    {
      appliedOn: given.appliedOn ?? days[id] ?? localDate("2026-07-20"),
      line: example.line,
      pack: given.pack ?? policyPack,
      onFile: given.onFile ?? true,
      history: { ...noHistory, ...given.history },
    },
  );
  return {
    category: found.category,
    code: found.refusal?.code ?? null,
    yuan: found.amountFen / 100,
    advanceYuan: found.advanceFen / 100,
    funds: found.fundOrder,
    flags: found.flags.length,
  };
};

const drafted = (draft: object): PolicyPack => {
  const read = withDraft(policyPack, JSON.stringify(draft), programmes);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.pack;
};

/** The pack with another L, as the city would enter it. */
const withL = (monthlyYuan: string): PolicyPack =>
  drafted({
    livingStandards: [
      {
        version: "L-2026",
        effectiveFrom: "2026-01-01",
        figures: { monthlyYuan, confirmedYears: [2026] },
      },
    ],
  });

// 8.1 Categories: two people, so 12·n·L = 25,488, 24·n·L = 50,976, 36·n·L = 76,464. No rigid expenditure.
const two = (over: object) =>
  assessed("winter-warmth", {
    householdSize: 2,
    medicalExpense: yuan(0),
    cause: "low_income",
    modelWorker: "none",
    ...over,
  });

test.each([
  ["25,487.99 is below 12·2·1,062 = 25,488: severe", 25_487.99, "DEEP", 2_000],
  ["25,488.00 is not below it: relative", 25_488, "RELATIVE", 1_500],
  ["50,975.99 is below 24·2·1,062 = 50,976: relative", 50_975.99, "RELATIVE", 1_500],
  ["50,976.00 is not below it: temporary, for 76,464 is not exceeded", 50_976, "TEMPORARY", 1_000],
  ["76,464.00 is 36·2·1,062, inclusively: temporary", 76_464, "TEMPORARY", 1_000],
  ["76,464.01 is above it: no category", 76_464.01, null, 0],
])("deep, relative, temporary: %s", (_words, income, category, amount) => {
  expect(two({ annualIncome: yuan(income) })).toMatchObject({ category, yuan: amount });
});

test.each([
  ["48,000.00 is 80 % of 60,000, not more: temporary", 48_000, "TEMPORARY"],
  ["48,000.01 is more than 80 %: sudden event", 48_000.01, "ACCIDENT"],
])("accident: a loss of %s", (_words, loss, category) => {
  expect(two({ annualIncome: yuan(60_000), netLoss: yuan(loss) }).category).toBe(category);
});

test("one's file: without it the same household is in temporary hardship at most", () => {
  const facts = { householdSize: 2, annualIncome: yuan(20_000), modelWorker: "none" };
  expect(assessed("winter-warmth", facts, { onFile: true })).toMatchObject({ yuan: 2_000 });
  expect(assessed("winter-warmth", facts, { onFile: false })).toMatchObject({
    category: "TEMPORARY",
    yuan: 1_000,
  });
});

test.each(["golden-autumn", "winter-warmth", "critical-illness"])(
  "%s: 12 months of work are enough, 11 are not",
  (id) => {
    expect(assessed(id, { employmentMonths: 12 }).code).toBe(null);
    expect(assessed(id, { employmentMonths: 11 }).code).toBe("EMPLOYMENT_TOO_SHORT");
  },
);

test("emergency: 6 months of work are enough, 5 are not", () => {
  expect(assessed("emergency", { employmentMonths: 6 }).code).toBe(null);
  expect(assessed("emergency", { employmentMonths: 5 }).code).toBe("EMPLOYMENT_TOO_SHORT");
});

test("membership: not yet a member is a flag, a member none", () => {
  expect(assessed("golden-autumn", { unionMember: true })).toMatchObject({ flags: 0, yuan: 5_000 });
  expect(assessed("golden-autumn", { unionMember: false })).toMatchObject({
    flags: 1,
    yuan: 5_000,
  });
});

test.each(["golden-autumn", "winter-warmth", "critical-illness", "emergency"])(
  "%s: one home is allowed, two are not; nor a shop, a high-fee school, misconduct",
  (id) => {
    expect(assessed(id, { homes: 1 }).code).toBe(null);
    expect(assessed(id, { homes: 2 }).code).toBe("EXCLUDED_PROPERTY");
    expect(assessed(id, { ownsBusiness: true }).code).toBe("EXCLUDED_BUSINESS");
    expect(assessed(id, { highFeeSchool: true }).code).toBe("EXCLUDED_SCHOOLING");
    expect(assessed(id, { cause: "conduct" }).code).toBe("EXCLUDED_CONDUCT");
  },
);

test("financial assets: 24·2·1,062 = 50,976 are no flag, a fen more is one, and neither refuses", () => {
  const income = { annualIncome: yuan(20_000) };
  expect(two({ ...income, financialAssets: yuan(50_976) })).toMatchObject({ flags: 0, code: null });
  expect(two({ ...income, financialAssets: yuan(50_976.01) })).toMatchObject({
    flags: 1,
    code: null,
  });
});

const student = (history: Partial<AwardHistory>) => assessed("golden-autumn", {}, { history });

test("household cap: 25,000 before leave 5,000 of 30,000; 25,001 leave 4,999; 29,999 leave 1; 30,000 nothing", () => {
  const used = (amount: number) => student({ householdYearFen: yuan(amount) });
  expect(used(25_000).yuan).toBe(5_000);
  expect(used(25_001).yuan).toBe(4_999);
  expect(used(29_999).yuan).toBe(1);
  expect(used(30_000)).toMatchObject({ yuan: 0, code: "CAP_EXHAUSTED" });
});

test("same cause: 1 before leaves 4,999 of 5,000; 4,999 leave 1; 5,000 nothing", () => {
  const used = (amount: number) => student({ sameCauseFen: yuan(amount) });
  expect(used(0).yuan).toBe(5_000);
  expect(used(1).yuan).toBe(4_999);
  expect(used(4_999).yuan).toBe(1);
  expect(used(5_000)).toMatchObject({ yuan: 0, code: "CAP_EXHAUSTED" });
});

const { route, flowClock, calendar } = commonPolicyOn(policyPack, localDate("2026-07-20"));

test("district: 5,000.00 is its to decide on both lines, 5,000.01 is the city's", () => {
  expect(routeOf("territorial", yuan(5_000), route)).toEqual(["station", "district"]);
  expect(routeOf("territorial", yuan(5_000.01), route)).toEqual(["station", "district", "city"]);
  expect(routeOf("industrial", yuan(5_000), route)).toEqual([
    "grass_roots",
    "bureau",
    "industrial",
  ]);
  expect(routeOf("industrial", yuan(5_000.01), route)).toEqual([
    "grass_roots",
    "bureau",
    "industrial",
    "city",
  ]);
});

test("collective: 10,000.00 needs no minutes, 10,000.01 does", () => {
  expect(needsMinutes("city", yuan(10_000), route)).toBe(false);
  expect(needsMinutes("city", yuan(10_000.01), route)).toBe(true);
});

// 8.2 Golden Autumn
test.each([
  ["bachelor", true, 5_000],
  ["senior_secondary", true, 3_000],
  ["college", false, 4_000],
  ["vocational_secondary", false, 2_000],
])("golden autumn: %s, on file %s: %d", (schoolLevel, onFile, amount) => {
  expect(assessed("golden-autumn", { schoolLevel }, { onFile }).yuan).toBe(amount);
});

test.each([
  ["bachelor", "500.00", 5_000, "10 × 500.00 = 5,000, which is the grant"],
  ["bachelor", "499.99", 4_999.9, "10 × 499.99 = 4,999.90, below the grant of 5,000"],
  ["senior_secondary", "500.00", 3_000, "6 × 500.00 = 3,000, which is the grant"],
  ["senior_secondary", "499.99", 2_999.94, "6 × 499.99 = 2,999.94, below the grant of 3,000"],
])("golden autumn's cap of %s at L = %s: %d, for %s", (schoolLevel, monthly, amount) => {
  // Income 10,000 for three is below 36 × 499.99 = 17,999.64: severe hardship at either L.
  const facts = { schoolLevel, annualIncome: yuan(10_000), medicalExpense: yuan(0) };
  const found = assessed("golden-autumn", facts, { pack: withL(monthly) });
  expect(found).toMatchObject({ category: "DEEP", yuan: amount });
});

const kindOn = (id: string, day: string): string =>
  seasonOn(programmeOf(id), localDate(day), policyPack).kind;

test.each([
  ["golden-autumn", "2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01"],
  ["winter-warmth", "2026-11-14", "2026-11-15", "2026-12-31", "2027-01-01"],
])("%s is shut on %s, open from %s to %s, shut on %s", (id, before, first, last, after) => {
  expect([before, first, last, after].map((day) => kindOn(id, day))).toEqual([
    "shut",
    "open",
    "open",
    "shut",
  ]);
});

test.each(["critical-illness", "emergency"])("%s takes applications on any day", (id) => {
  expect([kindOn(id, "2026-01-01"), kindOn(id, "2026-12-31")]).toEqual(["all_year", "all_year"]);
});

test("golden autumn takes papers to the end of 15 September, or longer where ten working days reach further", () => {
  const window = programmeOf("golden-autumn").window(2026, policyPack);
  const until = (asked: string) => supplementEnds(instant(asked), { flowClock, calendar }, window);
  // Ten working days from Monday 31 August end with Monday 14 September: the season's day is later.
  expect(until("2026-08-31T02:00:00Z")).toBe("2026-09-15T16:00:00.000Z");
  // From Tuesday 1 September they end with the 15th itself; from the 2nd with the 16th.
  expect(until("2026-09-01T02:00:00Z")).toBe("2026-09-15T16:00:00.000Z");
  expect(until("2026-09-02T02:00:00Z")).toBe("2026-09-16T16:00:00.000Z");
});

test("money of golden autumn arrives by 30 September, of winter warmth from 16 December to the Lantern Festival", () => {
  const deliveryOn = (id: string, day: string) =>
    programmeOf(id).delivery?.({ appliedOn: localDate(day), pack: policyPack });
  expect(deliveryOn("golden-autumn", "2026-07-20")).toEqual({ from: null, by: "2026-09-30" });
  expect(deliveryOn("winter-warmth", "2026-11-20")).toEqual({
    from: "2026-12-16",
    by: "2027-02-20",
  });
});

// 8.3 Winter Warmth: the worked case is a model worker in severe hardship, 2,000 + 1,000.
const winter = (history: Partial<AwardHistory>, pack: PolicyPack = policyPack) =>
  assessed("winter-warmth", {}, { history, pack });

test("per time: 3,000 is the Winter Warmth fund's to pay; with a supplement of 1,001 it is passed over", () => {
  expect(winter({})).toMatchObject({ yuan: 3_000, funds: ["SWN", "UNION"] });
  const dearer = drafted({
    programmes: {
      "winter-warmth": [
        {
          version: "winter-warmth-2026",
          effectiveFrom: "2026-01-01",
          basedOn: "winter-warmth-2025",
          figures: { modelWorkerSupplementYuan: "1001.00" },
        },
      ],
    },
  });
  expect(winter({}, dearer)).toMatchObject({ yuan: 3_001, funds: ["UNION"] });
});

test("person and year: 3,000 before leave 3,000 of 6,000; 3,001 leave 2,999; 5,999 leave 1; 6,000 nothing", () => {
  const used = (amount: number) => winter({ personYearByFundFen: { SWN: yuan(amount) } });
  expect(used(3_000).yuan).toBe(3_000);
  expect(used(3_001).yuan).toBe(2_999);
  expect(used(5_999).yuan).toBe(1);
  expect(used(6_000)).toMatchObject({ yuan: 0, code: "CAP_EXHAUSTED" });
});

// 8.4 Critical illness: three people, income 60,000, on file below 24·3·1,062 = 76,464 whatever the bill.
const ill = (net: number, onFile: boolean, history: Partial<AwardHistory> = {}) =>
  assessed(
    "critical-illness",
    {
      annualIncome: yuan(60_000),
      educationExpense: yuan(0),
      totalBill: yuan(net),
      basicInsurance: yuan(0),
      seriousIllnessInsurance: yuan(0),
      mutualAid: yuan(0),
      otherAid: yuan(0),
    },
    { onFile, history },
  );

test.each([
  [3_000, 0, "is the threshold itself: refused"],
  [3_000.01, 500, "is above it: 20 % of 0.01 is nothing, the minimum is 500"],
  [5_500, 500, "20 % of 2,500 is 500"],
  [5_504.99, 500, "20 % of 2,504.99 is 500.998, down to 500"],
  [5_505, 501, "20 % of 2,505 is 501"],
  [20_000, 3_400, "20 % of 17,000"],
  [20_003.33, 3_400, "3,400 and 30 % of 3.33, which is 0.999: down"],
  [20_003.34, 3_401, "3,400 and 30 % of 3.34, which is 1.002"],
  [50_000, 12_400, "3,400 and 30 % of 30,000"],
  [50_002.49, 12_400, "12,400 and 40 % of 2.49, which is 0.996: down"],
  [50_002.5, 12_401, "12,400 and 40 % of 2.50, which is 1"],
  [68_999.99, 19_999, "12,400 and 40 % of 18,999.99, which is 7,599.996: down"],
  [69_000, 20_000, "12,400 and 40 % of 19,000: the cap itself"],
  [69_002.5, 20_000, "would be 20,001: the cap holds"],
])("critical illness on file: %d gives %d: %s", (net, amount) => {
  expect(ill(net, true)).toMatchObject({
    yuan: amount,
    code: amount === 0 ? "CI_BELOW_THRESHOLD" : null,
  });
});

test.each([
  [15_000, 0, "is the threshold itself: refused"],
  [15_000.01, 500, "is above it: the minimum is 500"],
  [20_000, 500, "10 % of 5,000"],
  [20_009.99, 500, "10 % of 5,009.99 is 500.999: down"],
  [20_010, 501, "10 % of 5,010"],
  [114_999.99, 9_999, "10 % of 99,999.99 is 9,999.999: down"],
  [115_000, 10_000, "10 % of 100,000: the cap itself"],
  [115_010, 10_000, "would be 10,001: the cap holds"],
])("critical illness without a file: %d gives %d: %s", (net, amount) => {
  expect(ill(net, false)).toMatchObject({
    yuan: amount,
    code: amount === 0 ? "CI_BELOW_THRESHOLD" : null,
  });
});

test("critical illness: 16,600 before leave 3,400 of 20,000 for the year; 16,601 leave 3,399; 20,000 nothing", () => {
  const used = (amount: number) => ill(20_000, true, { programmeYearFen: yuan(amount) });
  expect(used(16_600).yuan).toBe(3_400);
  expect(used(16_601).yuan).toBe(3_399);
  expect(used(20_000)).toMatchObject({ yuan: 0, code: "CAP_EXHAUSTED" });
});

test("critical illness: bills of twelve months to the day count, a day more asks for a look, only older ones refuse", () => {
  // Applied on 10 March 2026: bills count from 10 March 2025.
  const bills = (treatmentFrom: string, treatmentTo: string) =>
    assessed("critical-illness", { treatmentFrom, treatmentTo });
  expect(bills("2025-03-10", "2026-03-10")).toMatchObject({ code: null, flags: 0 });
  expect(bills("2025-03-09", "2026-03-10")).toMatchObject({ code: null, flags: 1 });
  expect(bills("2025-03-01", "2025-03-10")).toMatchObject({ code: null, flags: 1 });
  expect(bills("2025-03-01", "2025-03-09").code).toBe("CI_BILLS_TOO_OLD");
});

// 8.5 Emergency: the worked case without the burnt home; its loss before relief of 4,000.
const loss = (net: number, over: object = {}, given: Circumstances = {}) =>
  assessed(
    "emergency",
    { homeUninhabitable: false, lossBeforeRelief: yuan(net), reliefReceived: yuan(0), ...over },
    given,
  );

test.each([
  [4_999.99, 0, "ER_LOSS_TOO_SMALL"],
  [5_000, 2_000, null],
  [49_999.99, 2_000, null],
  [50_000, 5_000, null],
])("emergency: a net loss of %d gives %d", (net, amount, code) => {
  expect(loss(net)).toMatchObject({ yuan: amount, code });
});

test.each([
  ["grade_1_4", 5_000],
  ["grade_5_10", 2_000],
])("emergency: an injury of %s gives %d", (injuryGrade, amount) => {
  expect(loss(5_000, { injuryGrade }).yuan).toBe(amount);
});

test("emergency: an uninhabitable home is level 2 without any loss, a habitable one is none", () => {
  expect(loss(0, { homeUninhabitable: true }).yuan).toBe(5_000);
  expect(loss(0, { homeUninhabitable: false }).code).toBe("ER_LOSS_TOO_SMALL");
});

test("emergency: the main earner's death by an event is level 1, by illness it isn't", () => {
  expect(loss(0, { earnerDied: true, eventKind: "traffic" }).yuan).toBe(10_000);
  expect(loss(0, { earnerDied: true, eventKind: "sudden_illness" }).code).toBe("ER_LOSS_TOO_SMALL");
});

test("emergency: level 3 needs a category, level 1 none", () => {
  // Two people with 76,464.01 are above 36·2·1,062; 5,000 of it are no 80 %.
  const rich = { annualIncome: yuan(76_464.01) };
  expect(loss(5_000, { annualIncome: yuan(76_464) }).yuan).toBe(2_000);
  expect(loss(5_000, rich).code).toBe("NOT_IN_HARDSHIP");
  expect(loss(0, { ...rich, earnerDied: true }).yuan).toBe(10_000);
});

test("emergency: one may apply on the 90th day after the event, not on the 91st, nor before it", () => {
  const appliedOn = localDate("2026-05-12");
  const after = (elapsed: number) =>
    loss(5_000, { eventDate: addDays(appliedOn, -elapsed) }, { appliedOn }).code;
  expect([0, 90, 91, -1].map(after)).toEqual([null, null, "ER_TOO_LATE", "ER_EVENT_IN_FUTURE"]);
});

test("emergency: a second award of the year is given, a third isn't", () => {
  const before = (programmeYearCount: number) =>
    loss(5_000, {}, { history: { programmeYearCount } }).code;
  expect([0, 1, 2].map(before)).toEqual([null, null, "ER_TOO_OFTEN"]);
});

test("emergency: 5,000 before leave 5,000 of 10,000 for the year; 5,001 leave 4,999; 10,000 nothing", () => {
  const used = (amount: number) =>
    loss(50_000, {}, { history: { programmeYearFen: yuan(amount) } });
  expect(used(5_000).yuan).toBe(5_000);
  expect(used(5_001).yuan).toBe(4_999);
  expect(used(10_000)).toMatchObject({ yuan: 0, code: "CAP_EXHAUSTED" });
});

test("emergency: the Winter Warmth fund pays 3,000, and not 3,001", () => {
  const left = (amount: number) =>
    loss(50_000, {}, { history: { programmeYearFen: yuan(10_000 - amount) } });
  expect(left(3_000)).toMatchObject({ yuan: 3_000, funds: ["SWN", "UNION", "DONATION"] });
  expect(left(3_001)).toMatchObject({ yuan: 3_001, funds: ["UNION", "DONATION"] });
});

test("emergency: the advance is the least of 2,000, twice L and the award", () => {
  const advance = (monthly: string) => loss(50_000, {}, { pack: withL(monthly) }).advanceYuan;
  // Twice 1,000 is 2,000; twice 999.99 is 1,999.98. Income 72,000 for two: 36·2·1,000 = 72,000 is temporary.
  expect(advance("1000.00")).toBe(2_000);
  const poorer = { annualIncome: yuan(10_000) };
  expect(loss(50_000, poorer, { pack: withL("999.99") }).advanceYuan).toBe(1_999.98);
  const left = (amount: number) =>
    loss(50_000, {}, { history: { programmeYearFen: yuan(10_000 - amount) } }).advanceYuan;
  expect(left(2_000)).toBe(2_000);
  expect(left(1_999)).toBe(1_999);
});
