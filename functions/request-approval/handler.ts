import * as z from "zod";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { loadCase } from "#shared/casework/load.ts";
import { signal } from "#shared/casework/signal.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({
  applicationId: z.string().transform((id) => id as ApplicationId),
  taskToken: z.string().min(1),
});

type Uses = Pick<
  Dependencies,
  "cases" | "directory" | "vault" | "mailer" | "workflow" | "clock" | "siteUrl"
>;

/** Asks the case's tier, or tells the waiting execution at once what was decided meanwhile. */
export const createHandler = (uses: Uses) =>
  taskHandler({ name: "request-approval", input: Input }, async ({ applicationId, taskToken }) => {
    const application = await loadCase(uses, applicationId);
    if (application.status === "in_approval") await askApprover(uses, application, taskToken);
    // Read once more after the token is kept: whoever moves the case from now on finds it.
    const after = await loadCase(uses, applicationId);
    const waiting = after.status === "in_approval" && after.version === application.version;
    if (!waiting) await signal(uses, after, taskToken);
    return { waiting };
  });
