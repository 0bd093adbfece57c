/** Asks an applicant for what is missing. The list itself is an approver's own words, so it stands on the page. */
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface InformationNeeded extends Reader {
  readonly applicationId: ApplicationId;
  /** The version of the case at which it was asked: asking again later is another mail. */
  readonly caseVersion: number;
  readonly deadlineAt: Instant;
  /** An advance was paid (先救助后补手续): the papers follow it, and without them it has to be paid back. */
  readonly afterAdvance: boolean;
  /** The status page. */
  readonly link: string;
}

const missing: Text = {
  zh: "您的申请还缺少材料或信息，全部列在进度页上。补齐后将从原来的环节继续办理，已填写的内容都保留。",
  en: "Papers or answers are still missing; the status page lists all of them. Once they are there, the case goes on where it stood. Nothing you gave is lost.",
};

const following: Text = {
  zh: "先行救助金已经转入您的银行卡。请补齐进度页上列出的全部材料，工会还会上门核实；之后审批其余部分。",
  en: "The advance was sent to your bank card. Please send all the papers listed on the status page; the union will also visit you. Then the rest of the award is decided.",
};

const byWhen = ({ deadlineAt, afterAdvance }: InformationNeeded): Text => {
  const [zhDay, enDay] = [lastDayBefore(deadlineAt, "zh-CN"), lastDayBefore(deadlineAt, "en")];
  return afterAdvance
    ? {
        zh: `请在${zhDay}（含当日）前补齐，逾期没有补齐的，先行救助金要退回。`,
        en: `Please send them by ${enDay}, that day included; if they do not come, the advance has to be paid back.`,
      }
    : {
        zh: `请在${zhDay}（含当日）前补齐，逾期申请将终止办理。`,
        en: `Please send them by ${enDay}, that day included; after it the application ends.`,
      };
};

export const informationNeededMail = (needed: InformationNeeded): Mail =>
  renderMail({
    id: `information:${needed.applicationId}:${needed.caseVersion}`,
    to: needed.to,
    locale: needed.locale,
    subject: {
      zh: `请补充材料 ${needed.applicationId}`,
      en: `Something is missing from your application ${needed.applicationId}`,
    },
    paragraphs: [needed.afterAdvance ? following : missing, byWhen(needed)],
    link: {
      href: needed.link,
      label: { zh: "查看清单并补充", en: "See the list and send what is missing" },
    },
    reference: needed.applicationId,
  });
