/**
 * What waits for one approver. Nothing is written for it: the office's queue says which cases wait there, and each
 * case's approval record says whose decision it waits for (docs/adr/0025).
 */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import type { Organisation, Staff } from "#shared/domain/organisation.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { presentApproval } from "./ask-approver.ts";
import { askedQueues, entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "clock">;

/** A case with the record that asks this person about it as it stands. */
export interface AskedCase {
  readonly application: Application;
  readonly approval: Approval;
  readonly staff: Staff;
}

export interface Waiting {
  /** The nearest limit first. */
  readonly asked: readonly AskedCase[];
  /** The office has more cases than were looked at: there may be more of this person's. */
  readonly isCut: boolean;
}

/** So many cases of a queue are looked at for one page: two reads each, well inside a page's time. */
const entriesMax = 400;
const readsAtOnce = 16;

const askedStatuses: readonly QueueEntry["status"][] = ["in_approval", "objection", "under_appeal"];

/** A PIN that isn't set, or is locked, doesn't take a case off somebody's list. */
const stillWaits: readonly ReturnType<typeof decisionRefusal>[] = [
  null,
  "pin_not_set",
  "pin_locked",
];

/** @returns null where nobody is asked, or whoever was asked can't decide the case as it stands. */
export const askedOf = async (
  uses: Pick<Uses, "cases">,
  { staff: people }: Pick<Organisation, "staff">,
  application: Application,
  now: Instant,
): Promise<AskedCase | null> => {
  const approval = await presentApproval(uses, application);
  if (!approval || approval.mailedAt === null) return null;
  const personOf = (id: StaffId | null): Staff | null =>
    people.find((person) => person.id === id) ?? null;
  const staff = personOf(approval.approverId);
  const insteadOf = personOf(approval.insteadOf);
  if (!staff) return null;
  return stillWaits.includes(decisionRefusal({ application, approval, staff, insteadOf }, now))
    ? { application, approval, staff }
    : null;
};

/** Where cases of this person stand: the own office, offices where they stand in for somebody, and reviews. */
const queuesOf = ({ staff: people }: Organisation, staff: Staff): readonly Queue[] => {
  const stoodIn = people.filter(({ absence }) => absence?.standInId === staff.id);
  const units = new Set([staff.unitId, ...stoodIn.map(({ unitId }) => unitId)]);
  return [
    ...Array.from(units, (unitId) => ({ kind: "unit", unitId }) as const),
    { kind: "status", status: "objection" },
    { kind: "status", status: "under_appeal" },
  ];
};

const mostUrgentFirst = (one: AskedCase, other: AskedCase): number => {
  const [a, b] = [one, other].map(
    ({ application, approval }) => `${approval.expiresAt}#${application.id}`,
  );
  return (a ?? "") < (b ?? "") ? -1 : 1;
};

/** What waits for this person now, as the cases and records themselves have it. */
export const waitingFor = async (uses: Uses, staff: Staff): Promise<Waiting> => {
  const organisation = await uses.directory.organisation();
  const entries: QueueEntry[] = [];
  let isCut = false;
  for (const queue of queuesOf(organisation, staff)) {
    for await (const entry of entriesIn(uses, queue)) {
      if (!askedStatuses.includes(entry.status)) continue;
      isCut = entries.length >= entriesMax;
      if (isCut) break;
      entries.push(entry);
    }
  }
  const now = uses.clock.now();
  const found = await inParallel(entries, readsAtOnce, async ({ applicationId }) => {
    const application = await uses.cases.get(applicationId);
    const asked = application && (await askedOf(uses, organisation, application, now));
    return asked?.staff.id === staff.id ? [asked] : [];
  });
  return { asked: found.flat().toSorted(mostUrgentFirst), isCut };
};

/** Every person whose decision is waited for, with the cases: for the morning's digest. */
export const waitingByPerson = async (
  uses: Uses,
): Promise<ReadonlyMap<StaffId, readonly AskedCase[]>> => {
  const organisation = await uses.directory.organisation();
  const now = uses.clock.now();
  const people = new Map<StaffId, AskedCase[]>();
  for (const queue of askedQueues) {
    const entries: QueueEntry[] = [];
    for await (const entry of entriesIn(uses, queue)) {
      if (askedStatuses.includes(entry.status)) entries.push(entry);
    }
    await inParallel(entries, readsAtOnce, async ({ applicationId }) => {
      const application = await uses.cases.get(applicationId);
      const asked = application && (await askedOf(uses, organisation, application, now));
      if (asked) people.set(asked.staff.id, [...(people.get(asked.staff.id) ?? []), asked]);
    });
  }
  return new Map([...people].map(([id, asked]) => [id, asked.toSorted(mostUrgentFirst)]));
};
