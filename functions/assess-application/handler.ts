import * as z from "zod";
import type { Application } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { assessmentStep } from "#shared/domain/screening.ts";
import { mailReceived } from "#shared/casework/applicant-mail.ts";
import { loadCase, loadFacts, loadHistory, policyOf, programmeOf } from "#shared/casework/load.ts";
import { outcomeOf, type MachineStep } from "#shared/casework/outcome.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

type Uses = Pick<Dependencies, "cases" | "directory" | "mailer" | "clock" | "siteUrl">;

/** What the rules said before the case was returned; its event keeps the whole of it. */
const previousAssessment = async (
  { cases }: Pick<Uses, "cases">,
  application: Application,
): Promise<Assessment | null> => {
  if (application.tier === null) return null;
  const assessed = (await cases.events(application)).findLast(({ type }) => type === "assessed");
  return assessed?.confidential?.assessment ?? null;
};

/** Applies the rules once; run again it only says what the case's state means now. */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "assess-application", input: Input },
    async ({ applicationId }): Promise<MachineStep> => {
      const application = await loadCase(uses, applicationId);
      if (application.status !== "submitted") return outcomeOf(application);
      const { submittedAt, line } = application;
      invariant(submittedAt && line, "a case that was sent has a day and a line");
      const facts = await loadFacts(uses, application);
      const history = await loadHistory(uses, application, submittedAt);
      const assessment = programmeOf(application).assess(facts, {
        appliedOn: localDateOf(submittedAt),
        line,
        history,
      });
      const step = assessmentStep({
        application,
        assessment,
        previous: await previousAssessment(uses, application),
        organisation: await uses.directory.organisation(),
        now: uses.clock.now(),
        policy: policyOf(application),
      });
      // Before the step, so that a crash in between repeats the mail, which is the same mail, and loses none.
      await mailReceived(uses, application, facts.email);
      if ((await uses.cases.commit({ step })) !== "committed") {
        throw new StoreContended("the case moved while it was assessed", null);
      }
      return outcomeOf(step.after);
    },
  );
