import * as z from "zod";
import { mailOutcome } from "#shared/casework/applicant-mail.ts";
import { loadCase, loadFacts, policyOf } from "#shared/casework/load.ts";
import { outcomeOf, type MachineStep } from "#shared/casework/outcome.ts";
import { noticeEnded } from "#shared/domain/notice.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

type Uses = Pick<Dependencies, "cases" | "mailer" | "clock" | "siteUrl">;

/**
 * Ends a notice that has run out, then tells the applicant what came of the case. A case that is still on its
 * way has nothing to tell: resume-stalled sees to it that its execution takes it up again.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "announce-outcome", input: Input },
    async ({ applicationId }): Promise<MachineStep> => {
      const application = await loadCase(uses, applicationId);
      const now = uses.clock.now();
      const step = noticeEnded(application, now, policyOf(application));
      if (step) {
        const { email } = await loadFacts(uses, application);
        // The mail first: a crash in between repeats the same mail and loses none; the step records that it went.
        await mailOutcome(uses, step.after, email);
        if ((await uses.cases.commit({ step })) !== "committed") {
          throw new StoreContended("the case moved while its notice ended", null);
        }
        return outcomeOf(step.after);
      }
      const meaning = outcomeOf(application);
      if (meaning.outcome === "ended" && application.outcomeMailedAt === null) {
        const { email } = await loadFacts(uses, application);
        await mailOutcome(uses, application, email);
        await uses.cases.markOutcomeMailed(application, now);
      }
      return meaning;
    },
  );
