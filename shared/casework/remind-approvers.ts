/** Reminds whoever was asked, once and with the same link, before the limit is over (policy 8.6, peers row 42). */
import type { Application } from "#shared/domain/application.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { reminderDue } from "#shared/domain/silence.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { deadlineAfter, localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { approvalReminderMail } from "#shared/web/mails/approval-reminder.ts";
import { isAsked, presentApproval, stillFit, type AskUses } from "./ask-approver.ts";
import { linkOf } from "./decision-link.ts";
import { policyOf, programmeOf } from "./load.ts";
import { askedQueues, casesIn } from "./queued-cases.ts";

const queuesAtOnce = 8;

/** A link may end somewhat before its case's limit; farther off than this a case isn't even read. */
const slackWorkingDays = 3;

/** Until when a limit is near enough for a reminder, by whichever policy a case began under. */
const nearUntil = ({ clock, policy }: Pick<AskUses, "clock" | "policy">): Instant => {
  const now = clock.now();
  const before = Math.max(...policy.common.map(({ figures }) => figures.flowClock.reminderBefore));
  const { calendar } = commonPolicyOn(policy, localDateOf(now));
  return deadlineAfter(now, before + slackWorkingDays, calendar);
};

const remindOne = async (uses: AskUses, application: Application): Promise<boolean> => {
  const approval = await presentApproval(uses, application);
  if (!approval || approval.caseVersion !== application.version) return false;
  const now = uses.clock.now();
  if (!reminderDue(approval, now, policyOf(uses, application))) return false;
  const approver = await uses.directory.staff(approval.approverId);
  // A link that opens nothing any more isn't sent a second time.
  if (!approver || !(await stillFit(uses, application, approval))) return false;
  // The mail first: a crash in between repeats the same mail and loses none.
  await uses.mailer.send(
    approvalReminderMail({
      to: approver.email,
      locale: approver.locale,
      approval,
      asks: isReviewed(application.status) ? application.status : "decision",
      programmeTitle: programmeOf(application).title,
      link: await linkOf(uses, approval),
    }),
  );
  await uses.cases.markReminded(approval, now);
  return true;
};

/**
 * Runs once a day in office hours. One case that fails keeps no other one waiting; the first such error is thrown
 * after them. @returns how many people were reminded.
 */
export const remindApprovers = async (uses: AskUses): Promise<number> => {
  const until = nearUntil(uses);
  const near = ({ deadlineAt }: QueueEntry): boolean => deadlineAt !== null && deadlineAt <= until;
  let reminded = 0;
  let problem: unknown;
  await inParallel(askedQueues, queuesAtOnce, async (queue) => {
    for await (const application of casesIn(uses, queue, near)) {
      try {
        if (isAsked(application) && (await remindOne(uses, application))) reminded += 1;
      } catch (error) {
        problem ??= error;
      }
    }
  });
  if (problem !== undefined) throw problem as Error;
  return reminded;
};
