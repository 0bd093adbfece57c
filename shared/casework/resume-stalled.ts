/**
 * The outbox's sweep: cases whose state has changed but whose execution doesn't know. A signal is sent with
 * every decision; this finds the ones that got lost, so that nothing committed waits longer than five minutes.
 */
import type { Application } from "#shared/domain/application.ts";
import { seatOf } from "#shared/domain/approval.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { presentNotice } from "./publish-notice.ts";
import { allQueues, casesIn } from "./queued-cases.ts";
import { resume } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "notices" | "workflow" | "clock">;

/** Younger than this, a case's execution is probably just at it. */
const graceMinutes = 2;
/**
 * Every case that moved within the last hours is looked at in every sweep, of the last days once a night, and all of
 * them once a week: whoever has taken up its case doesn't lose sight of it later.
 */
const recentMinutes = 6 * 60;
const nightlyMinutes = 3 * 24 * 60;
const nightlyHourUtc = 18;
const sunday = 0;

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

/** A refused card is the applicant's to mend: no execution has anything to do before. */
const expected = ({ status }: QueueEntry): boolean => status !== "payment_failed";

const isDue = (entry: QueueEntry, now: Instant): boolean => {
  if (addMinutes(entry.since, graceMinutes) > now) return false;
  const overdue = entry.deadlineAt !== null && entry.deadlineAt < now;
  if (overdue || addMinutes(entry.since, recentMinutes) > now) return true;
  const date = new Date(now);
  if (date.getUTCHours() !== nightlyHourUtc) return false;
  return date.getUTCDay() === sunday || addMinutes(entry.since, nightlyMinutes) > now;
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
  const due = (entry: QueueEntry): boolean => expected(entry) && isDue(entry, now);
  let resumed = 0;
  let problem: unknown;
  await inParallel(allQueues, allQueues.length, async (queue) => {
    for await (const application of casesIn(uses, queue, due)) {
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
