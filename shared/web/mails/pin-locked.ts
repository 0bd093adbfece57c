/** Tells an approver that the decision PIN is locked after too many wrong tries. */
import { pinTriesMax } from "#shared/domain/approval.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { dateTime } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface PinLocked extends Reader {
  readonly staffId: StaffId;
  readonly at: Instant;
  /** The page where a new PIN is asked for. */
  readonly link: string;
}

export const pinLockedMail = (locked: PinLocked): Mail =>
  renderMail({
    id: `pin-locked:${locked.staffId}:${locked.at}`,
    to: locked.to,
    locale: locked.locale,
    subject: { zh: "审批密码已锁定", en: "Your decision PIN is locked" },
    paragraphs: [
      {
        zh: `${dateTime(locked.at, "zh-CN")}，您的审批密码连续输错 ${pinTriesMax} 次，已被锁定。没有作出任何决定。`,
        en: `On ${dateTime(locked.at, "en")} your decision PIN was given wrongly ${pinTriesMax} times and is now locked. Nothing was decided.`,
      },
      {
        zh: "如果是您本人，请重新设置密码；如果不是，请告知管理员：可能有人拿到了您的审批邮件。",
        en: "If it was you, set a new one. If not, tell your administrator: somebody may have your approval mail.",
      },
    ],
    link: { href: locked.link, label: { zh: "重新设置审批密码", en: "Set a new PIN" } },
    reference: null,
  });
