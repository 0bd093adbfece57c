/** What the common part of a policy file is checked against (policy 8.1, 8.6, 8.7). */
import * as z from "zod";
import type { CommonPolicy } from "./common-policy.ts";
import { fundTitles, type FundCode, type FundLimits } from "./fund.ts";
import type { Line, Tier } from "./organisation.ts";
import type { LivingStandard } from "./policy.ts";
import {
  calendarDay,
  days,
  figureFault,
  figures,
  fundLimits,
  monthDay,
  months,
  paperRules,
  percent,
  positiveAmount,
  tier,
  wholeNumber,
  yuanAmount,
} from "./policy-schema.ts";

/** L and the years for which the city has confirmed it. */
export const livingStandardFigures: z.ZodType<LivingStandard> = figures({
  monthlyYuan: positiveAmount,
  confirmedYears: z.array(wholeNumber(2000, 2199)).min(1),
});

/** Every office of a line that can decide, lowest first (policy 4.1): a ladder is some of them, the ends always. */
const tiersOf: Readonly<Record<Line, readonly Tier[]>> = {
  territorial: ["station", "district", "city"],
  industrial: ["grass_roots", "bureau", "industrial", "city"],
};

const ladderOf = (line: Line): z.ZodType<readonly Tier[]> =>
  z.array(tier).superRefine((ladder, context) => {
    const known = tiersOf[line];
    const rises = ladder.every(
      (one, place) => known.indexOf(one) > known.indexOf(ladder[place - 1] ?? one) || place === 0,
    );
    const stands = ladder[0] === known[0] && ladder.at(-1) === known.at(-1) && ladder.length > 1;
    if (!rises || !stands || !ladder.every((one) => known.includes(one))) {
      figureFault(context, "ladder_not_in_order");
    }
  });

const route = figures({
  districtFinalMaxYuan: yuanAmount,
  ladders: z.strictObject({
    territorial: ladderOf("territorial"),
    industrial: ladderOf("industrial"),
  }),
  approversNeeded: z.partialRecord(tier, wholeNumber(1, 9)),
  collectiveAboveYuan: yuanAmount,
});

const flowClock = z.strictObject({
  acceptance: days,
  supplement: days,
  visitAndInitialReview: days,
  grassRootsNotice: days,
  review: days,
  districtDecision: days,
  cityDecision: days,
  finalNotice: days,
  objectionAnswer: days,
  payment: days,
  failedPaymentRepair: days,
  appealWithin: days,
  appealAnswer: days,
  reminderBefore: days,
  standIn: days,
});

const years = wholeNumber(1, 100);

const calendar = z
  .strictObject({ holidays: z.array(calendarDay), makeUpWorkingDays: z.array(calendarDay) })
  .superRefine(({ holidays, makeUpWorkingDays }, context) => {
    const both = holidays.findIndex((day) => makeUpWorkingDays.includes(day));
    if (both >= 0) figureFault(context, "day_in_both_lists", "holidays", both);
  });

const everyFundsLimits = z.strictObject(
  Object.fromEntries(Object.keys(fundTitles).map((code) => [code, fundLimits])) as Record<
    FundCode,
    z.ZodType<FundLimits>
  >,
);

const factor = wholeNumber(0, 1_200);

/** All that programmes have in common. */
export const commonFigures: z.ZodType<CommonPolicy> = figures(
  {
    incomeLookbackMonths: months,
    deepFactor: factor,
    relativeFactor: factor,
    accidentLossPercent: percent,
    temporaryFactor: factor,
    employmentMonthsFiled: months,
    employmentMonthsEmergency: months,
    membershipRequired: z.boolean(),
    homesMax: wholeNumber(0, 99),
    highFeeSchoolFactor: factor,
    financialAssetsFlagFactor: factor,
    householdAnnualCapYuan: positiveAmount,
    sameCauseOffset: z.boolean(),
    archiveValidMonths: months,
    archiveExitMonths: months,
    fraudBarMonths: months,
    route,
    flowClock,
    supplementExtensionsMax: wholeNumber(0, 9),
    visitorsMin: wholeNumber(1, 9),
    secondLook: z.strictObject({ approvedPercent: percent, refusedPercent: percent }),
    reportClock: z.strictObject({
      monthlyLedgerDay: wholeNumber(1, 28),
      campaignDaysAfterClose: days,
      annualAuditPackBy: monthDay,
    }),
    retention: z.strictObject({
      voucherYears: years,
      bankStatementYears: years,
      refusedAttachmentYears: years,
      refusedRecordYears: years,
      impactAssessmentYears: years,
    }),
    cashException: z.strictObject({
      witnessesMin: wholeNumber(0, 9),
      needsReason: z.boolean(),
      needsSignedReceipt: z.boolean(),
    }),
    fundLimits: everyFundsLimits,
    calendar,
    papers: paperRules,
  },
  ({ deepFactor, relativeFactor }, context) => {
    if (deepFactor >= relativeFactor) figureFault(context, "not_rising", "relativeFactor");
  },
);
