/** What a household's year still leaves a case: the limits of its award, and the account they are held against. */
import type { Application } from "#shared/domain/application.ts";
import type { Assessment, AwardHistory } from "#shared/domain/assessment.ts";
import {
  leftFen,
  limitsBeside,
  limitsOf,
  type AccountLimits,
} from "#shared/domain/account-limits.ts";
import {
  addAccounts,
  emptyAccount,
  historyIn,
  type AwardAccount,
} from "#shared/domain/award-account.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
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
const yearOfCase = async (
  { cases, archive }: AccountUses,
  { household, submittedAt, persons, fileId }: Application,
): Promise<YearOfCase> => {
  if (household === null || submittedAt === null) return nothing;
  const left = fileId === null ? await archive.fileOf(household) : null;
  const related = [household, ...persons, ...(left ? [left.account] : [])];
  const accounts = await cases.awardAccounts(related, yearOf(localDateOf(submittedAt)));
  return {
    own: accounts.get(household) ?? emptyAccount,
    others: [...accounts]
      .filter(([of]) => of !== household)
      .reduce((sum, [, account]) => addAccounts(sum, account), emptyAccount),
  };
};

/** All that was granted to the household of a case in its policy year. */
export const accountOf = async (
  uses: AccountUses,
  application: Application,
): Promise<AwardAccount> => {
  const { own, others } = await yearOfCase(uses, application);
  return addAccounts(own, others);
};

/** What the household's other cases of the year take from this one's limits. */
export const loadHistory = async (
  uses: AccountUses,
  application: Application,
): Promise<AwardHistory> => historyIn(await accountOf(uses, application), application);

/**
 * The limits under which a case's award is booked to its household's own account (policy 8.1 amount order): what
 * stands in other accounts of the same people is taken off.
 */
export const accountLimitsOf = async (
  uses: Uses,
  application: Application,
): Promise<AccountLimits> => {
  const limits = limitsOf(policyOf(uses, application), await loadAssessment(uses, application));
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
