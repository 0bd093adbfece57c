/** How often one may try: counters in the table, by keyed hash of what is counted (quality C1). */
import { instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

interface Limit {
  readonly name: string;
  readonly max: number;
  readonly minutes: number;
}

/**
 * Quality C1 estimates 20 an hour for an address. Behind a carrier's or an office's router hundreds of phones
 * share one, so an address gets 300; what protects a case and a person is counted by reference and person.
 */
export const limits = {
  applyByAddress: { name: "apply-address", max: 300, minutes: 60 },
  submitByPerson: { name: "submit-person", max: 5, minutes: 60 },
  signInByAddress: { name: "sign-in-address", max: 100, minutes: 15 },
  signInByReference: { name: "sign-in-reference", max: 10, minutes: 15 },
  changeByCase: { name: "change-case", max: 30, minutes: 60 },
  objectionByAddress: { name: "objection-address", max: 30, minutes: 60 },
  /** Far above what an office needs, and far below what trying out numbers takes. */
  personSearchByStaff: { name: "person-search", max: 60, minutes: 60 },
  objectionByCase: { name: "objection-case", max: 30, minutes: 60 },
} as const satisfies Record<string, Limit>;

/** Counts a try. @returns null while it is allowed, else the minutes until the next window. */
export const overLimit = async (
  { directory, vault, clock }: Pick<Dependencies, "directory" | "vault" | "clock">,
  limit: Limit,
  subject: string,
): Promise<number | null> => {
  const windowMs = limit.minutes * 60_000;
  const nowMs = msOfInstant(clock.now());
  const endMs = (Math.floor(nowMs / windowMs) + 1) * windowMs;
  const key = `${limit.name}#${await vault.sign("rate-limit", subject)}`;
  const count = await directory.countAttempt(key, instantOfMs(endMs));
  return count > limit.max ? Math.ceil((endMs - nowMs) / 60_000) : null;
};
