/**
 * What a schedule does for notices: those after payment are published and ended here, since no execution waits
 * for them; a notice before payment whose execution should have ended it long ago has its case taken up again.
 */
import type { Application } from "#shared/domain/application.ts";
import { noticeKindOf } from "#shared/domain/public-notice.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { stepAfterNotice } from "./end-notice.ts";
import { presentNotice, publishNotice } from "./publish-notice.ts";
import { casesIn } from "./queued-cases.ts";
import { resume } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "notices" | "workflow" | "clock" | "policy">;

/** An execution that ended its notice on time has done so by then. */
const graceMinutes = 15;

/** Publishes the notice after payment, or closes the case when it is over. An objection keeps it from either. */
const reviewOne = async (uses: Uses, application: Application): Promise<boolean> => {
  const published = (await presentNotice(uses, application))?.notice;
  if (!published) return (await publishNotice(uses, application)) !== null;
  const step = await stepAfterNotice(uses, application);
  return step !== null && (await uses.cases.commit({ step })) === "committed";
};

/** Gets a case going again whose notice is over and whose execution is gone. */
const resumeOne = async (uses: Uses, application: Application): Promise<boolean> => {
  if (noticeKindOf(application) === null) return false;
  const notice = (await presentNotice(uses, application))?.notice;
  if (!notice || addMinutes(notice.endsAt, graceMinutes) > uses.clock.now()) return false;
  return (await resume(uses, application)) !== "already_started";
};

/**
 * Runs twice an hour. One case that fails keeps no other one waiting; the first such error is thrown after them.
 * @returns how many notices were published or ended, or had their cases taken up.
 */
export const endNotices = async (uses: Uses): Promise<number> => {
  const now = uses.clock.now();
  let moved = 0;
  let problem: unknown;
  const moveAll = async (
    status: Application["status"],
    isDue: (entry: QueueEntry) => boolean,
    move: (uses: Uses, application: Application) => Promise<boolean>,
  ): Promise<void> => {
    // Those that the queue says have nothing to end yet are not read.
    for await (const application of casesIn(uses, { kind: "status", status }, isDue)) {
      if (application.status !== status) continue;
      try {
        if (await move(uses, application)) moved += 1;
      } catch (error) {
        problem ??= error;
      }
    }
  };
  await moveAll("post_review", () => true, reviewOne);
  // A notice never ends before the decision said it would.
  const mayBeOver = ({ deadlineAt }: QueueEntry): boolean =>
    deadlineAt === null || deadlineAt <= now;
  await moveAll("public_notice", mayBeOver, resumeOne);
  if (problem !== undefined) throw problem as Error;
  return moved;
};
