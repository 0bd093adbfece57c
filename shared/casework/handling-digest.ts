/**
 * The handlers' morning mail: how many cases wait at their office, by step, and how many are late. Late ones are
 * told to the handlers of the office above as well, so that nobody's silence stays unknown (policy 8.6).
 */
import { branchAbove, handlersOf, handlingUnitOf } from "#shared/domain/acceptance.ts";
import {
  isBaseUnit,
  type Organisation,
  type Staff,
  type Unit,
} from "#shared/domain/organisation.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import {
  isWorkingDay,
  localDateOf,
  type Instant,
  type LocalDate,
} from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { handlerDigestMail, type WaitingCounts } from "#shared/web/mails/handler-digest.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { handledAt, type HandledEntry } from "./handling-queue.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "mailer" | "clock" | "policy" | "siteUrl">;

/** What one handler is told: of the own office, or of one below that is late. */
interface Digest {
  readonly handler: Staff;
  readonly unit: Unit;
  readonly counts: WaitingCounts;
  readonly escalated: boolean;
}

const countsOf = (entries: readonly HandledEntry[], now: Instant): WaitingCounts => {
  const countOf = (status: HandledEntry["status"]): number =>
    entries.filter((entry) => entry.status === status).length;
  const late = entries.filter(
    ({ status, deadlineAt }) =>
      status !== "needs_information" && deadlineAt !== null && deadlineAt <= now,
  );
  return {
    toAccept: countOf("in_acceptance"),
    toVisit: countOf("in_verification"),
    late: late.length,
  };
};

/** Cases of each office that has handlers: those of the base offices it sees to. */
const byHandlingUnit = (
  organisation: Organisation,
  entries: readonly HandledEntry[],
): ReadonlyMap<Unit, readonly HandledEntry[]> => {
  const offices = new Map<Unit, HandledEntry[]>();
  for (const entry of entries) {
    const office = handlingUnitOf(organisation, entry.unit.id);
    if (office) offices.set(office, [...(offices.get(office) ?? []), entry]);
  }
  return offices;
};

/** Handlers of the nearest office above that has any. */
const handlersAbove = (organisation: Organisation, { id }: Unit): readonly Staff[] => {
  const above = branchAbove(organisation, id)
    .slice(1)
    .map((unit) => handlersOf(organisation, unit.id));
  return above.find((handlers) => handlers.length > 0) ?? [];
};

const digestsOf = (
  organisation: Organisation,
  entries: readonly HandledEntry[],
  now: Instant,
): readonly Digest[] =>
  [...byHandlingUnit(organisation, entries)].flatMap(([unit, own]) => {
    const counts = countsOf(own, now);
    if (counts.toAccept + counts.toVisit === 0) return [];
    const told = (escalated: boolean) => (handler: Staff) => ({ handler, unit, counts, escalated });
    return [
      ...handlersOf(organisation, unit.id).map(told(false)),
      ...(counts.late > 0 ? handlersAbove(organisation, unit).map(told(true)) : []),
    ];
  });

const sendDigest = (uses: Uses, digest: Digest, on: LocalDate): Promise<void> =>
  uses.mailer.send(
    handlerDigestMail({
      to: digest.handler.email,
      locale: digest.handler.locale,
      staffId: digest.handler.id,
      unitId: digest.unit.id,
      unitName: digest.unit.name,
      on,
      counts: digest.counts,
      escalated: digest.escalated,
      link: absolute(uses.siteUrl, paths.desk("handling")),
    }),
  );

/**
 * Runs every morning; on days off nobody is told. Run again on the same day it sends the same mails.
 * One mail that can't be sent keeps no other back; the first such error is thrown after them.
 * @returns how many mails were sent.
 */
export const remindHandlers = async (uses: Uses): Promise<number> => {
  const now = uses.clock.now();
  const today = localDateOf(now);
  if (!isWorkingDay(today, commonPolicyOn(uses.policy, today).calendar)) return 0;
  const organisation = await uses.directory.organisation();
  const entries = await handledAt(uses, organisation.units.filter(isBaseUnit));
  let sent = 0;
  let problem: unknown;
  for (const digest of digestsOf(organisation, entries, now)) {
    try {
      await sendDigest(uses, digest, today);
      sent += 1;
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem !== undefined) throw problem as Error;
  return sent;
};
