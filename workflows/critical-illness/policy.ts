/** The figures of critical-illness aid (policy 8.4): policy.json beside this file, checked and read as fen. */
import * as z from "zod";
import type { FundCode } from "#shared/domain/fund.ts";
import type { PaperFigures } from "#shared/domain/papers.ts";
import type { AllocationPolicy, Dated } from "#shared/domain/policy.ts";
import { entriesOf, type PolicyFile } from "#shared/domain/policy-entries.ts";
import {
  figureFault,
  figures,
  fundOrder,
  months,
  percent,
  positiveAmount,
  programmeShape,
  yuanAmount,
} from "#shared/domain/policy-schema.ts";
import type { Fen } from "#shared/kernel/money.ts";
import source from "./policy.json" with { type: "json" };

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

export interface CriticalIllnessFigures extends PaperFigures {
  readonly lookbackMonths: number;
  readonly filed: Lane;
  readonly temporary: Lane;
  /** For every cost above the lane's first mark. */
  readonly minimumFen: Fen;
  /** Held by the claim: a patient and year. */
  readonly awardsPerPatientYearMax: 1;
  /** Held by the further claims: an invoice number. */
  readonly usesOfAnInvoiceMax: 1;
  readonly allocation: AllocationPolicy;
}

const band = figures({ aboveYuan: yuanAmount, percent });

const bands = z.tuple([band], band).superRefine((rising, context) => {
  rising.forEach(({ aboveFen }, place) => {
    const before = rising[place - 1];
    if (before && aboveFen <= before.aboveFen) {
      figureFault(context, "not_rising", place, "aboveYuan");
    }
  });
});

const lane: z.ZodType<Lane> = figures({ bands, capYuan: positiveAmount, funds: fundOrder });

const schema: z.ZodType<CriticalIllnessFigures> = figures({
  lookbackMonths: months,
  filed: lane,
  temporary: lane,
  minimumYuan: yuanAmount,
  awardsPerPatientYearMax: z.literal(1),
  usesOfAnInvoiceMax: z.literal(1),
  ...programmeShape,
});

export const policyFile: PolicyFile<CriticalIllnessFigures> = { source, schema };

export const policies: readonly Dated<CriticalIllnessFigures>[] = entriesOf(
  policyFile,
  programmeId,
);
