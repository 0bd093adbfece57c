/**
 * What a policy file is checked against (docs/policy-guide.md): amounts are written in yuan and read as fen,
 * unknown words are refused, and every limit has limits of its own. Faults are codes; policy-faults.ts has words.
 */
import * as z from "zod";
import { parseLocalDate, type LocalDate } from "../kernel/calendar.ts";
import { parseYuan, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { Field } from "./form.ts";
import { fundTitles, type FundCode, type FundLimits } from "./fund.ts";
import { tierTitles, type Tier } from "./organisation.ts";
import type { PaperCondition, PaperRule } from "./paper-rules.ts";
import type { AllocationPolicy, Season } from "./policy.ts";

/** What can be wrong with a figure beside its kind. */
export type FigureFault =
  | "not_yuan"
  | "not_above_zero"
  | "not_a_day"
  | "not_a_month_and_day"
  | "not_rising"
  | "window_not_in_order"
  | "ladder_not_in_order"
  | "limits_not_in_order"
  | "quota_without_places"
  | "not_one_condition"
  | "day_in_both_lists";

/** A fault of a figure, told by its code; `path` leads to it from the object that is looked at. */
export const figureFault = (
  context: z.RefinementCtx,
  code: FigureFault,
  ...path: readonly (string | number)[]
): void => {
  context.addIssue({ code: "custom", message: code, path: [...path] });
};

type InFenName<Name> = Name extends `${infer Stem}Yuan` ? `${Stem}Fen` : Name;

/** An object of the file as the rules read it: what is called …Yuan there is called …Fen here. */
export type InFen<Written> = {
  readonly [Name in keyof Written as InFenName<Name>]: Written[Name];
};

const inFen = <Written extends object>(written: Written): InFen<Written> =>
  Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name.replace(/Yuan$/u, "Fen"), value]),
  ) as InFen<Written>;

/**
 * An object of figures: unknown words are refused, …Yuan is read as …Fen.
 * @param check looks at several figures together, as they are written but already read.
 */
export const figures = <Shape extends z.ZodRawShape>(
  shape: Shape,
  check?: (written: z.output<z.ZodObject<Shape>>, context: z.RefinementCtx) => void,
) => {
  const whole = z.strictObject(shape);
  return (check ? whole.superRefine(check) : whole).transform((written) => inFen(written));
};

/** "5000.00", or 5000: yuan with at most two decimals and no commas, because a misread comma is a wrong payment. */
export const yuanAmount = z.unknown().transform((written, context): Fen => {
  const isWritten = typeof written === "string" || typeof written === "number";
  const amount = isWritten ? parseYuan(String(written)) : null;
  if (amount !== null) return amount;
  figureFault(context, "not_yuan");
  return z.NEVER;
});

/** An amount above nothing. */
export const positiveAmount = yuanAmount.superRefine((amount, context) => {
  if (amount <= 0) figureFault(context, "not_above_zero");
});

/** An amount, or null: without a limit. */
const limitAmount = yuanAmount.nullable();

/** A whole number between two others, both included. */
export const wholeNumber = (min: number, max: number) => z.int().min(min).max(max);

export const percent = wholeNumber(0, 100);

/** Working or calendar days: longer limits than a year and a half are a slip of the finger. */
export const days = wholeNumber(0, 400);

export const months = wholeNumber(0, 600);

/** "2027-01-01", a day that exists. */
export const calendarDay = z.string().transform((written, context): LocalDate => {
  const day = parseLocalDate(written);
  if (day !== null) return day;
  figureFault(context, "not_a_day");
  return z.NEVER;
});

/** "08-31": a day that every year has, so never 02-29. */
export const monthDay = z.string().superRefine((written, context) => {
  if (parseLocalDate(`2025-${written}`) === null) figureFault(context, "not_a_month_and_day");
});

/** Opens and closes within one year, in that order. */
export const season: z.ZodType<Season> = figures(
  { opens: monthDay, closes: monthDay },
  ({ opens, closes }, context) => {
    if (closes < opens) figureFault(context, "window_not_in_order", "closes");
  },
);

const fundCodes = Object.keys(fundTitles) as [FundCode, ...FundCode[]];

export const fundCode = z.enum(fundCodes);

/** Funds in the order of use: one at least. */
export const fundOrder = z.array(fundCode).min(1);

export const fundLimits: z.ZodType<FundLimits> = figures(
  { perAwardMaxYuan: limitAmount, perPersonYearMaxYuan: limitAmount },
  ({ perAwardMaxYuan, perPersonYearMaxYuan }, context) => {
    if (
      perAwardMaxYuan !== null &&
      perPersonYearMaxYuan !== null &&
      perPersonYearMaxYuan < perAwardMaxYuan
    ) {
      figureFault(context, "limits_not_in_order", "perPersonYearMaxYuan");
    }
  },
);

const tiers = Object.keys(tierTitles) as [Tier, ...Tier[]];

export const tier = z.enum(tiers);

/** The values that a question of a form offers, so that a policy can't name others. */
export const optionOf = <Value extends string>({
  options = [],
}: Pick<Field<Value>, "options" | "schema">) =>
  z.enum(options.map(({ value }) => value) as unknown as readonly [Value, ...Value[]]);

const text: z.ZodType<Text> = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const value = z.union([z.string(), z.boolean(), z.number()]);

const values = z.union([value, z.array(value).min(1)]).optional();

const condition: z.ZodType<PaperCondition> = figures(
  { field: z.string(), is: values, isNot: values, aboveYuan: yuanAmount.optional() },
  (written, context) => {
    const given = [written.is, written.isNot, written.aboveYuan];
    if (given.filter((one) => one !== undefined).length !== 1) {
      figureFault(context, "not_one_condition");
    }
  },
);

const paper: z.ZodType<PaperRule> = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9_]*$/u),
  title: text,
  required: z.boolean(),
  when: z.array(condition).min(1).optional(),
});

/** A list of papers: what each is called, whether it is required, and for which answers. */
export const paperRules = z.array(paper);

const allocation: z.ZodType<AllocationPolicy> = z
  .strictObject({
    method: z.enum(["first_come", "need_ranked", "quota", "pro_rata"]),
    quotas: z.record(z.string(), wholeNumber(0, 100_000)),
  })
  .superRefine(({ method, quotas }, context) => {
    if (method === "quota" && Object.keys(quotas).length === 0) {
      figureFault(context, "quota_without_places", "quotas");
    }
  });

/** What the figures of every programme have: its papers, and how a short pot is shared. */
export const programmeShape = {
  papers: paperRules,
  /** Of the common papers only these kinds are required at once; null: as the common list has it. */
  commonPapersRequired: z.array(z.string()).nullable(),
  allocation,
};
