/**
 * The default policy pack's common figures (policy 8.1, 8.6, 8.7; 示例市). Replace L first.
 * A new year or a changed figure is a new entry with its own effective day; entries stand oldest first.
 * The tags are the sources of policy.md 10; INF marks a figure the pack's author chose.
 */
import { localDate, type CalendarAdditions, noAdditions } from "../kernel/calendar.ts";
import { timesFen, yuan, type Fen } from "../kernel/money.ts";
import type { FundCode, FundLimits } from "./fund.ts";
import type { Dated, LivingStandard } from "./policy.ts";
import type { RouteLimits } from "./route.ts";

/** Working days for each step (policy 8.6). */
export interface FlowClock {
  readonly acceptance: number;
  readonly supplement: number;
  readonly visitAndInitialReview: number;
  readonly grassRootsNotice: number;
  readonly review: number;
  readonly districtDecision: number;
  readonly cityDecision: number;
  readonly finalNotice: number;
  readonly objectionAnswer: number;
  readonly payment: number;
  readonly failedPaymentRepair: number;
}

/** When reports are due (policy 8.6, last row). */
export interface ReportClock {
  /** Day of the next month. */
  readonly monthlyLedgerDay: number;
  readonly campaignDaysAfterClose: number;
  /** Month and day of the next year. */
  readonly annualAuditPackBy: string;
}

/** How long records are kept, in years (policy 8.7). */
export interface Retention {
  readonly voucherYears: number;
  readonly bankStatementYears: number;
  readonly refusedAttachmentYears: number;
  readonly refusedRecordYears: number;
  readonly impactAssessmentYears: number;
}

/** Cash is forbidden but for an exception with a reason, witnesses and a signed receipt (policy 8.1 `cash`). */
export interface CashException {
  readonly witnessesMin: number;
  readonly needsReason: boolean;
  readonly needsSignedReceipt: boolean;
}

export interface CommonPolicy {
  readonly incomeLookbackMonths: number;
  /** DEEP iff D < deepFactor·n·L over 12 months, strictly; RELATIVE iff D < relativeFactor·n·L, strictly. */
  readonly deepFactor: number;
  readonly relativeFactor: number;
  /** ACCIDENT iff 100·net loss > accidentLossPercent·income, strictly. */
  readonly accidentLossPercent: number;
  /** TEMPORARY iff income ≤ temporaryFactor·n·L over 12 months, inclusively, and the cause is documented. */
  readonly temporaryFactor: number;
  readonly employmentMonthsFiled: number;
  readonly employmentMonthsEmergency: number;
  /** Whether one must be a union member by the day of the decision; to join in the meantime is enough. */
  readonly membershipRequired: boolean;
  readonly homesMax: number;
  /** A school is high-fee when it takes more than so many times the fee of a public school of the same grade. */
  readonly highFeeSchoolFactor: number;
  /** A review flag, not a refusal: financial assets a head above this many L. */
  readonly financialAssetsFlagFactor: number;
  readonly householdAnnualCapFen: Fen;
  readonly sameCauseOffset: boolean;
  readonly archiveValidMonths: number;
  /** The file is closed after so many months above L in a row, with the cause gone. */
  readonly archiveExitMonths: number;
  readonly fraudBarMonths: number;
  readonly route: RouteLimits;
  readonly flowClock: FlowClock;
  /** How often an applicant's time for papers may be prolonged, and how many people make a home visit. */
  readonly supplementExtensionsMax: number;
  readonly visitorsMin: number;
  readonly reportClock: ReportClock;
  readonly retention: Retention;
  readonly cashException: CashException;
  readonly fundLimits: Readonly<Record<FundCode, FundLimits>>;
  readonly calendar: CalendarAdditions;
}

/** What the categories are measured with: the common policy and L, both of the day of application. */
export interface HardshipRules {
  readonly common: CommonPolicy;
  readonly livingStandardFen: Fen;
}

const unlimited: FundLimits = { perAwardMaxFen: null, perPersonYearMaxFen: null };

/** L = 1,062.00 (Rushan 2025, H2). A city enters its own and the years it has confirmed. */
export const livingStandards: readonly Dated<LivingStandard>[] = [
  {
    version: "L-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: { monthlyFen: yuan(1062), confirmedYears: [2025, 2026, 2027] },
  },
];

export const commonPolicies: readonly Dated<CommonPolicy>[] = [
  {
    version: "common-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: {
      incomeLookbackMonths: 12, // H1
      deepFactor: 12, // H1: P < 1 × L
      relativeFactor: 24, // H1, H11: P < 2 × L
      accidentLossPercent: 80, // H1
      temporaryFactor: 36, // P2: gross income a head ≤ 3 × L
      employmentMonthsFiled: 12, // H4
      employmentMonthsEmergency: 6, // E1
      membershipRequired: true, // F1; joining before the approval INF
      homesMax: 1, // H3
      highFeeSchoolFactor: 2, // H1
      financialAssetsFlagFactor: 24, // INF
      householdAnnualCapFen: yuan(30_000), // INF
      sameCauseOffset: true, // INF, from policy 3.5
      archiveValidMonths: 12, // H2
      archiveExitMonths: 6, // H7, H8
      fraudBarMonths: 36, // F10; the period INF
      route: {
        districtFinalMaxFen: yuan(5_000), // INF
        collectiveAboveFen: yuan(10_000), // INF, from P6 and A3
      },
      flowClock: {
        acceptance: 3, // INF
        supplement: 10, // INF
        visitAndInitialReview: 5, // H4
        grassRootsNotice: 5, // F10
        review: 5, // INF
        districtDecision: 7, // INF, cf. A1
        cityDecision: 10, // A1
        finalNotice: 5, // P6, P8
        objectionAnswer: 5, // INF
        payment: 10, // INF
        failedPaymentRepair: 5, // INF
      },
      supplementExtensionsMax: 1, // INF
      visitorsMin: 2, // H14, E9
      reportClock: { monthlyLedgerDay: 5, campaignDaysAfterClose: 30, annualAuditPackBy: "01-31" }, // INF
      retention: {
        voucherYears: 30, // R1
        bankStatementYears: 10, // R1
        refusedAttachmentYears: 3, // INF
        refusedRecordYears: 10, // INF
        impactAssessmentYears: 3, // PIPL 56
      },
      cashException: { witnessesMin: 2, needsReason: true, needsSignedReceipt: true }, // F3, A2; INF
      fundLimits: {
        CENTRAL: unlimited,
        FISCAL_MATCH: unlimited,
        UNION: unlimited,
        DONATION: unlimited,
        SWN: { perAwardMaxFen: yuan(3_000), perPersonYearMaxFen: yuan(6_000) }, // F5
      },
      calendar: noAdditions,
    },
  },
];

/** n·factor·L: the thresholds of policy 8.1 as whole fen, so that no per-capita figure is rounded first. */
export const livingStandardMultiple = (monthlyFen: Fen, people: number, factor: number): Fen =>
  timesFen(monthlyFen, people * factor);
