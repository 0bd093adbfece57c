/**
 * The outbox's sweep: cases whose state has changed but whose execution doesn't know. A signal is sent with
 * every decision; this finds the ones that got lost, so that nothing committed waits longer than five minutes.
 */
import type { Application } from "#shared/domain/application.ts";
import { seatOf } from "#shared/domain/approval.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { presentNotice } from "./publish-notice.ts";
import { resume } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "funds" | "notices" | "workflow" | "clock">;

/** Younger than this, a case's execution is probably just at it. */
const graceMinutes = 2;
/** Every case that moved within the last hours is looked at in every sweep, and all of them once a day. */
const recentMinutes = 6 * 60;
const dailyHourUtc = 18;
const pageSize = 200;
/** Most queues are empty: asked one after the other, the waiting for answers would be the whole sweep. */
const queuesAtOnce = 8;

/** Whether somebody was mailed a link for the case as it stands. */
const wasAsked = async ({ cases }: Uses, application: Application): Promise<boolean> => {
  const { id, round, tier } = application;
  if (tier === null) return false;
  const approval = await cases.approval(id, round, tier, seatOf(application));
  return approval?.caseVersion === application.version && approval.mailedAt !== null;
};

/** The machine sleeps while a notice that was published stands; afterwards it should have moved on. */
const sleepsUnderNotice = async (uses: Uses, application: Application): Promise<boolean> => {
  const notice = (await presentNotice(uses, application))?.notice;
  return notice ? addMinutes(notice.endsAt, graceMinutes) >= uses.clock.now() : false;
};

/** Whether the execution has taken up the state the case is in: each waiting task leaves a record when it does. */
const takenUp = async (uses: Uses, application: Application): Promise<boolean> => {
  const { cases } = uses;
  switch (application.status) {
    case "in_approval":
    case "objection":
    case "under_appeal":
      return wasAsked(uses, application);
    case "in_acceptance":
    case "in_verification": {
      // Acceptance is one step on from where the execution began to wait, and needs no word to it.
      const wait = await cases.wait(application.id, "handling");
      const steps = application.status === "in_acceptance" ? 0 : 1;
      return wait !== null && wait.caseVersion >= application.version - steps;
    }
    case "needs_information":
      return (await cases.wait(application.id, "information"))?.caseVersion === application.version;
    case "waiting_for_funds":
      return (await cases.wait(application.id, "funds"))?.caseVersion === application.version;
    case "public_notice":
      return sleepsUnderNotice(uses, application);
    case "reserved":
    case "ineligible":
    case "rejected":
    case "withdrawn":
    case "lapsed":
    case "post_review":
    case "recovery_due":
      // Decided; what is left to the machine is to tell the applicant.
      return application.outcomeMailedAt !== null;
    default:
      return false;
  }
};

const isDue = (entry: QueueEntry, now: Instant): boolean => {
  if (addMinutes(entry.since, graceMinutes) > now) return false;
  const nightly = new Date(now).getUTCHours() === dailyHourUtc;
  const overdue = entry.deadlineAt !== null && entry.deadlineAt < now;
  return nightly || overdue || addMinutes(entry.since, recentMinutes) > now;
};

async function* dueCases(uses: Uses, queue: Queue, now: Instant): AsyncGenerator<Application> {
  let after: string | undefined;
  do {
    const page = await uses.cases.queue(queue, pageSize, after);
    for (const entry of page.rows) {
      if (!isDue(entry, now)) continue;
      const application = await uses.cases.get(entry.applicationId);
      if (application) yield application;
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** Where a case stands as long as its execution has something left to do. */
const queuedStatuses = [
  "needs_information",
  "waiting_for_funds",
  "public_notice",
  "objection",
  "under_appeal",
  "ineligible",
  "rejected",
  "withdrawn",
  "lapsed",
  "post_review",
  "recovery_due",
] as const;

const queuesOf = async ({ directory, funds }: Uses): Promise<readonly Queue[]> => {
  const [{ units }, opened] = await Promise.all([directory.organisation(), funds.all()]);
  return [
    ...units.map(({ id }) => ({ kind: "unit", unitId: id }) as const),
    ...queuedStatuses.map((status) => ({ kind: "status", status }) as const),
    ...opened.map(({ id }) => ({ kind: "payable", fundId: id }) as const),
  ];
};

const resumeOne = async (uses: Uses, application: Application): Promise<boolean> => {
  if (await takenUp(uses, application)) return false;
  return (await resume(uses, application)) !== "already_started";
};

/**
 * Resumes every case that its execution has lost sight of. One that can't be resumed keeps no other one waiting;
 * the first such error is thrown after them. @returns how many.
 */
export const resumeStalled = async (uses: Uses): Promise<number> => {
  const now = uses.clock.now();
  const queues = await queuesOf(uses);
  let resumed = 0;
  let problem: unknown;
  await inParallel(queues, queuesAtOnce, async (queue) => {
    for await (const application of dueCases(uses, queue, now)) {
      try {
        if (await resumeOne(uses, application)) resumed += 1;
      } catch (error) {
        problem ??= error;
      }
    }
  });
  if (problem !== undefined) throw problem as Error;
  return resumed;
};
