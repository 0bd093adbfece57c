/**
 * The approvers' morning mail (docs/adr/0025): one for each person for whom several cases wait, with counts and sums
 * only. It takes the place of the reminders that would go to the same person on the same morning.
 */
import type { Staff } from "#shared/domain/organisation.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import { reminderDue } from "#shared/domain/silence.ts";
import { isWorkingDay, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { addFen } from "#shared/kernel/money.ts";
import { approverDigestMail, type ProgrammeShare } from "#shared/web/mails/approver-digest.ts";
import { waitingByPerson, type AskedCase } from "./approver-queue.ts";
import type { AskUses } from "./ask-approver.ts";
import { policyOf, programmeOf } from "./load.ts";
import { openQueueLink } from "./queue-link.ts";

/** Fewer than this are quicker opened from their own mails. */
const digestFrom = 3;

/** What is asked for, by programme, in the order in which it is due. */
export const sharesOf = (asked: readonly AskedCase[]): readonly ProgrammeShare[] => {
  const programmes = [...new Set(asked.map(({ application }) => programmeOf(application)))];
  return programmes.map((programme) => {
    const own = asked.filter(({ application }) => application.programmeId === programme.id);
    return {
      title: programme.title,
      count: own.length,
      amountFen: addFen(...own.map(({ application }) => underDecisionFen(application))),
    };
  });
};

/** Sends a person the list's link with what waits. The same day's mail is the same mail. */
export const sendDigest = async (
  uses: AskUses,
  staff: Staff,
  asked: readonly AskedCase[],
  on: LocalDate,
): Promise<void> => {
  const now = uses.clock.now();
  const due = asked.filter(({ application, approval }) =>
    reminderDue(approval, now, policyOf(uses, application)),
  );
  const shares = sharesOf(asked);
  await uses.mailer.send(
    approverDigestMail({
      to: staff.email,
      locale: staff.locale,
      staffId: staff.id,
      on,
      count: asked.length,
      amountFen: addFen(...shares.map(({ amountFen }) => amountFen)),
      shares,
      dueSoon: due.length,
      nearestEnd: asked[0]?.approval.expiresAt ?? null,
      link: await openQueueLink(uses, staff, on),
    }),
  );
  // The mail first: a crash in between sends the same mail again, and no reminder is lost.
  for (const { approval } of due) await uses.cases.markReminded(approval, now);
};

/**
 * Runs once a day in office hours, before the reminders; on days off nobody is told. One mail that can't be sent
 * keeps no other back; the first such error is thrown after them. @returns how many digests were sent.
 */
export const sendApproverDigests = async (uses: AskUses): Promise<number> => {
  const today = localDateOf(uses.clock.now());
  if (!isWorkingDay(today, commonPolicyOn(uses.policy, today).calendar)) return 0;
  let sent = 0;
  let problem: unknown;
  for (const asked of (await waitingByPerson(uses)).values()) {
    const [first] = asked;
    if (!first || asked.length < digestFrom) continue;
    try {
      await sendDigest(uses, first.staff, asked, today);
      sent += 1;
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem !== undefined) throw problem as Error;
  return sent;
};
