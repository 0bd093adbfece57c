/** The cases of the fast track that somebody has to act on now: advances on their way, and papers that follow. */
import type { Application } from "#shared/domain/application.ts";
import { isAdvance, isFollowUp } from "#shared/domain/fast-track.ts";
import { deadlineAfter, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { fastTrackOf, policyOf } from "./load.ts";
import { entriesIn } from "./queued-cases.ts";

type Uses = Pick<Dependencies, "cases" | "policy" | "clock">;

/** The nearest limit first, so that what is overdue stands on top. */
const mostUrgentFirst = (
  a: { readonly deadlineAt: Instant | null },
  b: { readonly deadlineAt: Instant | null },
): number => ((a.deadlineAt ?? "9") < (b.deadlineAt ?? "9") ? -1 : 1);

const advanceQueues = [
  { kind: "unit" },
  { kind: "status", status: "waiting_for_funds" },
  { kind: "status", status: "payment_failed" },
  { kind: "payable" },
] as const satisfies readonly Queue[];

/** Advances that nobody has decided yet, and decided ones that are not with the bank yet. */
export const openAdvances = async (uses: Uses): Promise<readonly QueueEntry[]> => {
  const found: QueueEntry[] = [];
  for (const queue of advanceQueues) {
    for await (const entry of entriesIn(uses, queue)) if (isAdvance(entry)) found.push(entry);
  }
  return found.toSorted(mostUrgentFirst);
};

/** A case whose advance was paid and whose papers are awaited. */
export interface AwaitedPapers {
  readonly application: Application;
  /** Until when the home visit is due; null when one was made since the advance. */
  readonly visitDueAt: Instant | null;
  readonly deadlineAt: Instant | null;
}

const readsAtOnce = 16;

/** Cases whose papers and visit follow an advance, the nearest limit first. */
export const awaitedPapers = async (uses: Uses): Promise<readonly AwaitedPapers[]> => {
  const entries: QueueEntry[] = [];
  for await (const entry of entriesIn(uses, { kind: "status", status: "needs_information" })) {
    if (isFollowUp(entry)) entries.push(entry);
  }
  const found = await inParallel(entries, readsAtOnce, async ({ applicationId }) => {
    const application = await uses.cases.get(applicationId);
    if (!application || !isFollowUp(application)) return null;
    const events = await uses.cases.events(application);
    const paidAt = events.findLast(({ type }) => type === "advance_paid")?.at;
    const clock = fastTrackOf(uses, application);
    const visited = events.some(({ type, at }) => type === "visited" && at >= (paidAt ?? at));
    const { calendar } = policyOf(uses, application);
    const visitDueAt =
      visited || !paidAt || !clock ? null : deadlineAfter(paidAt, clock.visitWorkingDays, calendar);
    return { application, visitDueAt, deadlineAt: application.deadlineAt };
  });
  return found.filter((one) => one !== null).toSorted(mostUrgentFirst);
};
