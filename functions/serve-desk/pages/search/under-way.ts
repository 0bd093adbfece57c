/** The cases that wait somewhere, out of the queues; never by a walk over the table. */
import type { Organisation } from "#shared/domain/organisation.ts";
import { entriesIn } from "#shared/casework/queued-cases.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Desk } from "../../frame.ts";
import { seesCaseOf } from "../../scope.ts";
import { isWaiting, type CaseFilter } from "./filter.ts";

/** So many of each kind of queue are read for one page; a city's busy week has fewer. */
const readMax = 5_000;

export interface UnderWay {
  readonly entries: readonly QueueEntry[];
  /** Whether there are more than were read. */
  readonly more: boolean;
}

const whole: readonly Queue[] = [{ kind: "unit" }, { kind: "status" }, { kind: "payable" }];

/** The queues in which cases of a state wait. */
const queuesOf = (status: CaseFilter["status"]): readonly Queue[] => {
  switch (status) {
    case null:
      return whole;
    case "submitted":
    case "in_acceptance":
    case "in_verification":
    case "in_approval":
      return [{ kind: "unit" }];
    case "reserved":
      return [{ kind: "payable" }];
    case "paid":
      return [];
    default:
      return [{ kind: "status", status }];
  }
};

const readQueue = async (desk: Desk, queue: Queue): Promise<UnderWay> => {
  const entries: QueueEntry[] = [];
  for await (const entry of entriesIn(desk.uses, queue)) {
    if (entries.length === readMax) return { entries, more: true };
    entries.push(entry);
  }
  return { entries, more: false };
};

/** All that this person may see of the cases in a state, or in any. */
export const casesUnderWay = async (
  desk: Desk,
  organisation: Organisation,
  status: CaseFilter["status"] = null,
): Promise<UnderWay> => {
  const parts = await Promise.all(queuesOf(status).map((queue) => readQueue(desk, queue)));
  return {
    entries: parts
      .flatMap(({ entries }) => entries)
      .filter((entry) => isWaiting(entry.status) && seesCaseOf(desk, organisation, entry)),
    more: parts.some(({ more }) => more),
  };
};

/** The nearest limit first; without one last, and there the oldest first. */
export const mostUrgentFirst = (a: QueueEntry, b: QueueEntry): number => {
  const [one, other] = [a.deadlineAt ?? "9", b.deadlineAt ?? "9"];
  if (one === other) return a.since < b.since ? -1 : 1;
  return one < other ? -1 : 1;
};
