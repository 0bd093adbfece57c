/** Tells an administrator that a second look found something. What it was stands at the desk only. */
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface Concern extends Reader {
  readonly applicationId: ApplicationId;
  /** The version by the decision that was looked at: another decision's concern is another mail. */
  readonly caseVersion: number;
  /** The desk's list. */
  readonly link: string;
}

export const concernMail = ({ applicationId, caseVersion, link, ...reader }: Concern): Mail =>
  renderMail({
    id: `concern:${applicationId}:${caseVersion}:${reader.to}`,
    ...reader,
    subject: {
      zh: `抽查复核有疑点 ${applicationId}`,
      en: `A second look raised a concern ${applicationId}`,
    },
    paragraphs: [
      {
        zh: "一项抽中的决定经另一名工作人员复核，认为有疑点。案件没有因此停下。",
        en: "A decision drawn at random was looked at by another person, who has a concern. The case itself has not been stopped.",
      },
      {
        zh: "请登录工作台，在“抽查比对”中查看，处理后写明处理结果；写明之前会一直列出。",
        en: "Please sign in at the desk, see it under second looks, and write what was done; it stays listed until then.",
      },
    ],
    link: { href: link, label: { zh: "到工作台查看", en: "See it at the desk" } },
    reference: applicationId,
  });
