/**
 * A limit that somebody missed (policy 8.6): a stand-in is asked, then the tier above, and administrators hear of
 * it. Whoever was silent has a link no more, since the case has moved.
 */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import { escalate, missed, type Silence } from "#shared/domain/silence.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { addDays, localDateOf, startOfDay } from "#shared/kernel/calendar.ts";
import { ApproverNotAvailable } from "#shared/kernel/errors.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { limitMissedMail, type LimitMissed } from "#shared/web/mails/limit-missed.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { askApprover, presentApproval, type AskUses } from "./ask-approver.ts";
import { fastTrackOf, policyOf, programmeOf } from "./load.ts";
import { resume } from "./signal.ts";

export type MissedUses = AskUses & Pick<Dependencies, "workflow">;

const tellAdministrators = async (
  uses: MissedUses,
  application: Application,
  occasion: string,
  became: LimitMissed["became"],
): Promise<void> => {
  const { tier } = application;
  invariant(tier !== null, "a case that waits for a decision has a tier");
  const { staff } = await uses.directory.organisation();
  for (const { id, email, locale, active, roles } of staff) {
    if (!active || !roles.includes("administrator")) continue;
    await uses.mailer.send(
      limitMissedMail({
        to: email,
        locale,
        staffId: id,
        applicationId: application.id,
        occasion,
        programmeTitle: programmeOf(application).title,
        tier,
        became,
        link: absolute(uses.siteUrl, paths.desk("case", application.id)),
      }),
    );
  }
};

/** Asks with the token of the execution that waits; where none was kept, the execution asks by itself. */
const askNext = async (
  uses: MissedUses,
  application: Application,
  approval: Approval | null,
): Promise<void> => {
  try {
    if (approval) await askApprover(uses, application, approval.taskToken);
    else await resume(uses, application);
  } catch (error) {
    // Somebody was there when the step was made and has gone since: the next limit finds the case again.
    if (!(error instanceof ApproverNotAvailable)) throw error;
  }
};

const written = async (
  uses: MissedUses,
  step: Step,
  approval: Approval | null,
): Promise<boolean> => {
  if ((await uses.cases.commit({ step })) !== "committed") return false;
  await askNext(uses, step.after, approval);
  return true;
};

/** The mail first: a crash in between repeats the same mail and loses none. */
const writtenAndTold = async (
  uses: MissedUses,
  step: Step,
  approval: Approval | null,
  became: LimitMissed["became"],
): Promise<boolean> => {
  await tellAdministrators(uses, step.before, String(step.after.version), became);
  return written(uses, step, approval);
};

const escalatedTo = (step: Step): Tier => {
  invariant(step.after.tier !== null, "an escalated case stands before a tier");
  return step.after.tier;
};

const facts = async (
  uses: MissedUses,
  application: Application,
  approval: Approval | null,
): Promise<Omit<Silence, "events">> => ({
  application,
  approval,
  organisation: await uses.directory.organisation(),
  policy: policyOf(uses, application),
  advanceClock: fastTrackOf(uses, application),
  now: uses.clock.now(),
});

/**
 * Nobody of a case's turn may decide it any more: it goes to the tier above at once. Where there is nobody above
 * either, administrators are told, once a day. @returns whether somebody was asked.
 */
export const passUp = async (
  uses: MissedUses,
  application: Application,
  approval: Approval | null,
): Promise<boolean> => {
  const step = escalate(await facts(uses, application, approval));
  if (step) {
    const became = { kind: "escalated", to: escalatedTo(step) } as const;
    return writtenAndTold(uses, step, approval, became);
  }
  const today = localDateOf(uses.clock.now());
  const endOfDay = startOfDay(addDays(today, 1));
  if ((await uses.directory.countAttempt(`nobody#${application.id}`, endOfDay)) === 1) {
    await tellAdministrators(uses, application, `nobody-${today}`, { kind: "nobody" });
  }
  return false;
};

/** Does what a missed limit leads to. @returns whether the case moved. */
export const answerSilence = async (
  uses: MissedUses,
  application: Application,
): Promise<boolean> => {
  const approval = await presentApproval(uses, application);
  // Read only what is needed to see that whoever was asked still has time.
  if (approval?.caseVersion === application.version && approval.expiresAt > uses.clock.now()) {
    return false;
  }
  const silence = {
    ...(await facts(uses, application, approval)),
    events: await uses.cases.events(application),
  };
  const answer = missed(silence);
  switch (answer.kind) {
    case "not_yet":
      return false;
    case "stand_in":
      return answer.last
        ? writtenAndTold(uses, answer.step, approval, { kind: "asked_again" })
        : written(uses, answer.step, approval);
    case "escalated": {
      const became = { kind: "escalated", to: escalatedTo(answer.step) } as const;
      return writtenAndTold(uses, answer.step, approval, became);
    }
    case "nobody":
      return passUp(uses, application, approval);
  }
};
