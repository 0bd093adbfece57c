/** What waits for handlers: acceptance checks, home visits, and papers of applicants, by office. */
import { branchAbove, handlingStatuses } from "#shared/domain/acceptance.ts";
import { isBaseUnit, type Organisation, type Unit } from "#shared/domain/organisation.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "cases" | "directory">;

/** A case that waits, and the base office it belongs to. */
export interface HandledEntry extends QueueEntry {
  readonly unit: Unit;
}

/** Base offices below an office, itself included: whose cases its handlers may see to. */
export const baseUnitsBelow = (organisation: Organisation, unitId: UnitId): readonly Unit[] =>
  organisation.units.filter(
    (unit) =>
      isBaseUnit(unit) && branchAbove(organisation, unit.id).some(({ id }) => id === unitId),
  );

/** The nearest limit first; without one last. */
const mostUrgentFirst = (a: QueueEntry, b: QueueEntry): number => {
  const [one, other] = [a.deadlineAt ?? "9", b.deadlineAt ?? "9"];
  if (one === other) return a.since < b.since ? -1 : 1;
  return one < other ? -1 : 1;
};

const handledQueues = [
  { kind: "unit" },
  { kind: "status", status: "needs_information" },
] as const satisfies readonly Queue[];

/** All that waits for handlers at these base offices. Shown and counted, never decided on. */
export const handledAt = async (
  uses: Uses,
  units: readonly Unit[],
): Promise<readonly HandledEntry[]> => {
  const byId = new Map<string, Unit>(units.map((unit) => [unit.id, unit]));
  const entries: QueueEntry[] = [];
  for (const queue of handledQueues) {
    for await (const entry of entriesIn(uses, queue)) entries.push(entry);
  }
  const steps: readonly string[] = [...handlingStatuses, "needs_information"];
  return entries
    .filter(({ status }) => steps.includes(status))
    .flatMap((entry) => {
      const unit = entry.unitId === null ? undefined : byId.get(entry.unitId);
      return unit ? [{ ...entry, unit }] : [];
    })
    .toSorted(mostUrgentFirst);
};

/** The queue of a handler who works in this office: its own cases and those of all offices below it. */
export const handlingQueue = async (uses: Uses, unitId: UnitId): Promise<readonly HandledEntry[]> =>
  handledAt(uses, baseUnitsBelow(await uses.directory.organisation(), unitId));
