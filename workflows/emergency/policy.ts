/** The figures of emergency relief (policy 8.5). A change is a new entry; entries stand oldest first. */
import type { FundCode } from "#shared/domain/fund.ts";
import type { Dated } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import type { EventKind, InjuryGrade } from "./form.ts";

export const programmeId = "emergency";

/** The fast track (先救助后补手续): what may be paid at once, and what must follow. */
export interface Advance {
  readonly maxFen: Fen;
  /** In months of L; the smaller of the two holds. */
  readonly livingStandardsMax: number;
  readonly hoursMax: number;
  readonly visitWorkingDays: number;
  readonly fullPapersWorkingDays: number;
}

export interface EmergencyFigures {
  /** Death of the member or the main earner by one of these events; without a means test. */
  readonly level1: { readonly amountFen: Fen; readonly eventKinds: readonly EventKind[] };
  readonly level2: {
    readonly amountFen: Fen;
    readonly injuryGrades: readonly InjuryGrade[];
    readonly homeUninhabitable: boolean;
    readonly netLossMinFen: Fen;
  };
  readonly level3: { readonly amountFen: Fen; readonly netLossMinFen: Fen };
  readonly applyWithinDays: number;
  readonly awardsPerYearMax: number;
  readonly householdYearCapFen: Fen;
  readonly advance: Advance;
  /** After payment. */
  readonly noticeWorkingDays: number;
  /** The Winter Warmth fund's limit for one award keeps it to awards up to 3,000. */
  readonly funds: readonly FundCode[];
}

export const policies: readonly Dated<EmergencyFigures>[] = [
  {
    version: "emergency-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: {
      level1: {
        amountFen: yuan(10_000),
        eventKinds: ["disaster", "fire", "traffic", "work_injury", "other_accident"],
      }, // er.level1: E1b, E3
      level2: {
        amountFen: yuan(5_000),
        injuryGrades: ["grade_1_4"],
        homeUninhabitable: true,
        netLossMinFen: yuan(50_000),
      }, // er.level2: E3, INF
      level3: { amountFen: yuan(2_000), netLossMinFen: yuan(5_000) }, // er.level3: E1b, E2; loss INF
      applyWithinDays: 90, // er.applyWithinDays: INF
      awardsPerYearMax: 2, // er.perYear: H11; a year INF
      householdYearCapFen: yuan(10_000), // er.perYear: INF
      advance: {
        maxFen: yuan(2_000),
        livingStandardsMax: 2,
        hoursMax: 24,
        visitWorkingDays: 3,
        fullPapersWorkingDays: 10,
      }, // er.advance: E5, E7; hours and days INF
      noticeWorkingDays: 5, // er.notice: INF
      funds: ["SWN", "UNION", "DONATION"], // er.funds: F5
    },
  },
];
