/** Asks an applicant for what is missing. The list itself is an approver's own words, so it stands on the page. */
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface InformationNeeded extends Reader {
  readonly applicationId: ApplicationId;
  /** The version of the case at which it was asked: asking again later is another mail. */
  readonly caseVersion: number;
  readonly deadlineAt: Instant;
  /** The status page. */
  readonly link: string;
}

export const informationNeededMail = (needed: InformationNeeded): Mail =>
  renderMail({
    id: `information:${needed.applicationId}:${needed.caseVersion}`,
    to: needed.to,
    locale: needed.locale,
    subject: {
      zh: `请补充材料 ${needed.applicationId}`,
      en: `Something is missing from your application ${needed.applicationId}`,
    },
    paragraphs: [
      {
        zh: "您的申请还缺少材料或信息，全部列在进度页上。补齐后将从原来的环节继续办理，已填写的内容都保留。",
        en: "Papers or answers are still missing; the status page lists all of them. Once they are there, the case goes on where it stood. Nothing you gave is lost.",
      },
      {
        zh: `请在${lastDayBefore(needed.deadlineAt, "zh-CN")}（含当日）前补齐，逾期申请将终止办理。`,
        en: `Please send them by ${lastDayBefore(needed.deadlineAt, "en")}, that day included; after it the application ends.`,
      },
    ],
    link: {
      href: needed.link,
      label: { zh: "查看清单并补充", en: "See the list and send what is missing" },
    },
    reference: needed.applicationId,
  });
