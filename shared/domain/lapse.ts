/** What happens when the applicant's time runs out (policy 8.6): the case ends, and money kept for it is freed. */
import type { Instant } from "../kernel/calendar.ts";
import type { Application } from "./application.ts";
import { caseTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step } from "./lifecycle.ts";

/** The step that ends a case whose deadline has passed, with the release of its money; null when it isn't due. */
export const lapse = (
  application: Application,
  now: Instant,
): { readonly step: Step; readonly transfer?: Transfer } | null => {
  if (application.deadlineAt === null || application.deadlineAt > now) return null;
  const actor = { kind: "system", task: "close-overdue" } as const;
  // Whatever was told before, that it has lapsed was not.
  const ended = { deadlineAt: null, atUnitId: null, outcomeMailedAt: null };
  if (application.status === "needs_information") {
    const taken = takeStep(application, "lapsed", { type: "lapsed", at: now, actor }, ended);
    return taken.kind === "step" ? { step: taken.step } : null;
  }
  if (application.status !== "payment_failed" || application.fundId === null) return null;
  const { id, cycle, fundId, amountFen } = application;
  const taken = takeStep(
    application,
    "lapsed",
    { type: "reservation_released", at: now, actor, detail: { fundId, amountFen } },
    // The applicant was told of the award; that it lapsed is another answer, which is still to be given.
    { ...ended, cycle: cycle + 1, fundId: null, outcomeMailedAt: null },
  );
  if (taken.kind === "refused") return null;
  return {
    step: taken.step,
    transfer: caseTransfer(id, cycle, { kind: "release", fundId, amountFen, at: now }),
  };
};
