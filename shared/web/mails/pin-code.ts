/** The mailed link with which an approver sets or resets the decision PIN. */
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface PinCode extends Reader {
  /** SHA-256 of the link's secret. */
  readonly secretHash: string;
  readonly link: string;
  readonly validMinutes: number;
}

export const pinCodeMail = (pin: PinCode): Mail =>
  renderMail({
    id: `pin-code:${pin.secretHash}`,
    to: pin.to,
    locale: pin.locale,
    subject: { zh: "设置审批密码", en: "Set your decision PIN" },
    paragraphs: [
      {
        zh: `请点击下面的链接设置审批密码。链接 ${pin.validMinutes} 分钟内有效，只能使用一次。`,
        en: `Set your decision PIN with the link below. It works once, for ${pin.validMinutes} minutes.`,
      },
      {
        zh: "如果不是您本人要求设置，请忽略本邮件：原密码不变。",
        en: "If you did not ask for it, leave it alone: your present PIN stays as it is.",
      },
    ],
    link: { href: pin.link, label: { zh: "设置审批密码", en: "Set the PIN" } },
    reference: null,
  });
