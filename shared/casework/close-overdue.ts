/** What nobody answered by its deadline: the applicant's turn lapses with a reason, an approver's passes to another. */
import type { Application } from "#shared/domain/application.ts";
import { lapse } from "#shared/domain/lapse.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Queue, QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { mailOutcome } from "./applicant-mail.ts";
import { isAsked } from "./ask-approver.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { loadFacts, policyOf } from "./load.ts";
import { answerSilence } from "./missed-limit.ts";
import { askedQueues, casesIn } from "./queued-cases.ts";
import { signal } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  | "archive"
  | "cases"
  | "directory"
  | "vault"
  | "mailer"
  | "workflow"
  | "clock"
  | "siteUrl"
  | "policy"
>;

const queuesAtOnce = 8;

const lapseOne = async (uses: Uses, application: Application, now: Instant): Promise<boolean> => {
  const lapsing = lapse(application, now, policyOf(uses, application));
  if (!lapsing) return false;
  // Who has had money keeps the claim: nobody is helped twice for one event (policy 8.5 `er.perYear`).
  const ended = lapsing.step.after.status === "lapsed";
  const releasedClaims = ended ? await claimsHeldBy(uses, application) : [];
  if ((await uses.cases.commit({ ...lapsing, releasedClaims })) !== "committed") return false;
  const { after } = lapsing.step;
  const wait = await uses.cases.wait(application.id, "information");
  const waited = application.status === "needs_information" && wait !== null;
  // The execution tells the applicant; where none waits any more, it is told here.
  if (waited && (await signal(uses, after, wait.taskToken))) return true;
  await mailOutcome(uses, after, (await loadFacts(uses, after)).email);
  await uses.cases.markOutcomeMailed(after, now);
  return true;
};

/**
 * Runs every half hour. One case that fails keeps no other one waiting; the first such error is thrown after them.
 * @returns how many cases lapsed, or passed to a stand-in or the tier above.
 */
export const closeOverdue = async (uses: Uses): Promise<number> => {
  const now = uses.clock.now();
  let moved = 0;
  let problem: unknown;
  const overdue = ({ deadlineAt }: Pick<QueueEntry, "deadlineAt">): boolean =>
    deadlineAt !== null && deadlineAt <= now;
  const moveAll = async (
    queue: Queue,
    move: (application: Application) => Promise<boolean>,
  ): Promise<void> => {
    for await (const application of casesIn(uses, queue, overdue)) {
      if (!overdue(application)) continue;
      try {
        if (await move(application)) moved += 1;
      } catch (error) {
        problem ??= error;
      }
    }
  };
  await inParallel(["needs_information", "payment_failed"] as const, queuesAtOnce, (status) =>
    moveAll({ kind: "status", status }, (application) => lapseOne(uses, application, now)),
  );
  await inParallel(askedQueues, queuesAtOnce, (queue) =>
    moveAll(queue, async (application) => isAsked(application) && answerSilence(uses, application)),
  );
  if (problem !== undefined) throw problem as Error;
  return moved;
};
