/**
 * What holds a household's awards within a policy year (policy 8.1 amount order): the policy's caps and what the
 * assessment's own steps applied. They are held again in the store when an award is booked, and asked at payment.
 */
import { fen, maxFen, minFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application } from "./application.ts";
import type { Assessment } from "./assessment.ts";
import { accountWithout, type AwardAccount } from "./award-account.ts";
import type { CommonPolicy } from "./common-policy.ts";
import type { Fund, FundCode } from "./fund.ts";

/** What holds an award within the year; null where nothing does. */
export interface AccountLimits {
  readonly householdYearMaxFen: Fen | null;
  readonly byFundMaxFen: Readonly<Partial<Record<FundCode, Fen>>>;
  /** The programme's own yearly cap of a household, and how many awards it gives one. */
  readonly programmeYearMaxFen: Fen | null;
  readonly programmeYearCountMax: number | null;
  /** All awards for one cause together: the award before earlier ones were set off against it. */
  readonly causeMaxFen: Fen | null;
}

/** For books that are moved without a policy, such as what is given back. */
export const noAccountLimits: AccountLimits = {
  householdYearMaxFen: null,
  byFundMaxFen: {},
  programmeYearMaxFen: null,
  programmeYearCountMax: null,
  causeMaxFen: null,
};

const stepOf = (assessment: Assessment | null, rule: string) =>
  assessment?.steps.find((step) => step.rule === rule);

const figure = (value: unknown): number | null => (typeof value === "number" ? value : null);
const figureFen = (value: unknown): Fen | null => (typeof value === "number" ? fen(value) : null);

/** The award before the same-cause offset; without one, what the household's cap was asked about. */
const beforeOffsetFen = (assessment: Assessment | null): Fen | null =>
  figureFen(
    (stepOf(assessment, "sameCauseOffset") ?? stepOf(assessment, "household.annualCap"))?.inputs[
      "beforeFen"
    ],
  );

/** Funds' yearly limits: the common ones, and what the assessment applied where that is stricter. */
const fundMaximaFen = (
  common: CommonPolicy,
  assessment: Assessment | null,
): Readonly<Partial<Record<FundCode, Fen>>> => {
  const maxima: Partial<Record<FundCode, Fen>> = {};
  for (const [code, { perPersonYearMaxFen }] of Object.entries(common.fundLimits)) {
    if (perPersonYearMaxFen !== null) maxima[code as FundCode] = perPersonYearMaxFen;
  }
  const applied = stepOf(assessment, "fund.perPersonYearMax")?.inputs;
  const [code, appliedFen] = [applied?.["fund"] as FundCode, figureFen(applied?.["maximumFen"])];
  if (appliedFen !== null) maxima[code] = minFen(appliedFen, maxima[code] ?? appliedFen);
  return maxima;
};

/**
 * The year's limits of a case: from the policy it began under and, where a programme has its own, from the steps
 * of its assessment, which name every figure that was applied.
 */
export const limitsOf = (common: CommonPolicy, assessment: Assessment | null): AccountLimits => {
  const steps = assessment?.steps ?? [];
  const programmeCap = steps.find(({ inputs }) => inputs["householdYear"] === true);
  const times = steps.find(({ inputs }) => inputs["awardsThisYear"] !== undefined);
  return {
    householdYearMaxFen: common.householdAnnualCapFen,
    byFundMaxFen: fundMaximaFen(common, assessment),
    programmeYearMaxFen: figureFen(programmeCap?.threshold),
    programmeYearCountMax: figure(times?.threshold),
    causeMaxFen: common.sameCauseOffset ? beforeOffsetFen(assessment) : null,
  };
};

/** The limits when a fund pays that has one of its own: the stricter of fund and policy. */
export const limitsWith = (
  limits: AccountLimits,
  { code, limits: own }: Pick<Fund, "code" | "limits">,
): AccountLimits => {
  const ownFen = own.perPersonYearMaxFen;
  if (ownFen === null) return limits;
  const byFundMaxFen = {
    ...limits.byFundMaxFen,
    [code]: minFen(ownFen, limits.byFundMaxFen[code] ?? ownFen),
  };
  return { ...limits, byFundMaxFen };
};

/** The limits of one account when other accounts of the same people hold part of the year. */
export const limitsBeside = (
  limits: AccountLimits,
  others: AwardAccount,
  { programmeId, cause }: Pick<Application, "programmeId" | "cause">,
): AccountLimits => {
  const less = (maximumFen: Fen | null, usedFen: Fen | undefined): Fen | null =>
    maximumFen === null ? null : subtractFen(maximumFen, usedFen ?? zeroFen);
  const { programmeYearCountMax: countMax } = limits;
  return {
    householdYearMaxFen: less(limits.householdYearMaxFen, others.totalFen),
    byFundMaxFen: Object.fromEntries(
      Object.entries(limits.byFundMaxFen).map(([code, maximumFen]) => [
        code,
        less(maximumFen, others.byFundFen[code as FundCode]),
      ]),
    ) as AccountLimits["byFundMaxFen"],
    programmeYearMaxFen: less(limits.programmeYearMaxFen, others.byProgrammeFen[programmeId]),
    programmeYearCountMax:
      countMax === null ? null : countMax - (others.byProgrammeCount[programmeId] ?? 0),
    causeMaxFen: less(limits.causeMaxFen, cause === null ? zeroFen : others.byCauseFen[cause]),
  };
};

/** The most that a case may be awarded by what the account says now, out of a fund of this code; zero or above. */
export const leftFen = (
  account: AwardAccount,
  application: Application,
  limits: AccountLimits,
  code: FundCode | undefined,
): Fen | null => {
  const others = accountWithout(account, application);
  const { programmeId, cause } = application;
  const fundMaxFen = code && limits.byFundMaxFen[code];
  const { programmeYearCountMax: countMax } = limits;
  const awards = others.byProgrammeCount[programmeId] ?? 0;
  const left = (maximumFen: Fen | null | undefined, usedFen: Fen | undefined): readonly Fen[] =>
    maximumFen === null || maximumFen === undefined
      ? []
      : [maxFen(zeroFen, subtractFen(maximumFen, usedFen ?? zeroFen))];
  const [first, ...more] = [
    ...left(limits.householdYearMaxFen, others.totalFen),
    ...left(fundMaxFen, code && others.byFundFen[code]),
    ...left(limits.programmeYearMaxFen, others.byProgrammeFen[programmeId]),
    ...left(cause === null ? null : limits.causeMaxFen, others.byCauseFen[cause ?? ""]),
    ...(countMax !== null && awards >= countMax ? [zeroFen] : []),
  ];
  return first === undefined ? null : minFen(first, ...more);
};

/**
 * Whether an account stands above what one household or one person may get in a year: asked once more before it is
 * paid. Only limits that don't ask who came first; of two policies of the year the wider one holds.
 */
export const isOverYear = (
  account: AwardAccount,
  application: Pick<Application, "fundOrder">,
  policies: readonly CommonPolicy[],
): boolean => {
  const [code] = application.fundOrder;
  const isOver = (usedFen: Fen, maximumOf: (policy: CommonPolicy) => Fen | null): boolean =>
    policies.every((policy) => {
      const maximumFen = maximumOf(policy);
      return maximumFen !== null && usedFen > maximumFen;
    });
  const fundUsedFen = (code && account.byFundFen[code]) ?? zeroFen;
  return (
    isOver(account.totalFen, ({ householdAnnualCapFen }) => householdAnnualCapFen) ||
    (code !== undefined &&
      isOver(fundUsedFen, ({ fundLimits }) => fundLimits[code].perPersonYearMaxFen))
  );
};
