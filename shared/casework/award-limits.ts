/** What a household's year still leaves a case: the limits of its award, and the account they are held against. */
import type { Application } from "#shared/domain/application.ts";
import type { Assessment, AwardHistory } from "#shared/domain/assessment.ts";
import {
  leftFen,
  limitsBeside,
  limitsOf,
  limitsWith,
  type AccountLimits,
} from "#shared/domain/account-limits.ts";
import {
  addAccounts,
  emptyAccount,
  historyIn,
  type AwardAccount,
} from "#shared/domain/award-account.ts";
import type { Fund, FundCode } from "#shared/domain/fund.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, BlindIndex } from "#shared/kernel/ids.ts";
import { zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { policyOf } from "./load.ts";

type AccountUses = Pick<Dependencies, "archive" | "cases">;
type Uses = AccountUses & Pick<Dependencies, "policy">;

/** What the rules said of a case when they were last applied; null before. */
export const loadAssessment = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
): Promise<Assessment | null> =>
  (await cases.events(application)).findLast(({ type }) => type === "assessed")?.confidential
    ?.assessment ?? null;

/** What was granted in the year of a case: to its household's own account, and to others that are the same people's. */
interface YearOfCase {
  readonly own: AwardAccount;
  readonly others: AwardAccount;
}

const nothing: YearOfCase = { own: emptyAccount, others: emptyAccount };

/**
 * A household has another account before it has a file in the archive than afterwards, and a spouse has one of her
 * own: what stands under any of its people, and under a file that it has left, is the same household's (policy 8.1:
 * household = one account).
 */
const relatedTo = async (
  { archive }: AccountUses,
  { household, persons, fileId }: Application,
): Promise<readonly BlindIndex[]> => {
  if (household === null) return [];
  const left = fileId === null ? await archive.fileOf(household) : null;
  return [...new Set([household, ...persons, ...(left ? [left.account] : [])])];
};

const yearIn = (
  accounts: ReadonlyMap<BlindIndex, AwardAccount>,
  related: readonly BlindIndex[],
  household: BlindIndex,
): YearOfCase => ({
  own: accounts.get(household) ?? emptyAccount,
  others: related
    .filter((of) => of !== household)
    .reduce((sum, of) => addAccounts(sum, accounts.get(of) ?? emptyAccount), emptyAccount),
});

const yearOfCase = async (uses: AccountUses, application: Application): Promise<YearOfCase> => {
  const { household, submittedAt } = application;
  if (household === null || submittedAt === null) return nothing;
  const related = await relatedTo(uses, application);
  const accounts = await uses.cases.awardAccounts(related, yearOf(localDateOf(submittedAt)));
  return yearIn(accounts, related, household);
};

/** All that was granted to the household of a case in its policy year. */
export const accountOf = async (
  uses: AccountUses,
  application: Application,
): Promise<AwardAccount> => {
  const { own, others } = await yearOfCase(uses, application);
  return addAccounts(own, others);
};

const lookUpsAtOnce = 16;

/** The same of many cases, by id, with as few reads as they take. */
export const accountsOf = async (
  uses: AccountUses,
  applications: readonly Application[],
): Promise<ReadonlyMap<ApplicationId, AwardAccount>> => {
  const related = await inParallel(applications, lookUpsAtOnce, (one) => relatedTo(uses, one));
  const asked = applications.flatMap(({ id, household, submittedAt }, index) =>
    household === null || submittedAt === null
      ? []
      : [{ id, household, year: yearOf(localDateOf(submittedAt)), related: related[index] ?? [] }],
  );
  const found = new Map<ApplicationId, AwardAccount>();
  for (const [year, those] of Map.groupBy(asked, (one) => one.year)) {
    const accounts = await uses.cases.awardAccounts(
      those.flatMap((one) => one.related),
      year,
    );
    for (const one of those) {
      const { own, others } = yearIn(accounts, one.related, one.household);
      found.set(one.id, addAccounts(own, others));
    }
  }
  return found;
};

/** What the household's other cases of the year take from this one's limits. */
export const loadHistory = async (
  uses: AccountUses,
  application: Application,
): Promise<AwardHistory> => historyIn(await accountOf(uses, application), application);

/**
 * The limits under which a case's award is booked to its household's own account (policy 8.1 amount order): what
 * stands in other accounts of the same people is taken off. With a fund its own limit holds as well.
 */
export const accountLimitsOf = async (
  uses: Uses,
  application: Application,
  fund: Pick<Fund, "code" | "limits"> | null = null,
): Promise<AccountLimits> => {
  const ofPolicy = limitsOf(policyOf(uses, application), await loadAssessment(uses, application));
  const limits = fund ? limitsWith(ofPolicy, fund) : ofPolicy;
  const { others } = await yearOfCase(uses, application);
  return limitsBeside(limits, others, application);
};

/** The most that a case may still be awarded, out of a fund of this code: said to whoever meets a limit. */
export const awardLeftFen = async (
  uses: Uses,
  application: Application,
  limits: AccountLimits,
  code: FundCode | undefined,
): Promise<Fen> => {
  const { own } = await yearOfCase(uses, application);
  return leftFen(own, application, limits, code) ?? zeroFen;
};
