/** Tells an applicant that there is an answer. How much and why stand on the page, behind the access code. */
import type { Letters } from "#shared/domain/programme.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

/** How a case was answered; `refused` is by the rules with a person's confirmation, or by a person. */
export type Outcome = "approved" | "refused" | "withdrawn" | "lapsed";

export interface OutcomeNews extends Reader {
  readonly applicationId: ApplicationId;
  /** The round of approvals that ended so: an appeal opens another and has an answer of its own. */
  readonly round: number;
  readonly outcome: Outcome;
  readonly programmeTitle: Text;
  readonly letters: Letters;
  /** The status page. */
  readonly link: string;
}

const sentences = (outcome: Outcome, letters: Letters): readonly Text[] => {
  switch (outcome) {
    case "approved":
      return [
        letters.approved,
        {
          zh: "救助金额和发放进度请在进度页查看。款项将打入您申请时填写的银行卡。",
          en: "The amount and the payment stand on the status page. The money goes to the bank card you gave.",
        },
      ];
    case "refused":
      return [
        letters.refused,
        {
          zh: "决定的理由、依据的规则以及您还可以怎么做，请在进度页查看。",
          en: "The reason, the rules it rests on and what else you can do stand on the status page.",
        },
      ];
    case "withdrawn":
      return [
        {
          zh: "您的申请已撤回，不再办理。如仍有困难，可以重新申请。",
          en: "Your application was withdrawn and goes no further. If you still need help you can apply again.",
        },
      ];
    case "lapsed":
      return [
        {
          zh: "我们没有在期限内收到所需材料，申请已终止办理。如仍有困难，可以重新申请，或联系您所在的工会。",
          en: "What was missing did not arrive in time, and the application has ended. If you still need help, apply again or ask your union.",
        },
      ];
  }
};

export const outcomeMail = (news: OutcomeNews): Mail =>
  renderMail({
    id: `outcome:${news.applicationId}:${news.round}:${news.outcome}`,
    to: news.to,
    locale: news.locale,
    subject: {
      zh: `您的申请有结果了 ${news.applicationId}`,
      en: `There is an answer to your application ${news.applicationId}`,
    },
    paragraphs: [
      {
        zh: `您的${news.programmeTitle.zh}申请已办理完毕。`,
        en: `Your application (${news.programmeTitle.en}) has been decided.`,
      },
      ...sentences(news.outcome, news.letters),
    ],
    link: { href: news.link, label: { zh: "查看结果", en: "See the answer" } },
    reference: news.applicationId,
  });
