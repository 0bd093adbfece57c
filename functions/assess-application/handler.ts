import * as z from "zod";
import type { Application } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import { assessmentStep, leftFrom, type Screening } from "#shared/domain/screening.ts";
import { loadHistory } from "#shared/casework/award-limits.ts";
import { mailReceived } from "#shared/casework/applicant-mail.ts";
import { fastTrackOf, loadCase, loadFacts, policyOf, programmeOf } from "#shared/casework/load.ts";
import { recordNearIndexes } from "#shared/casework/near-duplicates.ts";
import { outcomeOf, type MachineStep } from "#shared/casework/outcome.ts";
import {
  refusedAsClaimed,
  restingOnFile,
  type RestingCase,
} from "#shared/casework/rest-on-file.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

type Uses = Pick<
  Dependencies,
  "archive" | "cases" | "directory" | "mailer" | "clock" | "siteUrl" | "policy" | "vault"
>;

interface Earlier extends Pick<Screening, "previous" | "left"> {
  /** Which answers were assessed before. */
  readonly answersVersion: unknown;
}

/** What the rules said before, and where the case stood when it was returned; its events keep both. */
const earlierOf = async (
  { cases }: Pick<Uses, "cases">,
  application: Application,
): Promise<Earlier> => {
  const isNew = { previous: null, left: null, answersVersion: null };
  if (application.policyVersion === null) return isNew;
  const events = await cases.events(application);
  const assessed = events.findLast(({ type }) => type === "assessed");
  if (!assessed) return isNew;
  const previous = assessed.confidential?.assessment ?? null;
  return { previous, left: leftFrom(events), answersVersion: assessed.detail["answersVersion"] };
};

const assess = async (
  uses: Uses,
  application: Application,
  facts: CommonFacts,
): Promise<Assessment> => {
  const { submittedAt, line, fileId } = application;
  invariant(submittedAt && line, "a case that was sent has a day and a line");
  return programmeOf(application).assess(facts, {
    appliedOn: localDateOf(submittedAt),
    line,
    pack: uses.policy,
    onFile: fileId !== null,
    history: await loadHistory(uses, application),
  });
};

/** Writes the case's step. A household whose claim another member holds by now is recommended for refusal. */
const save = async (
  uses: Uses,
  { application, claims }: RestingCase,
  assessment: Assessment,
  { previous, left }: Earlier,
): Promise<Step> => {
  const frame = {
    application,
    previous,
    left,
    organisation: await uses.directory.organisation(),
    now: uses.clock.now(),
    policy: policyOf(uses, application),
    advanceClock: fastTrackOf(uses, application),
  };
  const step = assessmentStep({ ...frame, assessment });
  const outcome = await uses.cases.commit({ step, claims });
  if (outcome === "committed") return step;
  const refused = assessmentStep({ ...frame, assessment: refusedAsClaimed(assessment) });
  if (outcome === "claim_exists" && (await uses.cases.commit({ step: refused })) === "committed") {
    return refused;
  }
  throw new StoreContended("the case moved while it was assessed", null);
};

/** Applies the rules once; run again it only says what the case's state means now. */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "assess-application", input: Input },
    async ({ applicationId }): Promise<MachineStep> => {
      const read = await loadCase(uses, applicationId);
      if (read.status !== "submitted") return outcomeOf(read);
      const facts = await loadFacts(uses, read);
      const resting = await restingOnFile(uses, read, facts);
      const assessment = await assess(uses, resting.application, facts);
      const earlier = await earlierOf(uses, read);
      // The same answers share the same things with the same people.
      if (earlier.answersVersion !== read.answersVersion) {
        await recordNearIndexes(uses, resting.application, facts);
      }
      // Before the step, so that a crash in between repeats the mail, which is the same mail, and loses none.
      await mailReceived(uses, read, facts.email);
      const step = await save(uses, resting, assessment, earlier);
      return outcomeOf(step.after);
    },
  );
