/** The figures of winter warmth (policy 8.3): policy.json beside this file, checked and read as fen. */
import * as z from "zod";
import type { Category } from "#shared/domain/assessment.ts";
import type { FundCode, FundLimits } from "#shared/domain/fund.ts";
import type { PaperFigures } from "#shared/domain/papers.ts";
import type { AllocationPolicy, Dated, Season } from "#shared/domain/policy.ts";
import { entriesOf, type PolicyFile } from "#shared/domain/policy-entries.ts";
import {
  figureFault,
  figures,
  fundCode,
  fundLimits,
  fundOrder,
  monthDay,
  programmeShape,
  season,
  yuanAmount,
} from "#shared/domain/policy-schema.ts";
import type { Fen } from "#shared/kernel/money.ts";
import source from "./policy.json" with { type: "json" };

export const programmeId = "winter-warmth";

/** 慰问: goods by a quota list, without a means test and outside the household cap. No application is made for it. */
export interface CondolenceList {
  readonly kind: "goods";
  readonly perPersonMaxFen: Fen;
}

export interface WinterWarmthFigures extends PaperFigures {
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
  readonly allocation: AllocationPolicy;
}

const schema: z.ZodType<WinterWarmthFigures> = figures(
  {
    window: season,
    deliverFrom: monthDay,
    amountYuan: z.record(z.enum(["DEEP", "RELATIVE", "ACCIDENT", "TEMPORARY"]), yuanAmount),
    modelWorkerSupplementYuan: yuanAmount,
    fundLimits: z.partialRecord(fundCode, fundLimits),
    awardsPerHouseholdWinterMax: z.literal(1),
    condolenceList: figures({ kind: z.literal("goods"), perPersonMaxYuan: yuanAmount }),
    funds: fundOrder,
    ...programmeShape,
  },
  ({ window, deliverFrom }, context) => {
    if (deliverFrom < window.opens) figureFault(context, "window_not_in_order", "deliverFrom");
  },
);

export const policyFile: PolicyFile<WinterWarmthFigures> = { source, schema };

export const policies: readonly Dated<WinterWarmthFigures>[] = entriesOf(policyFile, programmeId);
