/**
 * Telling a case's execution that its state has changed. The committed state is the outbox: a signal that got
 * lost is found by resume-stalled, because the case has left a state that the execution still waits in.
 */
import type { Application } from "#shared/domain/application.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { outcomeOf } from "./outcome.ts";

/**
 * Answers the task that waits with this token. @returns false when nobody waits for it any more, or nobody ever
 * did: whoever answers an objection or an appeal was asked without an execution waiting (an empty token).
 */
export const signal = async (
  { workflow }: Pick<Dependencies, "workflow">,
  application: Application,
  taskToken: string,
): Promise<boolean> =>
  taskToken !== "" && workflow.succeed(taskToken, { ...outcomeOf(application) });

/** To the hour, in characters that an execution's name may have: "2026-07-20T01". */
const hourOf = (now: Instant): string => now.slice(0, 13);

/**
 * Gets a case's execution to look at it again: answers whichever of its tasks still waits; when none does,
 * starts a new execution, named for the case's version and the hour. So two resumers start one, and a case
 * whose execution has failed (no approver was appointed, say) is tried again every hour until it goes on.
 */
export const resume = async (
  { cases, workflow, clock }: Pick<Dependencies, "cases" | "workflow" | "clock">,
  application: Application,
): Promise<"signalled" | "started" | "already_started"> => {
  for (const token of await cases.waitingTokens(application.id)) {
    if (await signal({ workflow }, application, token)) return "signalled";
  }
  const name = [application.id, application.version, hourOf(clock.now())].join("-");
  const started = await workflow.start("application", name, { applicationId: application.id });
  return started ? "started" : "already_started";
};
