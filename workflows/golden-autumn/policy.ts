/** The figures of golden autumn (policy 8.2). A change is a new entry; entries stand oldest first. */
import type { FundCode } from "#shared/domain/fund.ts";
import type { Dated, Season } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import type { SchoolLevel, StudyKind } from "./form.ts";

export const programmeId = "golden-autumn";

/** The policy tells higher education from senior secondary schooling, and no finer. */
export type Stage = "higher" | "secondary";

export interface GoldenAutumnFigures {
  readonly window: Season;
  /** Papers asked for are taken until this day, month and day of the same year. */
  readonly supplementsTo: string;
  readonly stageOf: Readonly<Record<SchoolLevel, Stage>>;
  /** A student and year, for households with a file. */
  readonly filedFen: Readonly<Record<Stage, Fen>>;
  /** A student and year, for temporary hardship. */
  readonly temporaryFen: Readonly<Record<Stage, Fen>>;
  /** The cap of a student and year, in months of L. */
  readonly capLivingStandards: Readonly<Record<Stage, number>>;
  /** Held by the claim: a student's number and the school year. */
  readonly awardsPerStudentYearMax: 1;
  readonly excludedStudies: readonly StudyKind[];
  readonly otherGrantExcludes: boolean;
  readonly filedFunds: readonly FundCode[];
  readonly temporaryFunds: readonly FundCode[];
  /** Month and day of the same year. */
  readonly payBy: string;
}

export const policies: readonly Dated<GoldenAutumnFigures>[] = [
  {
    version: "golden-autumn-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: {
      window: { opens: "07-01", closes: "08-31" }, // ga.window: P1, P3, P9
      supplementsTo: "09-15", // INF
      stageOf: {
        senior_secondary: "secondary",
        vocational_secondary: "secondary",
        college: "higher",
        bachelor: "higher",
        postgraduate: "higher",
      }, // P1, P5
      filedFen: { higher: yuan(5_000), secondary: yuan(3_000) }, // ga.filed: P1
      temporaryFen: { higher: yuan(4_000), secondary: yuan(2_000) }, // ga.temporary: P1
      capLivingStandards: { higher: 10, secondary: 6 }, // ga.cap: H9
      awardsPerStudentYearMax: 1, // ga.perStudentPerYear: P1; key INF
      excludedStudies: [
        "military",
        "free_tuition_teacher",
        "directed",
        "sino_foreign",
        "private_high_fee",
        "abroad",
        "part_time",
      ], // ga.excluded: P1, P8; full-time only: policy 3.1
      otherGrantExcludes: true, // ga.excluded: P1; a loan is no grant: INF
      filedFunds: ["CENTRAL", "FISCAL_MATCH", "UNION"], // ga.funds: F1–F3
      temporaryFunds: ["UNION", "DONATION"], // ga.funds: F1–F3
      payBy: "09-30", // ga.payBy: INF
    },
  },
];
