/** What ends or interrupts a public notice (公示): its time, or an objection (policy 4.1, 4.3, 8.6). Pure. */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { Application } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { beforeTier, tierAbove } from "./decision.ts";
import { takeStep, type Step, type StepRefused, type StepTaken } from "./lifecycle.ts";
import type { Organisation } from "./organisation.ts";
import type { Delivery } from "./programme.ts";
import { noticeKindOf, type Notice, type NoticeKind } from "./public-notice.ts";
import { paymentDeadline } from "./season.ts";

/** What ending a notice looks at. `notice` is the one that was published, null when none was yet. */
export interface NoticeEnd {
  readonly application: Application;
  readonly notice: Pick<Notice, "kind" | "endsAt"> | null;
  readonly now: Instant;
  readonly policy: CommonPolicy;
  readonly organisation: Organisation;
  /** The days between which the programme's money is to arrive, where it has its own. */
  readonly delivery: Delivery | null;
}

/** A notice that nobody could read has not stood: its days count from when it was published (policy 4.1). */
const isOver = ({
  application,
  notice,
  now,
}: Pick<NoticeEnd, "application" | "notice" | "now">): boolean =>
  notice !== null && notice.kind === noticeKindOf(application) && notice.endsAt <= now;

const ended = (now: Instant, task: string) =>
  ({ type: "notice_ended", at: now, actor: { kind: "system", task } }) as const;

/** After the base office's notice the case goes up, with what the base office decided. */
const goUp = ({ application, now, policy, organisation }: NoticeEnd): StepTaken | StepRefused => {
  const above = tierAbove(application, application.amountFen, policy);
  invariant(above, "the base office posts a notice only of what a tier above decides");
  return takeStep(application, "in_approval", ended(now, "request-approval"), {
    ...beforeTier(application, above, { policy, organisation, now }),
    coApprovedBy: [],
    noticeEndsAt: null,
  });
};

/** After the deciding tier's notice the award is payable, and the applicant is told. */
const becomePayable = ({
  application,
  now,
  policy,
  delivery,
}: NoticeEnd): StepTaken | StepRefused =>
  takeStep(application, "reserved", ended(now, "announce-outcome"), {
    outcomeMailedAt: now,
    deadlineAt: paymentDeadline(now, policy, delivery),
  });

/** The step that ends a case's notice before payment, or null where there is none to end, or not yet. */
export const noticeEnded = (end: NoticeEnd): Step | null => {
  if (end.application.status !== "public_notice" || !isOver(end)) return null;
  const taken = noticeKindOf(end.application) === "final" ? becomePayable(end) : goUp(end);
  return taken.kind === "step" ? taken.step : null;
};

/** The step that ends the review after payment: its notice is over, and nobody had anything to say. */
export const reviewEnded = (
  end: Pick<NoticeEnd, "application" | "notice" | "now">,
): Step | null => {
  if (end.application.status !== "post_review" || !isOver(end)) return null;
  const taken = takeStep(
    end.application,
    "closed",
    { type: "closed", at: end.now, actor: { kind: "system", task: "end-notices" } },
    { deadlineAt: null },
  );
  return taken.kind === "step" ? taken.step : null;
};

/** Until when a notice stands that is published now: its working days in full, and never shorter than was decided. */
export const noticeEndFrom = (
  publishedAt: Instant,
  kind: NoticeKind,
  { noticeEndsAt }: Pick<Application, "noticeEndsAt">,
  { flowClock, calendar }: CommonPolicy,
): Instant => {
  const days = kind === "grass_roots" ? flowClock.grassRootsNotice : flowClock.finalNotice;
  const end = deadlineAfter(publishedAt, days, calendar);
  return noticeEndsAt !== null && noticeEndsAt > end ? noticeEndsAt : end;
};

/**
 * Holds a case for an objection, and no other case (policy 4.3). Its approvals get a new round, so that whoever
 * answers has a link of their own; the notice's end stays. Who objected, and what, is told in no event.
 */
export const raiseObjection = (
  application: Application,
  now: Instant,
  { flowClock, calendar }: CommonPolicy,
): StepTaken | StepRefused =>
  takeStep(
    application,
    "objection",
    {
      type: "objection_raised",
      at: now,
      actor: { kind: "system", task: "serve-applicant" },
      detail: { notice: noticeKindOf(application) },
    },
    {
      round: application.round + 1,
      deadlineAt: deadlineAfter(now, flowClock.objectionAnswer, calendar),
    },
  );
