/** The figures of emergency relief (policy 8.5): policy.json beside this file, checked and read as fen. */
import * as z from "zod";
import type { FundCode } from "#shared/domain/fund.ts";
import type { PaperFigures } from "#shared/domain/papers.ts";
import type { AllocationPolicy, Dated } from "#shared/domain/policy.ts";
import { entriesOf, type PolicyFile } from "#shared/domain/policy-entries.ts";
import {
  days,
  figures,
  fundOrder,
  optionOf,
  positiveAmount,
  programmeShape,
  wholeNumber,
  yuanAmount,
} from "#shared/domain/policy-schema.ts";
import type { Fen } from "#shared/kernel/money.ts";
import { form, type EventKind, type InjuryGrade } from "./form.ts";
import source from "./policy.json" with { type: "json" };

export const programmeId = "emergency";

/** The fast track (先救助后补手续): what may be paid at once, and what must follow. */
export interface Advance {
  readonly maxFen: Fen;
  /** In months of L; the smaller of the two holds. */
  readonly livingStandardsMax: number;
  readonly hoursMax: number;
  readonly visitWorkingDays: number;
  readonly fullPapersWorkingDays: number;
  /** Kinds of papers of which something is asked for with the form; none is required then. */
  readonly papersAtOnce: readonly string[];
}

export interface EmergencyFigures extends PaperFigures {
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
  /** The Winter Warmth fund's limit for one award keeps it to awards up to 3,000. */
  readonly funds: readonly FundCode[];
  readonly allocation: AllocationPolicy;
}

const schema: z.ZodType<EmergencyFigures> = figures({
  level1: figures({
    amountYuan: positiveAmount,
    eventKinds: z.array(optionOf(form.fields.eventKind)),
  }),
  level2: figures({
    amountYuan: positiveAmount,
    injuryGrades: z.array(optionOf(form.fields.injuryGrade)),
    homeUninhabitable: z.boolean(),
    netLossMinYuan: yuanAmount,
  }),
  level3: figures({ amountYuan: positiveAmount, netLossMinYuan: yuanAmount }),
  applyWithinDays: days,
  awardsPerYearMax: wholeNumber(1, 99),
  householdYearCapYuan: positiveAmount,
  advance: figures({
    maxYuan: yuanAmount,
    livingStandardsMax: wholeNumber(0, 120),
    hoursMax: wholeNumber(1, 240),
    visitWorkingDays: days,
    fullPapersWorkingDays: days,
    papersAtOnce: z.array(z.string()),
  }),
  funds: fundOrder,
  ...programmeShape,
});

export const policyFile: PolicyFile<EmergencyFigures> = { source, schema };

export const policies: readonly Dated<EmergencyFigures>[] = entriesOf(policyFile, programmeId);
