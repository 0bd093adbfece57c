/**
 * Tells applicants whose payment failed where to mend their card. The link leads to the status
 * page: no personal data.
 */
import { isMendedByApplicant } from "#shared/domain/bank-words.ts";
import type { BatchItem } from "#shared/domain/disbursement.ts";
import { loadCase, loadFacts } from "#shared/casework/load.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { cardToMendMail } from "#shared/web/mails/card-to-mend.ts";
import { absolute, paths } from "#shared/web/paths.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "mailer" | "clock" | "siteUrl">;

const mailOne = async (uses: Uses, item: BatchItem): Promise<void> => {
  const application = await loadCase(uses, item.applicationId);
  // Mended in the meantime: a mail would only puzzle.
  if (application.status !== "payment_failed") return;
  const { email } = await loadFacts(uses, application);
  if (email === "") return;
  await uses.mailer.send(
    cardToMendMail({
      to: email,
      locale: application.locale,
      applicationId: application.id,
      attempt: item.attempt,
      deadlineAt: application.deadlineAt,
      link: absolute(uses.siteUrl, paths.card(application.id)),
    }),
  );
  await uses.batches.markMailed(item, uses.clock.now());
};

/**
 * Mails what is not mailed yet. Run again it mails nobody twice, but for a crash between a mail and
 * its mark. One mail that can't be sent doesn't keep the others; the first such error is thrown
 * after them.
 */
export const mailFailures = async (uses: Uses, items: readonly BatchItem[]): Promise<void> => {
  let problem: unknown;
  for (const item of items) {
    const { status, failureCode, mailedAt } = item;
    if (status !== "failed" || mailedAt !== null) continue;
    if (failureCode === null || !isMendedByApplicant(failureCode)) continue;
    try {
      await mailOne(uses, item);
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem !== undefined) throw problem as Error;
};
