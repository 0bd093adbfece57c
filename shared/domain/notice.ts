/** Public notice (公示) before payment: it stands for a number of working days, then the award is payable. */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import type { Application } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type Step } from "./lifecycle.ts";

/** The step that ends a case's notice, or null where there is none to end, or not yet. */
export const noticeEnded = (
  application: Application,
  now: Instant,
  policy: CommonPolicy,
): Step | null => {
  if (application.status !== "public_notice" || application.noticeEndsAt === null) return null;
  if (application.noticeEndsAt > now) return null;
  const taken = takeStep(
    application,
    "reserved",
    { type: "notice_ended", at: now, actor: { kind: "system", task: "announce-outcome" } },
    {
      outcomeMailedAt: now,
      deadlineAt: deadlineAfter(now, policy.flowClock.payment, policy.calendar),
    },
  );
  return taken.kind === "step" ? taken.step : null;
};
