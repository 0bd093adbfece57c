/**
 * Which envelopes may pay an award, in their order, and why the others are passed over: policy 8.1 `fund.split`
 * with what the funds themselves lay down (earmark, year, office, limits). Pure; the store holds it once more.
 */
import { fen, maxFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application } from "./application.ts";
import { isFiled } from "./assessment.ts";
import { isInBranch } from "./branch.ts";
import { payableFen } from "./application.ts";
import type { Fund, FundCode } from "./fund.ts";
import type { Organisation } from "./organisation.ts";

/** Why a fund of the case's order doesn't pay it. The first that applies is told. */
export type PassedOver =
  | "closed"
  | "other_year"
  | "other_office"
  | "other_programme"
  | "other_category"
  | "filed_only"
  | "unfiled_only"
  | "award_too_large"
  | "person_year_used_up"
  /** Its balance, less its reserve line, is below the amount. Of this moment only: the store decides. */
  | "short";

/** What a fund's terms are held against. */
export interface FundClaim {
  readonly application: Pick<
    Application,
    "programmeId" | "category" | "unitId" | "fundOrder" | "amountFen" | "fastTrack" | "advanceFen"
  >;
  /** The financial year of the decision. */
  readonly year: number;
  readonly organisation: Organisation;
  /** Emergency relief may use what is kept in reserve. */
  readonly mayUseReserve: boolean;
  /** What the person has had of each kind of money in the year, without this award. */
  readonly personYearFen: Readonly<Partial<Record<FundCode, Fen>>>;
}

export interface FundPassedOver {
  readonly fund: Fund;
  readonly why: PassedOver;
}

export interface FundFit {
  /** Those whose terms fit, in the order in which they are tried. */
  readonly funds: readonly Fund[];
  readonly passedOver: readonly FundPassedOver[];
}

/** What an award may take of a fund now. */
export const spendableFen = (
  fund: Pick<Fund, "availableFen" | "reserveLineFen">,
  mayUseReserve: boolean,
): Fen =>
  mayUseReserve
    ? fund.availableFen
    : maxFen(zeroFen, subtractFen(fund.availableFen, fund.reserveLineFen));

const includes = <Value>(allowed: readonly Value[] | null, value: Value): boolean =>
  allowed === null || allowed.includes(value);

const earmarkRefuses = (
  { earmark }: Fund,
  { application }: Pick<FundClaim, "application">,
): PassedOver | null => {
  const filed = isFiled(application.category);
  if (!includes(earmark.programmes, application.programmeId)) return "other_programme";
  if (
    earmark.categories !== null &&
    (application.category === null || !earmark.categories.includes(application.category))
  ) {
    return "other_category";
  }
  if (earmark.files === "filed" && !filed) return "filed_only";
  return earmark.files === "unfiled" && filed ? "unfiled_only" : null;
};

const limitRefuses = (
  { limits, code }: Fund,
  { application, personYearFen }: FundClaim,
): PassedOver | null => {
  const { perAwardMaxFen, perPersonYearMaxFen } = limits;
  if (perAwardMaxFen !== null && application.amountFen > perAwardMaxFen) return "award_too_large";
  const withThisFen = (personYearFen[code] ?? zeroFen) + application.amountFen;
  return perPersonYearMaxFen !== null && withThisFen > perPersonYearMaxFen
    ? "person_year_used_up"
    : null;
};

/** Why a fund's terms refuse an award, or null when they allow it; its balance isn't asked. */
export const termsRefuse = (fund: Fund, claim: FundClaim): PassedOver | null => {
  const { unitId } = claim.application;
  if (!fund.open) return "closed";
  if (fund.year !== null && fund.year !== claim.year) return "other_year";
  const isTheirs =
    fund.unitId === null ||
    (unitId !== null && isInBranch(claim.organisation, fund.unitId, unitId));
  if (!isTheirs) return "other_office";
  return earmarkRefuses(fund, claim) ?? limitRefuses(fund, claim);
};

const byUse = (one: Fund, other: Fund): number =>
  one.useOrder - other.useOrder || (one.id < other.id ? -1 : Number(one.id > other.id));

/** Every fund of the case's order: code by code as the policy says, within a code by the funds' own order. */
const fundsOfOrder = (
  { fundOrder }: Pick<Application, "fundOrder">,
  funds: readonly Fund[],
): readonly Fund[] =>
  fundOrder.flatMap((code) => funds.filter((fund) => fund.code === code).toSorted(byUse));

/** Which funds may pay an award, and why the others of its order may not. */
export const fundFit = (claim: FundClaim, funds: readonly Fund[]): FundFit => {
  const passedOver: FundPassedOver[] = [];
  const fitting = fundsOfOrder(claim.application, funds).filter((fund) => {
    const why = termsRefuse(fund, claim);
    if (why) passedOver.push({ fund, why });
    return why === null;
  });
  return { funds: fitting, passedOver };
};

/** The fund that would pay as balances stand, with all that were passed over before it. For people to see. */
export const expectedFund = (
  claim: FundClaim,
  funds: readonly Fund[],
): { readonly fund: Fund | null; readonly passedOver: readonly FundPassedOver[] } => {
  const passedOver: FundPassedOver[] = [];
  const wantedFen = payableFen(claim.application);
  for (const fund of fundsOfOrder(claim.application, funds)) {
    const isShort = spendableFen(fund, claim.mayUseReserve) < wantedFen;
    const why = termsRefuse(fund, claim) ?? (isShort ? ("short" as const) : null);
    if (why === null) return { fund, passedOver };
    passedOver.push({ fund, why });
  }
  return { fund: null, passedOver };
};

/** The terms under which a reservation is written: the store holds both. */
export interface ReservedUnder {
  readonly termsVersion: number;
  /** So much stays in the fund. */
  readonly keepFen: Fen;
}

export const reservedUnder = (
  { termsVersion, reserveLineFen }: Pick<Fund, "termsVersion" | "reserveLineFen">,
  mayUseReserve: boolean,
): ReservedUnder => ({ termsVersion, keepFen: mayUseReserve ? fen(0) : reserveLineFen });

const passedOverMax = 5;

/** Why other funds were passed over, as codes for the trail: "central-2025:other_year swn:short". */
export const passedOverCodes = (passedOver: readonly FundPassedOver[]): string =>
  passedOver
    .slice(0, passedOverMax)
    .map(({ fund, why }) => `${fund.id}:${why}`)
    .join(" ");
