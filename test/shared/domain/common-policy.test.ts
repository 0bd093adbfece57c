import { expect, test } from "vitest";
import { livingStandardMultiple } from "#shared/domain/common-policy.ts";
import { inForce } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { commonPolicies, livingStandards } from "#workflows/policy-pack.ts";

const { version, figures } = inForce(commonPolicies, localDate("2026-07-20"));

test("the common figures are those of policy 8.1", () => {
  expect(version).toBe("common-2025");
  expect(figures).toMatchObject({
    incomeLookbackMonths: 12,
    accidentLossPercent: 80,
    employmentMonthsFiled: 12,
    employmentMonthsEmergency: 6,
    membershipRequired: true,
    homesMax: 1,
    highFeeSchoolFactor: 2,
    financialAssetsFlagFactor: 24,
    archiveValidMonths: 12,
    archiveExitMonths: 6,
    sameCauseOffset: true,
    fraudBarMonths: 36,
    householdAnnualCapFen: yuan(30_000),
    route: { districtFinalMaxFen: yuan(5_000), collectiveAboveFen: yuan(10_000) },
    fundLimits: { SWN: { perAwardMaxFen: yuan(3_000), perPersonYearMaxFen: yuan(6_000) } },
  });
});

test("the limits of the categories are 1, 2 and 3 L over twelve months", () => {
  expect([figures.deepFactor, figures.relativeFactor, figures.temporaryFactor]).toEqual([
    1 * 12,
    2 * 12,
    3 * 12,
  ]);
});

test("the flow clock is that of policy 8.6, in working days", () => {
  expect(figures.flowClock).toEqual({
    acceptance: 3,
    supplement: 10,
    visitAndInitialReview: 5,
    grassRootsNotice: 5,
    review: 5,
    districtDecision: 7,
    cityDecision: 10,
    finalNotice: 5,
    objectionAnswer: 5,
    payment: 10,
    failedPaymentRepair: 5,
    appealWithin: 10,
    appealAnswer: 10,
    reminderBefore: 1,
    standIn: 2,
  });
});

test("records are kept as policy 8.7 says", () => {
  expect(figures.retention).toEqual({
    voucherYears: 30,
    bankStatementYears: 10,
    refusedAttachmentYears: 3,
    refusedRecordYears: 10,
    impactAssessmentYears: 3,
  });
});

test.each([
  [1, 2, 2_124],
  [1, 3, 3_186],
  [1, 6, 6_372],
  [1, 10, 10_620],
  [1, 12, 12_744],
  [3, 12, 38_232],
  [3, 24, 76_464],
  [2, 24, 50_976],
])("for %d people %d L are %d yuan (policy 8)", (people, factor, amount) => {
  const { monthlyFen } = inForce(livingStandards, localDate("2026-07-20")).figures;
  expect(livingStandardMultiple(monthlyFen, people, factor)).toBe(yuan(amount));
});

test("entries stand oldest first, so that the newest in force is found", () => {
  for (const entries of [commonPolicies, livingStandards]) {
    const days = entries.map(({ effectiveFrom }) => effectiveFrom);
    expect(days).toEqual(days.toSorted());
  }
});
