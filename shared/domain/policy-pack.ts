/** The policy pack: every rule that is a figure, dated, as plain data (policy 8). The code holds none of them. */
import { localDateOf, type Instant, type LocalDate } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import { yearOf } from "../kernel/calendar.ts";
import type { CommonPolicy } from "./common-policy.ts";
import {
  firstComeFirstServed,
  inForce,
  type AllocationPolicy,
  type Dated,
  type LivingStandard,
} from "./policy.ts";

/** The pack's files as they are written: what a draft changes, and where each figure's source stands. */
export interface PolicySource {
  readonly common: readonly unknown[];
  readonly livingStandards: readonly unknown[];
  readonly programmes: Readonly<Record<string, readonly unknown[]>>;
}

export interface PolicyPack {
  readonly common: readonly Dated<CommonPolicy>[];
  readonly livingStandards: readonly Dated<LivingStandard>[];
  /** Each programme's own figures by its id; only its folder knows their shape, and has checked it. */
  readonly programmes: Readonly<Record<string, readonly Dated<unknown>[]>>;
  readonly source: PolicySource;
}

/**
 * Whether applications of a day can be assessed: a common policy holds, and L is confirmed for that year
 * (policy fact 3). Without it a programme says so at its door, instead of failing later.
 */
export const policyConfirmedOn = (
  pack: Pick<PolicyPack, "common" | "livingStandards">,
  on: LocalDate,
): boolean =>
  pack.common.some(({ effectiveFrom }) => effectiveFrom <= on) &&
  (pack.livingStandards
    .findLast(({ effectiveFrom }) => effectiveFrom <= on)
    ?.figures.confirmedYears.includes(yearOf(on)) ??
    false);

/** A programme's own figures. @throws InvariantBroken when the pack has none of it. */
export const programmePolicies = <Figures>(
  pack: PolicyPack,
  programmeId: string,
): readonly Dated<Figures>[] => {
  const policies = pack.programmes[programmeId];
  invariant(policies, "a policy pack has figures for every programme");
  return policies as readonly Dated<Figures>[];
};

/** How a programme shares a short pot on a day. @throws PolicyNotConfirmed when it has no figures yet. */
export const allocationPolicyOf = (
  pack: PolicyPack,
  programmeId: string,
  on: LocalDate,
): AllocationPolicy =>
  inForce(programmePolicies<{ readonly allocation?: AllocationPolicy }>(pack, programmeId), on)
    .figures.allocation ?? firstComeFirstServed;

/** @throws PolicyNotConfirmed when no common policy is in force on that day. */
export const commonPolicyOn = (pack: PolicyPack, on: LocalDate): CommonPolicy =>
  inForce(pack.common, on).figures;

/** The common policy of a case: of the day it was sent on, or of today for one that wasn't yet. */
export const commonPolicyOf = (
  pack: PolicyPack,
  submittedAt: Instant | null,
  now: Instant,
): CommonPolicy => commonPolicyOn(pack, localDateOf(submittedAt ?? now));
