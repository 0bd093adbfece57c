/** What a person or a job tries on a case as it stands. Nothing is written by trying: that is the store's part. */
import { limitsBeside, limitsOf, type AccountLimits } from "#shared/domain/account-limits.ts";
import { addAccounts, emptyAccount, type AwardAccount } from "#shared/domain/award-account.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { commitCase, commitItem, type ItemCommit } from "./store.ts";
import { policy, type Applicant, type City, type Kept } from "./world.ts";

/** A command's free choices: each takes what it needs. */
export interface Drawn {
  readonly who: number;
  readonly what: number;
}

/** Writes what was prepared, now or later; "refused" where the domain allowed nothing to be written. */
export type Attempt = (city: City) => CommitOutcome;
export type Command = (city: City, kept: Kept, drawn: Drawn) => Attempt | null;

export const caseAttempt =
  (commit: Commit): Attempt =>
  (city) =>
    commitCase(city, commit);

export const itemAttempt =
  (commit: ItemCommit): Attempt =>
  (city) =>
    commitItem(city, commit);

/** The first that isn't refused for want of money: the order in which funds are offered an award. */
export const firstWithMoney =
  (commits: readonly Commit[]): Attempt =>
  (city) => {
    let outcome: CommitOutcome = "no_money";
    for (const commit of commits) {
      outcome = commitCase(city, commit);
      if (outcome !== "no_money") break;
    }
    return outcome;
  };

export const oneOf = <Value>(values: readonly Value[], drawn: number): Value | undefined =>
  values[drawn % values.length];

export const someone = (city: City, drawn: number): Staff => {
  const { staff } = city.organisation;
  return staff[drawn % staff.length]!;
};

export const applicantOf = (city: City, { id, answersVersion }: Application): Applicant =>
  city.answers.get(`${id} ${answersVersion}`) ?? "a1";

export const claimsHeldBy = (city: City, { id }: Application): readonly Claim[] =>
  [...city.claims.values()].filter(
    ({ applicationId, released }) => applicationId === id && !released,
  );

const accountOf = (city: City, household: BlindIndex, year: number): AwardAccount => {
  const row = `${household} ${year} `;
  const sums = { total: 0, fund: {}, programme: {}, count: {}, cause: {} } as {
    total: number;
  } & Record<"fund" | "programme" | "count" | "cause", Record<string, number>>;
  for (const [attribute, value] of city.accounts) {
    if (!attribute.startsWith(row)) continue;
    const [kind = "", name = ""] = attribute.slice(row.length).split(".");
    if (kind === "total") sums.total = value;
    else sums[kind as "fund"][name] = value;
  }
  return {
    totalFen: fen(sums.total),
    byFundFen: sums.fund,
    byProgrammeFen: sums.programme as AwardAccount["byProgrammeFen"],
    byProgrammeCount: sums.count,
    byCauseFen: sums.cause as AwardAccount["byCauseFen"],
  };
};

const fileAccount = (person: BlindIndex): BlindIndex => `file-${person.slice(0, 1)}` as BlindIndex;

/** What stands in the household's own account, and in others of the same people (casework/award-limits.ts). */
export const yearOfCase = (
  city: City,
  { household, persons, submittedAt, fileId }: Application,
): { readonly own: AwardAccount; readonly others: AwardAccount } => {
  if (household === null || submittedAt === null)
    return { own: emptyAccount, others: emptyAccount };
  const left = fileId === null ? [fileAccount(household)] : [];
  const related = new Set([...persons, ...left]);
  related.delete(household);
  const year = yearOf(localDateOf(submittedAt));
  return {
    own: accountOf(city, household, year),
    others: [...related].map((one) => accountOf(city, one, year)).reduce(addAccounts, emptyAccount),
  };
};

export const assessmentIn = ({ events }: Kept): Assessment | null =>
  events.findLast(({ type }) => type === "assessed")?.confidential?.assessment ?? null;

export const accountLimitsOf = (city: City, kept: Kept): AccountLimits =>
  limitsBeside(
    limitsOf(policy, assessmentIn(kept)),
    yearOfCase(city, kept.application).others,
    kept.application,
  );

/** Open funds in the case's order of use. */
export const fundsFor = (city: City, { fundOrder }: Application) =>
  fundOrder.flatMap((code: FundCode) =>
    [...city.funds.values()].filter((fund) => fund.code === code && fund.open),
  );
