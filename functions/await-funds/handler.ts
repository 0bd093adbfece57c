import * as z from "zod";
import { loadCase } from "#shared/casework/load.ts";
import { signal } from "#shared/casework/signal.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({
  applicationId: z.string().transform((id) => id as ApplicationId),
  taskToken: z.string().min(1),
});

/** Keeps the token until reserve-waiting finds money for the case. */
export const createHandler = (uses: Pick<Dependencies, "cases" | "workflow">) =>
  taskHandler({ name: "await-funds", input: Input }, async ({ applicationId, taskToken }) => {
    const { version } = await loadCase(uses, applicationId);
    await uses.cases.putWait(applicationId, "funds", { taskToken, caseVersion: version });
    // Read after the token is kept: money that comes from now on finds it.
    const application = await loadCase(uses, applicationId);
    const waiting = application.status === "waiting_for_funds";
    if (!waiting) await signal(uses, application, taskToken);
    return { waiting };
  });
