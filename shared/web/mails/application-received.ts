/** Tells an applicant that the application is in, and how to follow it. */
import type { Letters } from "#shared/domain/programme.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface ApplicationReceived extends Reader {
  readonly applicationId: ApplicationId;
  readonly programmeTitle: Text;
  readonly letters: Pick<Letters, "received">;
  /** The status page, where reference and access code are typed. */
  readonly link: string;
}

/** The access code isn't in it: whoever reads the mailbox would read the case. */
export const applicationReceivedMail = (received: ApplicationReceived): Mail =>
  renderMail({
    id: `received:${received.applicationId}`,
    to: received.to,
    locale: received.locale,
    subject: {
      zh: `已收到您的申请 ${received.applicationId}`,
      en: `We have your application ${received.applicationId}`,
    },
    paragraphs: [
      {
        zh: `您的${received.programmeTitle.zh}申请已收到。`,
        en: `Your application (${received.programmeTitle.en}) has arrived.`,
      },
      received.letters.received,
      {
        zh: "用受理编号和提交时给您的查询码可随时查看进度。请妥善保管查询码。",
        en: "With the reference and the access code you were given you can follow it at any time. Keep the code safe.",
      },
    ],
    link: { href: received.link, label: { zh: "查看进度", en: "Follow the case" } },
    reference: received.applicationId,
  });
