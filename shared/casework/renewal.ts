/** Whether a case's applicant may apply anew with the answers it had, and with which of them. */
import type { Application } from "#shared/domain/application.ts";
import { readForm, type Answers } from "#shared/domain/form.ts";
import { isRenewable, renewedAnswers } from "#shared/domain/renewal.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { isOpen, seasonNow } from "#shared/web/season.ts";
import { guideById } from "#workflows/registry.ts";
import { identify } from "./identify.ts";
import { policyDayOf, programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "archive" | "cases" | "clock" | "policy" | "vault">;

/** Whether this period's claim is held already, by this case or another. */
const isClaimed = async (
  uses: Uses,
  application: Application,
  answers: Answers,
): Promise<boolean> => {
  const programme = programmeOf(application);
  const reading = readForm(programme.form, answers);
  // Answers that today's form no longer reads claim nothing yet; sending finds a claim that stands.
  if (reading.kind === "problems") return false;
  const day = policyDayOf(uses, { submittedAt: null });
  const { period } = programme.claim(reading.facts, day);
  const { claims } = await identify(uses, programme, reading.facts, day);
  const wanted = claims.filter((claim) => claim.period === period);
  const held = await Promise.all(
    [...new Set(wanted.map(({ household }) => household))].map((account) =>
      uses.cases.claimsOf(account),
    ),
  );
  return held
    .flat()
    .some(
      (claim) =>
        claim.released !== true &&
        wanted.some(
          ({ programmeId, subject }) =>
            claim.programmeId === programmeId &&
            claim.period === period &&
            claim.subject === subject,
        ),
    );
};

/**
 * The answers of a paid case for a new draft, or null: no season is open, the programme has nothing to renew, or
 * this period's claim is held. Whose case it is was settled before.
 */
export const answersToRenew = async (
  uses: Uses,
  application: Application,
): Promise<Answers | null> => {
  const programme = programmeOf(application);
  const notRenewed = guideById(programme.id)?.notRenewed ?? null;
  if (notRenewed === null || !isRenewable(application) || !isOpen(seasonNow(uses, programme))) {
    return null;
  }
  const answers = await uses.cases.answers(application);
  if (!answers || (await isClaimed(uses, application, answers))) return null;
  return renewedAnswers(programme.form, answers, notRenewed);
};
