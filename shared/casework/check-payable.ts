/** Asks of a payable case once more what was asked when it was decided (peers row 25), before it enters a batch. */
import type { Application } from "#shared/domain/application.ts";
import { isOverYear } from "#shared/domain/account-limits.ts";
import { lastingBar, type Bar } from "#shared/domain/bar.ts";
import type { HoldCode } from "#shared/domain/payment-check.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { mayBeDelivered } from "#shared/domain/season.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { accountOf } from "./award-limits.ts";
import { deliveryOf, policyOf } from "./load.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "oversight" | "policy" | "clock">;

/** More people than are ever barred at a time; should there be more, each case's people are looked up. */
const barsMax = 500;

/** Who is barred on a day, read once for a whole batch. */
export type BarredOn = (persons: readonly BlindIndex[]) => Promise<boolean>;

export const barredOn = async (
  { oversight }: Pick<Dependencies, "oversight">,
  on: LocalDate,
): Promise<BarredOn> => {
  const all = await oversight.bars(barsMax);
  const byPerson = new Map<BlindIndex, Bar[]>();
  for (const bar of all) byPerson.set(bar.person, [...(byPerson.get(bar.person) ?? []), bar]);
  const barsOf = async (person: BlindIndex): Promise<readonly Bar[]> =>
    all.length < barsMax ? (byPerson.get(person) ?? []) : oversight.barsOf(person);
  return async (persons) => {
    const bars = await Promise.all([...new Set(persons)].map(barsOf));
    return lastingBar(bars.flat(), on) !== null;
  };
};

/**
 * All of a case's claims are written in one transaction and freed in one, and one of them always stands in the
 * household's account: so that one tells of all.
 */
const holdsClaim = async (
  { cases }: Pick<Dependencies, "cases">,
  { id, household }: Application,
): Promise<boolean> =>
  household === null ||
  (await cases.claimsOf(household)).some(
    ({ applicationId, released }) => applicationId === id && !released,
  );

/** Why a case whose money is set aside must not be paid now; null when it may be. */
export const holdOn = async (
  uses: Uses,
  application: Application,
  isBarred: BarredOn,
): Promise<HoldCode | null> => {
  const today = localDateOf(uses.clock.now());
  if (!mayBeDelivered(today, deliveryOf(uses, application))) return "not_before";
  if (!(await holdsClaim(uses, application))) return "claim_lost";
  if (await isBarred(application.persons)) return "barred";
  const policies = [policyOf(uses, application), commonPolicyOn(uses.policy, today)];
  const account = await accountOf(uses, application);
  return isOverYear(account, application, policies) ? "over_year" : null;
};
