import { policyPack } from "#workflows/policy-pack.ts";
import { expect, test } from "vitest";
import { noHistory, type AwardHistory } from "#shared/domain/assessment.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { assess } from "#workflows/golden-autumn/assess.ts";
import { examples } from "#workflows/golden-autumn/examples.ts";
import type { GoldenAutumnFacts } from "#workflows/golden-autumn/form.ts";
import { policies } from "#workflows/golden-autumn/policy.ts";
import { programme } from "#workflows/golden-autumn/programme.ts";

const [first, boundary] = examples;
if (!first || !boundary) throw new Error("the worked cases are gone");

const appliedOn = localDate("2026-07-20");
const found = (
  over: Partial<GoldenAutumnFacts>,
  from: GoldenAutumnFacts = first.facts,
  history: Partial<AwardHistory> = {},
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

test.each([
  ["senior_secondary", 3_000, 2_000],
  ["vocational_secondary", 3_000, 2_000],
  ["college", 5_000, 4_000],
  ["bachelor", 5_000, 4_000],
  ["postgraduate", 5_000, 4_000],
] as const)("%s: %d with a file, %d without", (schoolLevel, filed, temporary) => {
  expect(found({ schoolLevel }).amountFen).toBe(yuan(filed));
  expect(found({ schoolLevel }, boundary.facts).amountFen).toBe(yuan(temporary));
});

test("with a file the order is central, matching, union; without it union, donations", () => {
  expect(found({}).fundOrder).toEqual(["CENTRAL", "FISCAL_MATCH", "UNION"]);
  expect(found({}, boundary.facts).fundOrder).toEqual(["UNION", "DONATION"]);
});

test.each([
  "military",
  "free_tuition_teacher",
  "directed",
  "sino_foreign",
  "private_high_fee",
  "abroad",
  "part_time",
] as const)("%s is no study that golden autumn helps", (studyKind) => {
  expect(found({ studyKind }).refusal?.code).toBe("GA_EXCLUDED_PROGRAMME");
});

test("another grant in the school year is a refusal, and the category is told all the same", () => {
  const assessment = found({ otherGrant: true });
  expect(assessment.refusal?.code).toBe("GA_OTHER_GRANT");
  expect(assessment.category).toBe("DEEP");
});

test("twelve months of work are enough, eleven are not", () => {
  expect(found({ employmentMonths: 12 }).recommendation).toBe("approve");
  expect(found({ employmentMonths: 11 }).refusal?.code).toBe("EMPLOYMENT_TOO_SHORT");
});

test("whoever is no member yet is helped with a flag", () => {
  const assessment = found({ unionMember: false });
  expect(assessment.recommendation).toBe("approve");
  expect(assessment.flags).toHaveLength(1);
});

test("an entrant who has paid no fees yet is in temporary hardship by schooling all the same", () => {
  expect(found({ educationExpense: yuan(0) }, boundary.facts).category).toBe("TEMPORARY");
});

test("a second award for one student is set off in full, a brother's is not", () => {
  const spent = found({}, first.facts, {
    sameCauseFen: yuan(5_000),
    householdYearFen: yuan(5_000),
  });
  expect(spent.refusal?.code).toBe("CAP_EXHAUSTED");
  const brother = { householdYearFen: yuan(10_000), programmeYearFen: yuan(10_000) };
  expect(found({}, first.facts, brother).amountFen).toBe(yuan(5_000));
});

test("the figures are those of policy 8.2", () => {
  expect(policies[0]).toMatchObject({
    version: "golden-autumn-2025",
    effectiveFrom: "2025-01-01",
    figures: {
      window: { opens: "07-01", closes: "08-31" },
      supplementsTo: "09-15",
      filedFen: { higher: yuan(5_000), secondary: yuan(3_000) },
      temporaryFen: { higher: yuan(4_000), secondary: yuan(2_000) },
      capLivingStandards: { higher: 10, secondary: 6 },
      payBy: "09-30",
    },
  });
});

test("the cap of 10 or 6 L, 10,620 and 6,372, is named even where it binds nobody", () => {
  const capOf = (schoolLevel: GoldenAutumnFacts["schoolLevel"]) =>
    found({ schoolLevel }).steps.find(({ rule }) => rule.startsWith("ga.cap."))?.threshold;
  expect(capOf("bachelor")).toBe(yuan(10_620));
  expect(capOf("senior_secondary")).toBe(yuan(6_372));
});

test("the season of 2026, its supplements and its last day of payment", () => {
  expect(programme.window(2026, policyPack)).toEqual({
    opens: "2026-07-01",
    closes: "2026-08-31",
    supplementsTo: "2026-09-15",
  });
  expect(programme.delivery?.({ appliedOn, pack: policyPack })).toEqual({
    from: null,
    by: "2026-09-30",
  });
});

test("the claim is the student's and the school year's, whichever parent applies", () => {
  const mother = { ...first.facts, applicantIdNumber: "370102198203150008" };
  expect(programme.claim(mother, { appliedOn: appliedOn, pack: policyPack })).toEqual(
    programme.claim(first.facts, { appliedOn: appliedOn, pack: policyPack }),
  );
  expect(programme.claim(first.facts, { appliedOn: appliedOn, pack: policyPack })).toEqual({
    subject: first.facts.studentIdNumber,
    period: "2026-2027",
  });
  expect(
    programme.claim(first.facts, { appliedOn: localDate("2027-06-30"), pack: policyPack }).period,
  ).toBe("2026-2027");
  expect(
    programme.claim(first.facts, { appliedOn: localDate("2027-07-01"), pack: policyPack }).period,
  ).toBe("2027-2028");
});

test("an entrant brings the admission letter, a student the proof of enrolment", () => {
  const kinds = (enrolment: GoldenAutumnFacts["enrolment"]) =>
    programme
      .papers({ ...first.facts, enrolment }, { appliedOn, pack: policyPack })
      .map(({ kind }) => kind);
  expect(kinds("new")).toContain("admission_letter");
  expect(kinds("new")).not.toContain("enrolment_proof");
  expect(kinds("enrolled")).toContain("enrolment_proof");
  expect(kinds("enrolled")).not.toContain("admission_letter");
});
