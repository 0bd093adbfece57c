/** The figures of winter warmth (policy 8.3). A change is a new entry; entries stand oldest first. */
import type { Category } from "#shared/domain/assessment.ts";
import type { FundCode, FundLimits } from "#shared/domain/fund.ts";
import type { Dated, Season } from "#shared/domain/policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";

export const programmeId = "winter-warmth";

/** 慰问: goods by a quota list, without a means test and outside the household cap. No application is made for it. */
export interface CondolenceList {
  readonly kind: "goods";
  readonly perPersonMaxFen: Fen;
}

export interface WinterWarmthFigures {
  readonly window: Season;
  /** Month and day; delivery ends with the Lantern Festival of the next year. */
  readonly deliverFrom: string;
  /** A household and winter. */
  readonly amountFen: Readonly<Record<Category, Fen>>;
  readonly modelWorkerSupplementFen: Fen;
  /** `ww.perTimeCap` and `ww.personYearCap`, which lie on the Winter Warmth fund. */
  readonly fundLimits: Readonly<Partial<Record<FundCode, FundLimits>>>;
  /** Held by the claim: a household and the winter. */
  readonly awardsPerHouseholdWinterMax: 1;
  readonly condolenceList: CondolenceList;
  readonly funds: readonly FundCode[];
}

export const policies: readonly Dated<WinterWarmthFigures>[] = [
  {
    version: "winter-warmth-2025",
    effectiveFrom: localDate("2025-01-01"),
    figures: {
      window: { opens: "11-15", closes: "12-31" }, // ww.window apply: W1, W4; start INF
      deliverFrom: "12-16", // ww.window deliver: W1, W4
      amountFen: {
        DEEP: yuan(2_000),
        RELATIVE: yuan(1_500),
        ACCIDENT: yuan(1_500),
        TEMPORARY: yuan(1_000),
      }, // inside 700–3,000 of W2, W3b, W5, F5; figures INF
      modelWorkerSupplementFen: yuan(1_000), // ww.modelWorkerSupplement: INF, cf. W2
      fundLimits: {
        SWN: { perAwardMaxFen: yuan(3_000), perPersonYearMaxFen: yuan(6_000) },
      }, // ww.perTimeCap, ww.personYearCap: F5
      awardsPerHouseholdWinterMax: 1, // ww.perHousehold: INF
      condolenceList: { kind: "goods", perPersonMaxFen: yuan(500) }, // ww.condolenceList: INF
      funds: ["SWN", "UNION"], // ww.funds: F5
    },
  },
];
