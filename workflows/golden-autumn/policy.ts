/** The figures of golden autumn (policy 8.2): policy.json beside this file, checked and read as fen. */
import * as z from "zod";
import type { FundCode } from "#shared/domain/fund.ts";
import type { PaperFigures } from "#shared/domain/papers.ts";
import type { AllocationPolicy, Dated, Season } from "#shared/domain/policy.ts";
import { entriesOf, type PolicyFile } from "#shared/domain/policy-entries.ts";
import {
  figureFault,
  figures,
  fundOrder,
  monthDay,
  optionOf,
  programmeShape,
  season,
  wholeNumber,
  yuanAmount,
} from "#shared/domain/policy-schema.ts";
import type { Fen } from "#shared/kernel/money.ts";
import { form, type SchoolLevel, type StudyKind } from "./form.ts";
import source from "./policy.json" with { type: "json" };

export const programmeId = "golden-autumn";

/** The policy tells higher education from senior secondary schooling, and no finer. */
export type Stage = "higher" | "secondary";

export interface GoldenAutumnFigures extends PaperFigures {
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
  readonly allocation: AllocationPolicy;
}

const stage = z.enum(["higher", "secondary"]);
const amountByStage = z.record(stage, yuanAmount);

const schema: z.ZodType<GoldenAutumnFigures> = figures(
  {
    window: season,
    supplementsTo: monthDay,
    stageOf: z.record(optionOf(form.fields.schoolLevel), stage),
    filedYuan: amountByStage,
    temporaryYuan: amountByStage,
    capLivingStandards: z.record(stage, wholeNumber(0, 120)),
    awardsPerStudentYearMax: z.literal(1),
    excludedStudies: z.array(optionOf(form.fields.studyKind)),
    otherGrantExcludes: z.boolean(),
    filedFunds: fundOrder,
    temporaryFunds: fundOrder,
    payBy: monthDay,
    ...programmeShape,
  },
  ({ window, supplementsTo, payBy }, context) => {
    if (supplementsTo < window.closes) figureFault(context, "window_not_in_order", "supplementsTo");
    if (payBy <= window.closes) figureFault(context, "window_not_in_order", "payBy");
  },
);

export const policyFile: PolicyFile<GoldenAutumnFigures> = { source, schema };

export const policies: readonly Dated<GoldenAutumnFigures>[] = entriesOf(policyFile, programmeId);
