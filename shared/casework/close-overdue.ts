/** What nobody answered by its deadline: the applicant's turn lapses with a reason, the approver is asked again. */
import type { Application } from "#shared/domain/application.ts";
import { lapse } from "#shared/domain/lapse.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { ApproverNotAvailable } from "#shared/kernel/errors.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Queue } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { mailOutcome } from "./applicant-mail.ts";
import { askApprover } from "./ask-approver.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { loadFacts } from "./load.ts";
import { signal } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  "cases" | "directory" | "vault" | "mailer" | "workflow" | "clock" | "siteUrl"
>;

const pageSize = 200;
const queuesAtOnce = 8;

const lapseOne = async (uses: Uses, application: Application, now: Instant): Promise<boolean> => {
  const lapsing = lapse(application, now);
  if (!lapsing) return false;
  const releasedClaims = await claimsHeldBy(uses, application);
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

/** A link that ran out is renewed: the approver gets a new one, which is the reminder, with a new limit. */
const askAgain = async (uses: Uses, application: Application): Promise<boolean> => {
  if (application.status !== "in_approval" || application.tier === null) return false;
  const approval = await uses.cases.approval(application.id, application.round, application.tier);
  if (!approval || approval.expiresAt > uses.clock.now()) return false;
  try {
    await askApprover(uses, application, approval.taskToken);
    return true;
  } catch (error) {
    // Nobody is left to ask: the case stays in the desk's list of overdue cases until someone is appointed.
    if (error instanceof ApproverNotAvailable) return false;
    throw error;
  }
};

async function* overdue(uses: Uses, queue: Queue, now: Instant): AsyncGenerator<Application> {
  let after: string | undefined;
  do {
    const page = await uses.cases.queue(queue, pageSize, after);
    for (const { applicationId, deadlineAt } of page.rows) {
      if (deadlineAt === null || deadlineAt > now) continue;
      const application = await uses.cases.get(applicationId);
      if (application?.deadlineAt && application.deadlineAt <= now) yield application;
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/**
 * Runs daily. One case that fails keeps no other one waiting; the first such error is thrown after them.
 * @returns how many cases lapsed or were asked about again.
 */
export const closeOverdue = async (uses: Uses): Promise<number> => {
  const now = uses.clock.now();
  let moved = 0;
  let problem: unknown;
  const moveAll = async (
    queue: Queue,
    move: (application: Application) => Promise<boolean>,
  ): Promise<void> => {
    for await (const application of overdue(uses, queue, now)) {
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
  const { units } = await uses.directory.organisation();
  await inParallel(units, queuesAtOnce, ({ id }) =>
    moveAll({ kind: "unit", unitId: id }, (application) => askAgain(uses, application)),
  );
  if (problem !== undefined) throw problem as Error;
  return moved;
};
