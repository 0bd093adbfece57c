/** Asks of a payable case once more what was asked when it was decided (peers row 25), before it enters a batch. */
import type { Application } from "#shared/domain/application.ts";
import { isOverYear } from "#shared/domain/account-limits.ts";
import { emptyAccount } from "#shared/domain/award-account.ts";
import { lastingBar, type Bar } from "#shared/domain/bar.ts";
import { isHeld } from "#shared/domain/payment-hold.ts";
import type { HoldCode } from "#shared/domain/payment-check.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { mayBeDelivered } from "#shared/domain/season.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { accountsOf } from "./award-limits.ts";
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
 * Why each of these cases, whose money is set aside, must not be paid now, by id; null when it may be. All of a case's
 * claims are written in one transaction and freed in one, and one of them always stands in the household's account: so
 * that one tells of all.
 */
export const holdsOn = async (
  uses: Uses,
  applications: readonly Application[],
  isBarred: BarredOn,
): Promise<ReadonlyMap<ApplicationId, HoldCode | null>> => {
  const today = localDateOf(uses.clock.now());
  const common = commonPolicyOn(uses.policy, today);
  const [holding, accounts, stopped] = await Promise.all([
    uses.cases.holdingClaim(applications.filter(({ household }) => household !== null)),
    accountsOf(uses, applications),
    uses.oversight.paymentHolds(),
  ]);
  // The days of delivery are worked out from calendars, and are the same for all of a programme and a day.
  const deliverable = new Map<string, boolean>();
  const isDeliverable = (application: Application): boolean => {
    const { programmeId, submittedAt } = application;
    const same = `${programmeId} ${submittedAt && localDateOf(submittedAt)}`;
    const known = deliverable.get(same) ?? mayBeDelivered(today, deliveryOf(uses, application));
    deliverable.set(same, known);
    return known;
  };
  const holdOf = async (application: Application): Promise<HoldCode | null> => {
    const { id, household, persons } = application;
    if (!isDeliverable(application)) return "not_before";
    if (household !== null && !holding.has(id)) return "claim_lost";
    if (isHeld(stopped, application)) return "on_hold";
    if (await isBarred(persons)) return "barred";
    const account = accounts.get(id) ?? emptyAccount;
    const policies = [policyOf(uses, application), common];
    return isOverYear(account, application, policies) ? "over_year" : null;
  };
  const holds = await Promise.all(applications.map(holdOf));
  return new Map(applications.map(({ id }, index) => [id, holds[index] ?? null]));
};
