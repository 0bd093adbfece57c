/** The answer to an objection, for whoever raised it and left an address. Nothing in it names the applicant. */
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface ObjectionAnswer extends Reader {
  readonly applicationId: ApplicationId;
  readonly number: number;
  readonly upheld: boolean;
  /** What the reviewer wrote; null where it holds what may be told to nobody but the applicant. */
  readonly words: string | null;
  readonly programmeTitle: Text;
  /** The notices that stand now. */
  readonly link: string;
}

const results = {
  upheld: {
    zh: "经核实，您的异议成立，该项救助不予批准（已发放的将依规处理）。",
    en: "We looked into it: your objection is upheld, and the relief is not granted (what was paid already is dealt with by the rules).",
  },
  dismissed: {
    zh: "经核实，您的异议不成立，该项救助按原程序继续办理。",
    en: "We looked into it: your objection is not upheld, and the relief goes on as before.",
  },
} as const satisfies Record<string, Text>;

const atTheOffice: Text = {
  zh: "书面答复涉及当事人信息，不便通过邮件发送。请凭异议回执号到公示页所列工会查看。",
  en: "The written answer touches on the person's own affairs and can't be mailed. Please ask for it at the union office named in the notice, with your receipt number.",
};

/** The receipt of an objection, as its form told it: "SN4K7P2QX9AB-1". */
export const receiptOf = (applicationId: ApplicationId, number: number): string =>
  `${applicationId}-${number}`;

export const objectionAnswerMail = (answer: ObjectionAnswer): Mail => {
  const receipt = receiptOf(answer.applicationId, answer.number);
  const { words } = answer;
  return renderMail({
    id: `objection-answer:${receipt}`,
    to: answer.to,
    locale: answer.locale,
    subject: { zh: `异议答复 ${receipt}`, en: `Answer to your objection ${receipt}` },
    paragraphs: [
      {
        zh: `您对一项${answer.programmeTitle.zh}公示提出的异议（回执号 ${receipt}）已有结果。`,
        en: `There is an answer to your objection to a notice of ${answer.programmeTitle.en} (receipt ${receipt}).`,
      },
      answer.upheld ? results.upheld : results.dismissed,
      ...(words === null ? [atTheOffice] : [{ zh: `答复：${words}`, en: `The answer: ${words}` }]),
      {
        zh: "您的身份对申请人及其他人保密。",
        en: "Who you are is kept from the applicant and from everybody else.",
      },
    ],
    link: { href: answer.link, label: { zh: "查看公示", en: "See the notices" } },
    reference: answer.applicationId,
  });
};
