/** Mails to an applicant who gave an address. Without one, the status page and the union office tell the same. */
import type { Application, Status } from "#shared/domain/application.ts";
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
  if (email === "" || application.tier !== null) return;
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
    }),
  );
};

const outcomeOfStatus = (status: Status): Outcome => {
  switch (status) {
    case "rejected":
    case "ineligible":
      return "refused";
    case "withdrawn":
    case "lapsed":
      return status;
    default:
      return "approved";
  }
};

export const mailOutcome = async (
  uses: Uses,
  application: Application,
  email: string,
): Promise<void> => {
  if (email === "") return;
  await uses.mailer.send(
    outcomeMail({
      ...addressed(uses, application, email),
      round: application.round,
      outcome: outcomeOfStatus(application.status),
    }),
  );
};
