import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { addDays, localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { advanceOf, assess } from "#workflows/emergency/assess.ts";
import { examples } from "#workflows/emergency/examples.ts";
import type { EmergencyFacts } from "#workflows/emergency/form.ts";
import { policies } from "#workflows/emergency/policy.ts";
import { programme } from "#workflows/emergency/programme.ts";

const [fire, death] = examples;
if (!fire || !death) throw new Error("the worked cases are gone");

const appliedOn = localDate("2026-05-12");
const found = (
  over: Partial<EmergencyFacts>,
  history: Partial<AwardHistory> = {},
  from: EmergencyFacts = fire.facts,
) =>
  assess(
    { ...from, ...over },
    {
      appliedOn,
      line: "territorial",
      pack: policyPack,
      onFile: true,
      history: { ...noHistory, ...history },
    },
  );

/** The burnt-out household without anything that would make it level 2. */
const loss = (before: number, relief = 0): Partial<EmergencyFacts> => ({
  homeUninhabitable: false,
  lossBeforeRelief: yuan(before),
  reliefReceived: yuan(relief),
});

test.each([
  [4_999.99, 0, "ER_LOSS_TOO_SMALL"],
  [5_000, 2_000, undefined],
  [49_999.99, 2_000, undefined],
  [50_000, 5_000, undefined],
])("a net loss of %d gives %d", (net, amount, code) => {
  const assessment = found(loss(net));
  expect(assessment.amountFen).toBe(yuan(amount));
  expect(assessment.refusal?.code).toBe(code);
});

test("relief received is taken off the loss, and more than the loss leaves none", () => {
  expect(found(loss(54_000, 4_000)).amountFen).toBe(yuan(5_000));
  expect(found(loss(54_000, 4_000.01)).amountFen).toBe(yuan(2_000));
  expect(found(loss(4_000, 54_000)).refusal?.code).toBe("ER_LOSS_TOO_SMALL");
});

test("a grave injury or an uninhabitable home is level 2 whatever the loss, a lighter injury is not", () => {
  expect(found({ ...loss(0), injuryGrade: "grade_1_4" }).amountFen).toBe(yuan(5_000));
  expect(found({ ...loss(0), homeUninhabitable: true }).amountFen).toBe(yuan(5_000));
  expect(found({ ...loss(0), injuryGrade: "grade_5_10" }).refusal?.code).toBe("ER_LOSS_TOO_SMALL");
});

test.each(["disaster", "fire", "traffic", "work_injury", "other_accident"] as const)(
  "death by %s is level 1",
  (eventKind) => {
    expect(found({ earnerDied: true, eventKind }).amountFen).toBe(yuan(10_000));
  },
);

test("death by illness is not level 1", () => {
  expect(found({ ...loss(6_000), earnerDied: true, eventKind: "sudden_illness" }).amountFen).toBe(
    yuan(2_000),
  );
});

test("level 1 asks for no means: neither income nor a second home refuses it", () => {
  const rich = { annualIncome: yuan(900_000), homes: 2, ownsBusiness: true };
  const assessment = found(rich, {}, death.facts);
  expect(assessment).toMatchObject({ category: null, amountFen: yuan(10_000) });
  expect(assessment.steps.some(({ rule }) => rule === "deep.maxP")).toBe(false);
});

test("level 1 is refused after misconduct", () => {
  expect(found({ cause: "conduct" }, {}, death.facts).refusal?.code).toBe("EXCLUDED_CONDUCT");
});

test("levels 2 and 3 need a category of hardship", () => {
  // Two people: 36L = 76,464; 80 % of 76,464.01 is far above the loss of 42,000.
  expect(found({ annualIncome: yuan(76_464) }).recommendation).toBe("approve");
  expect(found({ annualIncome: yuan(76_464.01) }).refusal?.code).toBe("NOT_IN_HARDSHIP");
  expect(found({ homes: 2 }).refusal?.code).toBe("EXCLUDED_PROPERTY");
});

test("a loss above 80 % of the income is hardship by sudden event", () => {
  // 42,000 is exactly 80 % of 52,500; that income is above 24L = 50,976 for two.
  expect(found({ annualIncome: yuan(52_500) }).category).toBe("TEMPORARY");
  expect(found({ annualIncome: yuan(52_499.99) }).category).toBe("ACCIDENT");
});

test("six months of work are enough, five are not", () => {
  expect(found({ employmentMonths: 6 }).recommendation).toBe("approve");
  expect(found({ employmentMonths: 5 }).refusal?.code).toBe("EMPLOYMENT_TOO_SHORT");
});

test("one may apply on the day itself and up to the 90th day after it", () => {
  const after = (days: number) => found({ eventDate: addDays(appliedOn, -days) }).refusal?.code;
  expect(after(0)).toBeUndefined();
  expect(after(90)).toBeUndefined();
  expect(after(91)).toBe("ER_TOO_LATE");
  expect(after(-1)).toBe("ER_EVENT_IN_FUTURE");
});

test("two awards a year at most", () => {
  expect(found({}, { programmeYearCount: 1 }).recommendation).toBe("approve");
  expect(found({}, { programmeYearCount: 2 }).refusal?.code).toBe("ER_TOO_OFTEN");
});

test("10,000 a household and year at most", () => {
  const year = (amount: number) => ({
    programmeYearFen: yuan(amount),
    householdYearFen: yuan(amount),
  });
  expect(found({}, year(5_000)).amountFen).toBe(yuan(5_000));
  expect(found({}, year(5_001)).amountFen).toBe(yuan(4_999));
  expect(found({}, year(10_000)).refusal?.code).toBe("CAP_EXHAUSTED");
});

test("the Winter Warmth fund pays up to 3,000, union dues and donations what is more", () => {
  expect(found(loss(5_000)).fundOrder).toEqual(["SWN", "UNION", "DONATION"]);
  expect(found({}).fundOrder).toEqual(["UNION", "DONATION"]);
  const cut = { programmeYearFen: yuan(7_000), householdYearFen: yuan(7_000) };
  expect(found({}, cut)).toMatchObject({
    amountFen: yuan(3_000),
    fundOrder: ["SWN", "UNION", "DONATION"],
  });
});

test("the advance is 2,000, for 2L are 2,124, and never more than the award", () => {
  expect(found({}).advanceFen).toBe(yuan(2_000));
  expect(found(loss(5_000)).advanceFen).toBe(yuan(2_000));
  const cut = { programmeYearFen: yuan(8_500), householdYearFen: yuan(8_500) };
  expect(found({}, cut)).toMatchObject({ amountFen: yuan(1_500), advanceFen: yuan(1_500) });
  expect(found(loss(1)).advanceFen).toBe(zeroFen);
});

test("where L is below 1,000 the advance is 2L", () => {
  const advance = policies[0]?.figures.advance;
  expect(advance && advanceOf(yuan(5_000), yuan(999.99), advance)).toBe(yuan(1_999.98));
  expect(advance && advanceOf(yuan(5_000), yuan(1_000), advance)).toBe(yuan(2_000));
});

test("the figures are those of policy 8.5", () => {
  expect(policies[0]).toMatchObject({
    version: "emergency-2025",
    effectiveFrom: "2025-01-01",
    figures: {
      level1: { amountFen: yuan(10_000) },
      level2: { amountFen: yuan(5_000), netLossMinFen: yuan(50_000) },
      level3: { amountFen: yuan(2_000), netLossMinFen: yuan(5_000) },
      applyWithinDays: 90,
      awardsPerYearMax: 2,
      householdYearCapFen: yuan(10_000),
      advance: {
        maxFen: yuan(2_000),
        livingStandardsMax: 2,
        hoursMax: 24,
        visitWorkingDays: 3,
        fullPapersWorkingDays: 10,
      },
    },
  });
});

test("the claim is the household's and the event's; the notice follows the payment", () => {
  expect(programme.claim(fire.facts, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    subject: fire.facts.applicantIdNumber,
    period: "event-2026-05-10",
  });
  expect(programme.finalNotice).toBe("after_payment");
  expect(programme.window(2026, policyPack)).toBe(null);
});

test("a sudden illness is the ill person's cause, any other event the household's", () => {
  expect(programme.causeOf(fire.facts, { appliedOn: appliedOn, pack: policyPack }).what).toBe(
    "event-2026-05-10",
  );
  const ill = { ...fire.facts, eventKind: "sudden_illness" } as const;
  expect(programme.causeOf(ill, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    what: "illness",
    subject: fire.facts.affectedIdNumber,
  });
});

test("all papers follow an advance; nobody proves an income that no rule asks for", () => {
  const required = (facts: EmergencyFacts) =>
    programme
      .papers(facts, { appliedOn, pack: policyPack })
      .flatMap(({ kind, required: wanted }) => (wanted ? [kind] : []));
  expect(required(fire.facts)).toEqual([
    "event_proof",
    "residence_and_work_proof",
    "income_certificate",
    "id_cards",
    "hukou_book",
  ]);
  expect(required(death.facts)).toEqual([
    "event_proof",
    "death_certificate",
    "id_cards",
    "hukou_book",
  ]);
  expect(required({ ...death.facts, injuryGrade: "grade_1_4" })).toContain("injury_assessment");
  expect(
    programme.papers(fire.facts, { appliedOn, pack: policyPack }).map(({ kind }) => kind),
  ).toContain("income_certificate");
});
