import * as z from "zod";
import { mailOutcome } from "#shared/casework/applicant-mail.ts";
import { stepAfterNotice } from "#shared/casework/end-notice.ts";
import { loadCase, loadFacts } from "#shared/casework/load.ts";
import { outcomeOf, type MachineStep } from "#shared/casework/outcome.ts";
import type { Application } from "#shared/domain/application.ts";
import { noticeKindOf } from "#shared/domain/public-notice.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

type Uses = Pick<
  Dependencies,
  "cases" | "directory" | "notices" | "mailer" | "clock" | "siteUrl" | "policy"
>;

/** Whether there is an answer that the applicant wasn't told. While somebody reviews the case there is none. */
const isToBeTold = (application: Application): boolean =>
  outcomeOf(application).outcome === "ended" && application.outcomeMailedAt === null;

/** Ends the notice before payment when it has run out. @returns the case as it stands then, or null. */
const endNotice = async (uses: Uses, application: Application): Promise<Application | null> => {
  if (noticeKindOf(application) !== "final") return null;
  const step = await stepAfterNotice(uses, application);
  if (!step) return null;
  const { email } = await loadFacts(uses, application);
  // The mail first: a crash in between repeats the same mail and loses none; the step records that it went.
  await mailOutcome(uses, step.after, email);
  if ((await uses.cases.commit({ step })) !== "committed") {
    throw new StoreContended("the case moved while its notice ended", null);
  }
  return step.after;
};

/**
 * Ends a notice that has run out, then tells the applicant what came of the case. A case that is still on its
 * way, or held for an objection or an appeal, has nothing to tell: whoever answers, or resume-stalled, sees to it
 * that its execution takes it up again.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "announce-outcome", input: Input },
    async ({ applicationId }): Promise<MachineStep> => {
      const application = await loadCase(uses, applicationId);
      const payable = await endNotice(uses, application);
      if (payable) return outcomeOf(payable);
      if (isToBeTold(application)) {
        const { email } = await loadFacts(uses, application);
        await mailOutcome(uses, application, email);
        await uses.cases.markOutcomeMailed(application, uses.clock.now());
      }
      return outcomeOf(application);
    },
  );
