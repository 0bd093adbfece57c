/** Tells an approver every morning what waits, when it is a handful or more: counts and sums, and the list's link. */
import type { Instant, LocalDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { amount, lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

/** What waits of one programme. */
export interface ProgrammeShare {
  readonly title: Text;
  readonly count: number;
  readonly amountFen: Fen;
}

export interface ApproverDigest extends Reader {
  readonly staffId: StaffId;
  readonly on: LocalDate;
  readonly count: number;
  readonly amountFen: Fen;
  readonly shares: readonly ProgrammeShare[];
  /** How many are due within the time of a reminder: for these no reminder of their own is sent. */
  readonly dueSoon: number;
  /** When the first of them runs out. */
  readonly nearestEnd: Instant | null;
  /** The list behind the link, with its secret. */
  readonly link: string;
}

const totals = ({ count, amountFen }: ApproverDigest): Text => ({
  zh: `等您审批的共 ${count} 件，建议救助合计 ${amount(amountFen, "zh-CN")}。`,
  en: `${count} cases wait for your decision, ${amount(amountFen, "en")} in all.`,
});

const shareLine = ({ title, count, amountFen }: ProgrammeShare): Text => ({
  zh: `${title.zh}：${count} 件，${amount(amountFen, "zh-CN")}`,
  en: `${title.en}: ${count}, ${amount(amountFen, "en")}`,
});

const dueLine = (dueSoon: number, nearestEnd: Instant): Text => {
  const [zhDay, enDay] = [lastDayBefore(nearestEnd, "zh-CN"), lastDayBefore(nearestEnd, "en")];
  return dueSoon > 0
    ? {
        zh: `其中 ${dueSoon} 件即将到期，最近的期限是${zhDay}。逾期未办，将改由他人办理并转报上一级。`,
        en: `${dueSoon} of them are due soon, the first on ${enDay}. After its day somebody else is asked, and then the tier above.`,
      }
    : { zh: `最近的期限是${zhDay}。`, en: `The first is due on ${enDay}.` };
};

const howTo: Text = {
  zh: "打开清单需输入您的审批密码。没有疑点的可以勾选后一次办理，每件仍各自记录；其余请逐件打开。每件的单独邮件继续有效。此链接仅供您本人使用，转发无效。",
  en: "The list opens with your decision PIN. Cases without open points may be ticked and decided together, each recorded by itself; open the others one by one. The mail of each case stays valid. The link is for you alone and useless when forwarded.",
};

/** One mail a person and day, however often it is made. */
export const approverDigestMail = (digest: ApproverDigest): Mail =>
  renderMail({
    id: `approval-digest:${digest.staffId}:${digest.on}`,
    to: digest.to,
    locale: digest.locale,
    subject: {
      zh: `今日待审批 ${digest.count} 件`,
      en: `${digest.count} cases wait for your decision`,
    },
    paragraphs: [
      totals(digest),
      ...digest.shares.map(shareLine),
      ...(digest.nearestEnd === null ? [] : [dueLine(digest.dueSoon, digest.nearestEnd)]),
      howTo,
    ],
    link: { href: digest.link, label: { zh: "打开待审批清单", en: "Open the list" } },
    reference: null,
  });
