/**
 * What the nightly audit compares of a household's year: the account's row with its cases, and both with the policy's
 * caps (policy 3.5, 8.1; quality I3 for accounts). Pure.
 */
import { fen, maxFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import { isOverYear } from "./account-limits.ts";
import type { Application } from "./application.ts";
import {
  accountFrom,
  addAccounts,
  countedFen,
  emptyAccount,
  type AwardAccount,
} from "./award-account.ts";
import type { CommonPolicy } from "./common-policy.ts";
import type { Finding } from "./ledger-audit.ts";

/** A case that counts in an account, and what of its money has come back. */
export interface CountedCase {
  readonly application: Application;
  readonly refundedFen: Fen;
}

const scaled = (account: AwardAccount, byFen: number): AwardAccount => {
  const reduced = <Key extends string>(
    sums: Readonly<Partial<Record<Key, Fen>>>,
  ): Readonly<Record<string, Fen>> =>
    Object.fromEntries(
      (Object.entries(sums) as [string, Fen][]).map(([name, sum]) => [name, fen(sum - byFen)]),
    );
  return {
    ...account,
    totalFen: fen(account.totalFen - byFen),
    byFundFen: reduced(account.byFundFen),
    byProgrammeFen: reduced(account.byProgrammeFen),
    byCauseFen: reduced(account.byCauseFen),
  };
};

/** What one case counts in its household's year; what has come back counts no more. */
export const countedPart = ({ application, refundedFen }: CountedCase): AwardAccount => {
  const part = accountFrom([application]);
  const leftFen = maxFen(zeroFen, subtractFen(countedFen(application), refundedFen));
  return scaled(part, part.totalFen - leftFen);
};

/** What an account's row must say. */
export const accountOfCases = (counted: readonly CountedCase[]): AwardAccount =>
  counted.map(countedPart).reduce(addAccounts, emptyAccount);

/** Amounts that aren't zero, by name; numbers of cases are left out, since money that came back in parts leaves them. */
const amountsOf = (account: AwardAccount): ReadonlyMap<string, number> =>
  new Map(
    [
      ["total", account.totalFen] as const,
      ...Object.entries(account.byFundFen).map(([name, sum]) => [`fund.${name}`, sum] as const),
      ...Object.entries(account.byProgrammeFen).map(
        ([name, sum]) => [`programme.${name}`, sum] as const,
      ),
      ...Object.entries(account.byCauseFen).map(([name, sum]) => [`cause.${name}`, sum] as const),
    ].filter(([, sum]) => sum !== 0),
  );

/** The first figure in which an account's row is not what its cases come to; null where all agree. */
export const accountDifference = (
  row: AwardAccount,
  counted: AwardAccount,
): { readonly detail: string; readonly expected: number; readonly found: number } | null => {
  const [found, expected] = [amountsOf(row), amountsOf(counted)];
  for (const detail of new Set([...expected.keys(), ...found.keys()])) {
    const [due, is] = [expected.get(detail) ?? 0, found.get(detail) ?? 0];
    if (due !== is) return { detail, expected: due, found: is };
  }
  return null;
};

type FundOf = Pick<Finding, "fundId">;

const findingOf = (
  { id }: Pick<Application, "id">,
  { fundId }: FundOf,
  code: "account_differs" | "over_cap",
  said: Pick<Finding, "detail" | "expected" | "found">,
): Finding => ({ code, fundId, place: { kind: "case", id }, unit: "fen", ...said });

/** The finding stands at a case of the household, so that nobody has to be named by a hash. */
export const accountFinding = (
  application: Application,
  fund: FundOf,
  row: AwardAccount,
  counted: AwardAccount,
): Finding | null => {
  const difference = accountDifference(row, counted);
  return difference && findingOf(application, fund, "account_differs", difference);
};

/**
 * An award or a year above its cap. Of several policies of the year the widest one holds, as it does when a payment is
 * looked at.
 */
export const capFinding = (
  application: Application,
  fund: FundOf,
  account: AwardAccount,
  policies: readonly CommonPolicy[],
): Finding | null => {
  const [code] = application.fundOrder;
  const over = (detail: string, found: Fen, maxima: readonly (Fen | null)[]): Finding => {
    const expected = Math.max(...maxima.map((maximumFen) => maximumFen ?? 0));
    return findingOf(application, fund, "over_cap", { detail, expected, found });
  };
  if (isOverYear(account, application, policies)) {
    const maxima = policies.map(({ householdAnnualCapFen }) => householdAnnualCapFen);
    return over("year", account.totalFen, maxima);
  }
  if (code === undefined || countedFen(application) === 0) return null;
  const maxima = policies.map(({ fundLimits }) => fundLimits[code].perAwardMaxFen);
  return maxima.every((maximumFen) => maximumFen !== null && application.amountFen > maximumFen)
    ? over("award", application.amountFen, maxima)
    : null;
};
