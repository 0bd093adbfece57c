/** After the applicant moved a case: whoever of its execution waits is told. */
import type { Application } from "#shared/domain/application.ts";
import { isFollowUp } from "#shared/domain/fast-track.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { resume, signal } from "./signal.ts";

/**
 * What kept an execution from being told, or null when it was. The case is committed, so a signal that fails
 * loses nothing: resume-stalled sends it again. Whoever calls logs it.
 */
export type Untold = unknown;

export const tellExecution = async (
  uses: Pick<Dependencies, "cases" | "workflow" | "clock">,
  application: Application,
): Promise<Untold> => {
  try {
    // The execution ended when the advance was approved; what follows it has another.
    if (isFollowUp(application)) {
      await resume(uses, application);
      return null;
    }
    for (const token of await uses.cases.waitingTokens(application.id)) {
      if (await signal(uses, application, token)) return null;
    }
    return null;
  } catch (error) {
    return error;
  }
};
