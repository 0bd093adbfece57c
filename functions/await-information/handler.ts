import * as z from "zod";
import { mailInformationNeeded } from "#shared/casework/applicant-mail.ts";
import { loadCase, loadFacts } from "#shared/casework/load.ts";
import { signal } from "#shared/casework/signal.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({
  applicationId: z.string().transform((id) => id as ApplicationId),
  taskToken: z.string().min(1),
});

type Uses = Pick<Dependencies, "cases" | "mailer" | "workflow" | "siteUrl">;

/** Tells the applicant what is missing, once and whole, and keeps the token until it comes. */
export const createHandler = (uses: Uses) =>
  taskHandler({ name: "await-information", input: Input }, async ({ applicationId, taskToken }) => {
    const application = await loadCase(uses, applicationId);
    const known = await uses.cases.wait(applicationId, "information");
    const needed = application.status === "needs_information";
    if (needed && known?.caseVersion !== application.version) {
      const { email } = await loadFacts(uses, application);
      await mailInformationNeeded(uses, application, email);
    }
    await uses.cases.putWait(applicationId, "information", {
      taskToken,
      caseVersion: application.version,
    });
    // Read once more after the token is kept: whoever answers from now on finds it.
    const after = await loadCase(uses, applicationId);
    const waiting = after.status === "needs_information";
    if (!waiting) await signal(uses, after, taskToken);
    return { waiting };
  });
