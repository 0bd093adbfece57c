/** The figures of childcare aid: policy.json beside this file, checked and read as fen. */
import type * as z from "zod";
import type { FundCode } from "#shared/domain/fund.ts";
import type { PaperFigures } from "#shared/domain/papers.ts";
import type { AllocationPolicy, Dated } from "#shared/domain/policy.ts";
import { entriesOf, type PolicyFile } from "#shared/domain/policy-entries.ts";
import {
  figures,
  fundOrder,
  positiveAmount,
  programmeShape,
  wholeNumber,
} from "#shared/domain/policy-schema.ts";
import type { Fen } from "#shared/kernel/money.ts";
import source from "./policy.json" with { type: "json" };

export const programmeId = "childcare-aid";

export interface ChildcareFigures extends PaperFigures {
  /** A child and year. */
  readonly perChildFen: Fen;
  readonly childrenMax: number;
  readonly funds: readonly FundCode[];
  readonly allocation: AllocationPolicy;
}

const schema: z.ZodType<ChildcareFigures> = figures({
  perChildYuan: positiveAmount,
  childrenMax: wholeNumber(1, 9),
  funds: fundOrder,
  ...programmeShape,
});

export const policyFile: PolicyFile<ChildcareFigures> = { source, schema };

export const policies: readonly Dated<ChildcareFigures>[] = entriesOf(policyFile, programmeId);
