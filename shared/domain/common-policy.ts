/**
 * The figures that all programmes have in common (policy 8.1, 8.6, 8.7). They stand in workflows/common-policy.json,
 * each with its source; common-figures.ts is what that file is checked against.
 */
import type { CalendarAdditions } from "../kernel/calendar.ts";
import { timesFen, type Fen } from "../kernel/money.ts";
import type { FundCode, FundLimits } from "./fund.ts";
import type { PaperRule } from "./paper-rules.ts";
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
  /** How long a refused applicant may appeal, and how long the answer may take. */
  readonly appealWithin: number;
  readonly appealAnswer: number;
  /** The reminder goes out so many days before a decision's limit. */
  readonly reminderBefore: number;
  /** After a missed limit a stand-in has so many days, before the case passes to the tier above. */
  readonly standIn: number;
}

/** How many of a decision kind are looked at again by another person, in percent (peers row 34). */
export interface SecondLook {
  readonly approvedPercent: number;
  readonly refusedPercent: number;
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
  readonly secondLook: SecondLook;
  readonly reportClock: ReportClock;
  readonly retention: Retention;
  readonly cashException: CashException;
  readonly fundLimits: Readonly<Record<FundCode, FundLimits>>;
  readonly calendar: CalendarAdditions;
  /** What every application brings, and what proves the cause it gives (policy 2.7). */
  readonly papers: readonly PaperRule[];
}

/** What the categories are measured with: the common policy and L, both of the day of application. */
export interface HardshipRules {
  readonly common: CommonPolicy;
  readonly livingStandardFen: Fen;
}

/** n·factor·L: the thresholds of policy 8.1 as whole fen, so that no per-capita figure is rounded first. */
export const livingStandardMultiple = (monthlyFen: Fen, people: number, factor: number): Fen =>
  timesFen(monthlyFen, people * factor);
