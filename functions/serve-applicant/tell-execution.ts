/** After the applicant moved a case: whoever of its execution waits is told. */
import { resume, signal } from "#shared/casework/signal.ts";
import type { Application } from "#shared/domain/application.ts";
import { isFollowUp } from "#shared/domain/fast-track.ts";
import { fieldsOfError, log } from "#shared/lambda/logging.ts";
import type { Uses } from "./uses.ts";

/** The case is committed, so a signal that fails loses nothing: resume-stalled sends it again. */
export const tellExecution = async (uses: Uses, application: Application): Promise<void> => {
  try {
    // The execution ended when the advance was approved; what follows it has another.
    if (isFollowUp(application)) {
      await resume(uses, application);
      return;
    }
    for (const token of await uses.cases.waitingTokens(application.id)) {
      if (await signal(uses, application, token)) return;
    }
  } catch (error) {
    log.warn("signal failed", { applicationId: application.id, ...fieldsOfError(error) });
  }
};
