import * as z from "zod";
import { answerObjections } from "#shared/casework/answer-objections.ts";
import { tellUpheld } from "#shared/casework/appeal.ts";
import { askApprover, isAsked } from "#shared/casework/ask-approver.ts";
import { endGrassRootsNotice } from "#shared/casework/end-notice.ts";
import { loadCase } from "#shared/casework/load.ts";
import { signal } from "#shared/casework/signal.ts";
import { isHandled } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({
  applicationId: z.string().transform((id) => id as ApplicationId),
  taskToken: z.string().min(1),
});

type Uses = Pick<
  Dependencies,
  | "cases"
  | "directory"
  | "notices"
  | "vault"
  | "mailer"
  | "workflow"
  | "clock"
  | "siteUrl"
  | "policy"
>;

/** Whether this execution waits on, its token kept where whoever moves the case next finds it. */
const waitsOn = (asked: Application, { status, version }: Application): boolean =>
  isHandled(asked.status) ? isHandled(status) : isAsked({ status }) && version === asked.version;

/**
 * Asks the case's tier. While a handler is at the case nobody is asked yet: the token is kept, and the desk asks
 * with it (handling-tell.ts). What was decided meanwhile the waiting execution is told at once.
 */
export const createHandler = (uses: Uses) =>
  taskHandler({ name: "request-approval", input: Input }, async ({ applicationId, taskToken }) => {
    const application = await endGrassRootsNotice(uses, await loadCase(uses, applicationId));
    // Whoever answered an objection has told it by now; this is for an answer that got lost.
    await answerObjections(uses, application);
    await tellUpheld(uses, application);
    if (isAsked(application)) await askApprover(uses, application, taskToken);
    if (isHandled(application.status)) {
      const { version: caseVersion } = application;
      await uses.cases.putWait(applicationId, "handling", { taskToken, caseVersion });
    }
    // Read once more after the token is kept: whoever moves the case from now on finds it.
    const after = await loadCase(uses, applicationId);
    const waiting = waitsOn(application, after);
    if (!waiting) await signal(uses, after, taskToken);
    return { waiting };
  });
