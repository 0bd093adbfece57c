/** The figures of critical-illness aid (policy 8.4). A change is a new entry; entries stand oldest first. */
import type { FundCode } from "#shared/domain/fund.ts";
import type { Dated } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";

export const programmeId = "critical-illness";

/** A rate for the part of the cost above a mark, up to the next band's mark. */
export interface Band {
  readonly aboveFen: Fen;
  readonly percent: number;
}

/** What holds for households with a file, or for those without. */
export interface Lane {
  /** Lowest first; below the first mark nothing is paid. */
  readonly bands: readonly [Band, ...Band[]];
  /** A household and year. */
  readonly capFen: Fen;
  readonly funds: readonly FundCode[];
}

export interface CriticalIllnessFigures {
  readonly lookbackMonths: number;
  readonly filed: Lane;
  readonly temporary: Lane;
  /** For every cost above the lane's first mark. */
  readonly minimumFen: Fen;
  /** Held by the claim: a patient and year. */
  readonly awardsPerPatientYearMax: 1;
  /** Held by the further claims: an invoice number. */
  readonly usesOfAnInvoiceMax: 1;
}

export const policies: readonly Dated<CriticalIllnessFigures>[] = [
  {
    version: "critical-illness-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: {
      lookbackMonths: 12, // ci.base: H7, C5
      filed: {
        bands: [
          { aboveFen: yuan(3_000), percent: 20 }, // W3b
          { aboveFen: yuan(20_000), percent: 30 }, // INF ("rising")
          { aboveFen: yuan(50_000), percent: 40 }, // INF
        ], // ci.filed.bands
        capFen: yuan(20_000), // ci.filed.cap: H9
        funds: ["CENTRAL", "FISCAL_MATCH", "UNION"], // ci.funds: F1–F3
      },
      temporary: {
        bands: [{ aboveFen: yuan(15_000), percent: 10 }], // ci.temporary: C5; rate INF
        capFen: yuan(10_000), // C2
        funds: ["UNION", "DONATION"], // ci.funds: F1–F3
      },
      minimumFen: yuan(500), // ci.min: C3
      awardsPerPatientYearMax: 1, // ci.perPatientPerYear: C2
      usesOfAnInvoiceMax: 1, // INF
    },
  },
];
