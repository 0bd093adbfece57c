/**
 * Tells applicants whose advance was paid what is to follow, and by when. No execution waits for it: the one that
 * decided the advance has ended, and what the applicant sends starts another.
 */
import type { BatchItem } from "#shared/domain/disbursement.ts";
import { isFollowUp } from "#shared/domain/fast-track.ts";
import { mailInformationNeeded } from "#shared/casework/applicant-mail.ts";
import { loadCase, loadFacts } from "#shared/casework/load.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "mailer" | "siteUrl">;

const mailOne = async (uses: Uses, { applicationId }: BatchItem): Promise<void> => {
  const application = await loadCase(uses, applicationId);
  const { status, version, id } = application;
  // The papers came in the meantime: a mail would only puzzle.
  if (status !== "needs_information" || !isFollowUp(application)) return;
  // The wait's record is the mark that the mail went out; whoever else asks since knows better.
  const wait = await uses.cases.wait(id, "information");
  if (wait?.caseVersion === version) return;
  await mailInformationNeeded(uses, application, (await loadFacts(uses, application)).email);
  await uses.cases.putWait(id, "information", { taskToken: "", caseVersion: version });
};

/**
 * Mails what is not mailed yet. Run again it mails nobody twice, but for a crash between a mail and its mark, which
 * repeats the same mail. One that can't be sent doesn't keep the others; the first such error is thrown after them.
 */
export const mailFollowUps = async (uses: Uses, items: readonly BatchItem[]): Promise<void> => {
  let problem: unknown;
  for (const item of items) {
    if (!item.isAdvance || item.status !== "paid") continue;
    try {
      await mailOne(uses, item);
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem !== undefined) throw problem as Error;
};
