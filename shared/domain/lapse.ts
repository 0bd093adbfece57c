/** What happens when the applicant's time runs out (policy 8.6): the case ends, and money kept for it is freed. */
import { invariant } from "../kernel/assert.ts";
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import { zeroFen } from "../kernel/money.ts";
import { payableFen, type Application } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { isFollowUp } from "./fast-track.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { claimRecovery } from "./recovery.ts";

interface Lapse {
  readonly step: Step;
  readonly transfer?: Transfer;
}

const actor = { kind: "system", task: "close-overdue" } as const;

/** What was asked for never came. After an advance its money is claimed back; else the case lapses. */
const unanswered = (application: Application, now: Instant): Lapse | null => {
  const { advanceFen } = application;
  if (isFollowUp(application)) {
    invariant(advanceFen !== null, "a case whose advance was paid knows how much that was");
    const claim = { cause: "papers_missing", paidFen: advanceFen, standsFen: zeroFen } as const;
    const claimed = claimRecovery(application, { ...claim, at: now, actor });
    return claimed.kind === "step" ? { step: claimed.step } : null;
  }
  const taken = takeStep(
    application,
    "lapsed",
    { type: "lapsed", at: now, actor },
    // Whatever was told before, that it has lapsed was not.
    { deadlineAt: null, atUnitId: null, outcomeMailedAt: null },
  );
  return taken.kind === "step" ? { step: taken.step } : null;
};

/**
 * The card was never mended: the reservation is released and the case lapses. Where an advance of the award was
 * paid before, that much was awarded and stays paid, and its notice begins; only the rest is gone.
 */
const unmended = (application: Application, now: Instant, policy: CommonPolicy): Lapse | null => {
  const { id, cycle, fundId, advanceFen } = application;
  if (fundId === null) return null;
  const amountFen = payableFen(application);
  const noticeEndsAt = deadlineAfter(now, policy.flowClock.finalNotice, policy.calendar);
  const stays =
    isFollowUp(application) && advanceFen !== null
      ? { amountFen: advanceFen, noticeEndsAt, deadlineAt: noticeEndsAt }
      : null;
  const taken = takeStep(
    application,
    stays ? "post_review" : "lapsed",
    { type: "reservation_released", at: now, actor, detail: { fundId, amountFen } },
    {
      deadlineAt: null,
      atUnitId: null,
      // The applicant was told of the award; that it lapsed is another answer, which is still to be given.
      outcomeMailedAt: null,
      cycle: cycle + 1,
      fundId: null,
      ...stays,
    },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    transfer: caseTransfer(id, cycle, { kind: "release", fundId, amountFen, at: now }),
  };
};

/** The step that ends a case whose deadline has passed, with the release of its money; null when it isn't due. */
export const lapse = (
  application: Application,
  now: Instant,
  policy: CommonPolicy,
): Lapse | null => {
  if (application.deadlineAt === null || application.deadlineAt > now) return null;
  if (application.status === "needs_information") return unanswered(application, now);
  return application.status === "payment_failed" ? unmended(application, now, policy) : null;
};
