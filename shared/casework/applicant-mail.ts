/** Mails to an applicant who gave an address. Without one, the status page and the union office tell the same. */
import type { Application } from "#shared/domain/application.ts";
import { isAdvance, isFollowUp } from "#shared/domain/fast-track.ts";
import { isReturnedByBank } from "#shared/domain/recovery.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { applicationReceivedMail } from "#shared/web/mails/application-received.ts";
import { informationNeededMail } from "#shared/web/mails/information-needed.ts";
import { outcomeMail, type Outcome } from "#shared/web/mails/outcome.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "mailer" | "siteUrl">;

const addressed = (uses: Uses, application: Application, email: string) => ({
  to: email,
  locale: application.locale,
  applicationId: application.id,
  programmeTitle: programmeOf(application).title,
  letters: programmeOf(application).letters,
  link: absolute(uses.siteUrl, paths.status),
});

/** The receipt. The same mail however often it is sent. */
export const mailReceived = async (
  uses: Uses,
  application: Application,
  email: string,
): Promise<void> => {
  // A case that comes back from its applicant was acknowledged when it was first sent.
  if (email === "" || application.policyVersion !== null) return;
  await uses.mailer.send(applicationReceivedMail(addressed(uses, application, email)));
};

export const mailInformationNeeded = async (
  uses: Uses,
  application: Application,
  email: string,
): Promise<void> => {
  if (email === "" || application.deadlineAt === null) return;
  await uses.mailer.send(
    informationNeededMail({
      ...addressed(uses, application, email),
      caseVersion: application.version,
      deadlineAt: application.deadlineAt,
      afterAdvance: isFollowUp(application),
    }),
  );
};

/**
 * What there is to tell. A refusal that a review led to is told as what it is; only a case that was reviewed is
 * looked up for that, since every review opens a round.
 */
const newsOf = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
): Promise<Outcome> => {
  const { status, round } = application;
  if (isAdvance(application) && status === "reserved") return "advance";
  switch (status) {
    case "rejected":
    case "ineligible": {
      const last = round > 1 ? (await cases.events(application)).at(-1)?.type : undefined;
      return last === "appeal_dismissed" || last === "objection_upheld" ? last : "refused";
    }
    case "withdrawn":
    case "lapsed":
      return status;
    case "recovery_due":
      return isReturnedByBank(await cases.events(application)) ? "returned_by_bank" : status;
    case "post_review":
      // The bank refused the rest, and nobody mended the card: that is what the notice now stands without.
      return application.failureCode === null ? "approved" : "rest_lapsed";
    default:
      return "approved";
  }
};

const sendNews = async (
  uses: Uses,
  application: Application,
  email: string,
  outcome: Outcome,
): Promise<void> => {
  const { round } = application;
  await uses.mailer.send(outcomeMail({ ...addressed(uses, application, email), round, outcome }));
};

export const mailOutcome = async (
  uses: Uses & Pick<Dependencies, "cases">,
  application: Application,
  email: string,
): Promise<void> => {
  if (email === "") return;
  await sendNews(uses, application, email, await newsOf(uses, application));
};

/** That nothing has to be paid back any more. */
export const mailRecovered = async (
  uses: Uses,
  application: Application,
  email: string,
): Promise<void> => {
  if (email !== "") await sendNews(uses, application, email, "recovered");
};

/** That an appeal was upheld: no outcome yet, since the case is being decided again. */
export const mailUpheld = async (
  uses: Uses,
  application: Application,
  email: string,
): Promise<void> => {
  if (email !== "") await sendNews(uses, application, email, "appeal_upheld");
};
