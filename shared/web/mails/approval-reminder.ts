/** Reminds of a decision whose limit is near, with the link that was mailed before (policy 8.6, peers row 42). */
import type { Approval } from "#shared/domain/approval.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { byDay, ownLink, waitsFor, type AskedFor } from "./approval-request.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface ApprovalReminder extends Reader {
  readonly approval: Pick<
    Approval,
    "applicationId" | "round" | "tier" | "seat" | "ask" | "linkHash" | "expiresAt"
  >;
  readonly asks: AskedFor;
  readonly programmeTitle: Text;
  /** The page behind the link, with the same secret as in the first mail. */
  readonly link: string;
}

/** One reminder for one link: the same mail however often it is made. */
export const approvalReminderMail = (reminder: ApprovalReminder): Mail => {
  const { approval, asks, programmeTitle } = reminder;
  const { applicationId, round, tier, seat, ask, linkHash, expiresAt } = approval;
  return renderMail({
    id: `reminder:${applicationId}:${round}:${tier}:${seat}:${ask}:${linkHash}`,
    to: reminder.to,
    locale: reminder.locale,
    subject: {
      zh: `催办：${programmeTitle.zh} ${applicationId} 即将到期`,
      en: `Reminder: ${programmeTitle.en} ${applicationId} is due soon`,
    },
    paragraphs: [
      waitsFor(asks, programmeTitle, tier),
      byDay(expiresAt),
      {
        zh: "逾期未办，将改由他人办理并转报上一级。",
        en: "After that day somebody else is asked, and then the tier above.",
      },
      ownLink,
    ],
    link: { href: reminder.link, label: { zh: "查看并审批", en: "See the case and decide" } },
    reference: applicationId,
  });
};
