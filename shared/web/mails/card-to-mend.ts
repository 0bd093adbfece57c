/** Tells an applicant that the bank could not pay, and where to mend the card details. */
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface CardToMend extends Reader {
  readonly applicationId: ApplicationId;
  /** The payment that failed. */
  readonly attempt: number;
  /** The case's version when mended details were sent back, so that each such mail is one of its own. */
  readonly sentBackAtVersion?: number;
  /** Until when the money is kept; null when no day is set. */
  readonly deadlineAt: Instant | null;
  /** The page for mending them, behind the access code. */
  readonly link: string;
}

export const cardToMendMail = (card: CardToMend): Mail =>
  renderMail({
    id: `card:${card.applicationId}:${card.attempt}${card.sentBackAtVersion === undefined ? "" : `:${card.sentBackAtVersion}`}`,
    to: card.to,
    locale: card.locale,
    subject: {
      zh: `请核对收款银行卡 ${card.applicationId}`,
      en: `Please check your bank card details ${card.applicationId}`,
    },
    paragraphs: [
      ...(card.sentBackAtVersion === undefined
        ? []
        : [
            {
              zh: "您更正的收款信息没有通过核对，原因写在进度页上，请再更正一次。",
              en: "The card details you gave were looked at and can't be used; the status page says why. Please mend them once more.",
            },
          ]),
      {
        zh: "银行未能把救助款打入您填写的银行卡。您的申请仍然有效，款项为您保留，无需重新审批。",
        en: "The bank could not pay the relief to the card you gave. Your approval stands, the money is kept for you, and nobody has to decide again.",
      },
      {
        zh: "请用受理编号和查询码登录进度页，查看银行给出的原因，并更正户名、开户行或卡号。",
        en: "Open the status page with your reference and access code, see the bank's reason, and mend the name, the bank or the card number.",
      },
      ...(card.deadlineAt === null
        ? []
        : [
            {
              zh: `请在${lastDayBefore(card.deadlineAt, "zh-CN")}（含当日）前更正。`,
              en: `Please mend them by ${lastDayBefore(card.deadlineAt, "en")}, that day included.`,
            },
          ]),
    ],
    link: { href: card.link, label: { zh: "更正收款信息", en: "Mend the card details" } },
    reference: card.applicationId,
  });
