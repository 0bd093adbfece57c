/** Tells an applicant that there is an answer. How much and why stand on the page, behind the access code. */
import type { Letters } from "#shared/domain/programme.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

/** How a case was answered; `refused` is by the rules with a person's confirmation, or by a person. */
export type Outcome =
  | "approved"
  | "refused"
  | "withdrawn"
  | "lapsed"
  /** An objection raised during the public notice was upheld: the case is refused. */
  | "objection_upheld"
  | "appeal_dismissed"
  /** No end yet: the case is being decided again. */
  | "appeal_upheld"
  | "recovery_due"
  /** A bank sent the money back late: it is booked back, and the applicant owes nothing. */
  | "returned_by_bank"
  /** What was claimed back has come, or the rest of it is not claimed any more. */
  | "recovered"
  /** No end yet: part of the award is paid at once, the rest is decided after the papers (先救助后补手续). */
  | "advance"
  /** The card was never mended after an advance: the advance stays, the rest is gone. */
  | "rest_lapsed";

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

const reasonsAndAppeal: Text = {
  zh: "决定的理由、依据的规则以及您还可以怎么做，请在进度页查看。",
  en: "The reason, the rules it rests on and what else you can do stand on the status page.",
};

/** What is said of each outcome; a programme says in its own letters that something was approved or refused. */
const sentences: Readonly<Record<Outcome, (letters: Letters) => readonly Text[]>> = {
  approved: (letters) => [
    letters.approved,
    {
      zh: "救助金额和发放进度请在进度页查看。款项将打入您申请时填写的银行卡。",
      en: "The amount and the payment stand on the status page. The money goes to the bank card you gave.",
    },
  ],
  refused: (letters) => [letters.refused, reasonsAndAppeal],
  withdrawn: () => [
    {
      zh: "您的申请已撤回，不再办理。如仍有困难，可以重新申请。",
      en: "Your application was withdrawn and goes no further. If you still need help you can apply again.",
    },
  ],
  lapsed: () => [
    {
      zh: "我们没有在期限内收到所需材料，申请已终止办理。如仍有困难，可以重新申请，或联系您所在的工会。",
      en: "What was missing did not arrive in time, and the application has ended. If you still need help, apply again or ask your union.",
    },
  ],
  objection_upheld: () => [
    {
      zh: "公示期间有人提出异议，经没有参与原审批的人员核实，异议成立，原来的批准已经撤销，不再发放。",
      en: "An objection was raised during the public notice. Somebody who took no part in the decision looked into it and upheld it: the approval is withdrawn and nothing is paid.",
    },
    reasonsAndAppeal,
  ],
  appeal_dismissed: () => [
    {
      zh: "您申请的复议已由没有参与原决定的人员办结，复议不成立，维持原来的决定。",
      en: "Your appeal was answered by somebody who took no part in the decision. It was dismissed, and the decision stands.",
    },
    {
      zh: "复议的书面答复请在进度页查看。情况有变化的，可以重新申请。",
      en: "The written answer stands on the status page. If your situation changes you may apply again.",
    },
  ],
  appeal_upheld: () => [
    {
      zh: "您申请的复议成立。您的申请将由其他人员重新审批，您不需要再做什么。",
      en: "Your appeal was upheld. Other people will decide your application again; you need do nothing more.",
    },
    {
      zh: "重新审批的结果会再通知您，复议的书面答复请在进度页查看。",
      en: "You will be told what they decide. The written answer to your appeal stands on the status page.",
    },
  ],
  recovered: () => [
    {
      zh: "应退回的款项已经办结，您不需要再退款。",
      en: "What had to be paid back is settled; you need pay back nothing more.",
    },
  ],
  advance: () => [
    {
      zh: "先行救助金已经批准，将尽快转入您申请时填写的银行卡，其余部分在补齐材料、入户核实后再作决定。先行救助金到账后，我们会告诉您要补哪些材料、到哪天为止。",
      en: "An advance is approved and goes to the bank card you gave as soon as can be. The rest is decided after the papers and a home visit. Once the advance is paid we tell you which papers are to follow, and by when.",
    },
  ],
  rest_lapsed: () => [
    {
      zh: "银行卡信息没有在期限内更正，救助金的其余部分不再发放；已经发放的先行救助金不用退回。如仍有困难，请联系您所在的工会。",
      en: "The card details were not mended in time, so the rest of the award is not paid. The advance that was paid stays yours. If you still need help, ask your union.",
    },
  ],
  returned_by_bank: () => [
    {
      zh: "银行把已经发放的款项退回了工会，您没有收到这笔钱，不需要退款。工会会与您联系，说明怎么办。",
      en: "The bank sent the payment back to the union: it never reached you, and you need pay back nothing. The union will contact you about what can be done.",
    },
  ],
  recovery_due: () => [
    {
      zh: "经核实，已经发放的款项需要退回。理由、金额和您可以怎么做，请在进度页查看；工会会与您联系。",
      en: "The checks found that money already paid has to be paid back. The reasons, the amount and what you can do stand on the status page; the union will contact you.",
    },
  ],
};

/** Words that fit an end, and what is none. */
const subjectOf = ({ outcome, applicationId }: OutcomeNews): Text => {
  switch (outcome) {
    case "appeal_upheld":
      return {
        zh: `您的复议有答复了 ${applicationId}`,
        en: `Your appeal is answered ${applicationId}`,
      };
    case "advance":
      return {
        zh: `先行救助金已批准 ${applicationId}`,
        en: `An advance is approved ${applicationId}`,
      };
    default:
      return {
        zh: `您的申请有结果了 ${applicationId}`,
        en: `There is an answer to your application ${applicationId}`,
      };
  }
};

/** Outcomes after which the case goes on. */
const goingOn: readonly Outcome[] = ["appeal_upheld", "advance"];

const introductionOf = ({ outcome, programmeTitle: { zh, en } }: OutcomeNews): Text =>
  goingOn.includes(outcome)
    ? { zh: `关于您的${zh}申请：`, en: `About your application (${en}):` }
    : { zh: `您的${zh}申请已办理完毕。`, en: `Your application (${en}) has been decided.` };

export const outcomeMail = (news: OutcomeNews): Mail =>
  renderMail({
    id: `outcome:${news.applicationId}:${news.round}:${news.outcome}`,
    to: news.to,
    locale: news.locale,
    subject: subjectOf(news),
    paragraphs: [introductionOf(news), ...sentences[news.outcome](news.letters)],
    link: { href: news.link, label: { zh: "查看结果", en: "See the answer" } },
    reference: news.applicationId,
  });
