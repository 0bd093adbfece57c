/** The nightly audit's accounts (policy 3.5): the year of each household against its cases and the policy's caps. */
import {
  accountDifference,
  accountFinding,
  accountOfCases,
  capFinding,
  type CountedCase,
} from "#shared/domain/account-audit.ts";
import type { Application } from "#shared/domain/application.ts";
import { countedFen, emptyAccount, type AwardAccount } from "#shared/domain/award-account.ts";
import { cycleWith, type CycleSums, type Finding } from "#shared/domain/ledger-audit.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { localDateOf, yearOf, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FundId } from "#shared/kernel/ids.ts";
import { addFen, maxFen, minFen, subtractFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { policyOf } from "./load.ts";
import { settledFindings, type Look } from "./settled-findings.ts";

type Uses = Pick<Dependencies, "cases" | "funds" | "policy">;

const accountsAtOnce = 100;

/** A household's year as its cases tell it. */
export interface Account {
  readonly household: BlindIndex;
  readonly year: number;
  readonly fundId: FundId;
  readonly ids: readonly ApplicationId[];
  readonly counted: AwardAccount;
}

/**
 * What of a case's payments has come back and counts no more. A payment that came back and was set aside anew (退票)
 * counts as before.
 */
export const refundedFen = (application: Application, cycles: readonly CycleSums[]): Fen => {
  const backFen = addFen(zeroFen, ...cycles.map((cycle) => cycle.refundedFen));
  if (backFen === 0 || application.advanceFen !== null) return backFen;
  const heldFen = addFen(
    ...cycles.map((cycle) => subtractFen(cycle.reservedFen, cycle.releasedFen)),
  );
  const leftFen = subtractFen(heldFen, backFen);
  return minFen(backFen, maxFen(zeroFen, subtractFen(countedFen(application), leftFen)));
};

/** A case's transfers by cycle, read strongly. */
export const cyclesNow = async (
  uses: Uses,
  application: Application,
): Promise<readonly CycleSums[]> => {
  const cycles = new Map<string, CycleSums>();
  for (const transfer of await uses.funds.transfersOf(application.id, application.cycle)) {
    const cycle = cycleWith(cycles.get(transfer.subject), transfer);
    if (cycle) cycles.set(transfer.subject, cycle);
  }
  return [...cycles.values()];
};

/**
 * A household's cases as they stand now. One that began to count since the ledger was read is known by its claim, which
 * stands in the account's own partition.
 */
const countedNow = async (
  uses: Uses,
  { household, year, ids }: Account,
): Promise<readonly CountedCase[]> => {
  const claims = await uses.cases.claimsOf(household);
  const known = new Set([...ids, ...claims.map(({ applicationId }) => applicationId)]);
  const cases = await uses.cases.getAll([...known]);
  const own = cases.filter(
    (one) =>
      one.household === household &&
      one.submittedAt !== null &&
      yearOf(localDateOf(one.submittedAt)) === year,
  );
  return Promise.all(
    own.map(async (application) => ({
      application,
      refundedFen: refundedFen(application, await cyclesNow(uses, application)),
    })),
  );
};

const rowOf = async (
  { cases }: Pick<Uses, "cases">,
  { household, year }: Account,
): Promise<AwardAccount> =>
  (await cases.awardAccounts([household], year)).get(household) ?? emptyAccount;

const lookAtAccount = async (uses: Uses, account: Account): Promise<Look> => {
  const before = await countedNow(uses, account);
  const row = await rowOf(uses, account);
  const after = await countedNow(uses, account);
  const versions = [...before, ...after].map(
    ({ application: { id, version } }) => `${id} ${version}`,
  );
  const [first] = after;
  const finding = first && accountFinding(first.application, account, row, accountOfCases(after));
  return {
    mark: `${versions.join(" ")} ${JSON.stringify(row)}`,
    findings: finding ? [finding] : [],
  };
};

const capFindings = async (
  uses: Uses,
  account: Account,
  row: AwardAccount,
  now: Instant,
): Promise<readonly Finding[]> => {
  const today = commonPolicyOn(uses.policy, localDateOf(now));
  const isWithin = row.totalFen <= (today.householdAnnualCapFen ?? Infinity);
  const awardMaxFen = Math.min(
    ...Object.values(today.fundLimits).flatMap(({ perAwardMaxFen, perPersonYearMaxFen }) => [
      perAwardMaxFen ?? Infinity,
      perPersonYearMaxFen ?? Infinity,
    ]),
  );
  // Nearly all: below every cap of today there is nothing to be looked up.
  if (isWithin && row.totalFen <= awardMaxFen) return [];
  const cases = await uses.cases.getAll(account.ids);
  return cases.flatMap((one) => capFinding(one, account, row, [policyOf(uses, one), today]) ?? []);
};

/** What the pass counted may be a moment old: only a row that has stood still since is held against its cases. */
const differencesOf = async (
  uses: Uses,
  account: Account,
  row: AwardAccount,
): Promise<readonly Finding[] | null> => {
  const isSame = (other: AwardAccount): boolean => accountDifference(row, other) === null;
  if (isSame(account.counted)) return [];
  const settled = await settledFindings(() => lookAtAccount(uses, account));
  if (settled === null || settled.length === 0) return settled;
  return isSame(await rowOf(uses, account)) ? settled : null;
};

/** Looks at every account that the cases told of; what differs is looked at until it stood still. */
export const auditAccounts = async (
  uses: Uses,
  accounts: readonly Account[],
  now: Instant,
): Promise<{ readonly findings: readonly Finding[]; readonly unsettled: number }> => {
  const findings: Finding[] = [];
  let unsettled = 0;
  for (const [year, own] of Map.groupBy(accounts, (account) => account.year)) {
    for (let first = 0; first < own.length; first += accountsAtOnce) {
      const some = own.slice(first, first + accountsAtOnce);
      const rows = await uses.cases.awardAccounts(
        some.map(({ household }) => household),
        year,
      );
      for (const account of some) {
        const row = rows.get(account.household) ?? emptyAccount;
        findings.push(...(await capFindings(uses, account, row, now)));
        const settled = await differencesOf(uses, account, row);
        if (settled === null) unsettled += 1;
        else findings.push(...settled);
      }
    }
  }
  return { findings, unsettled };
};
