/**
 * Sends an auditor the day's root. A root that lies in somebody else's mailbox is what makes a rewriting of the whole
 * trail visible; it tells nothing of what it is a root of.
 */
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface TrailAnchored extends Reader {
  readonly date: LocalDate;
  readonly root: string;
  readonly leaves: number;
  /** The desk's page of the trail. */
  readonly link: string;
}

export const trailAnchorMail = ({ date, root, leaves, link, ...reader }: TrailAnchored): Mail =>
  renderMail({
    id: `trail-anchor:${date}:${reader.to}`,
    ...reader,
    subject: { zh: `轨迹日锚 ${date}`, en: `The trail's anchor of ${date}` },
    paragraphs: [
      {
        zh: `截至${date}的办理轨迹已经封存，共${leaves}项。根值：${root}`,
        en: `The trail up to ${date} was anchored; ${leaves} entries. Its root: ${root}`,
      },
      {
        zh: "请保留本邮件。日后核验导出的轨迹时填入这个根值，即可证明当天以前的记录没有被改写。",
        en: "Please keep this mail. Given to a later proof of an exported trail, the root shows that nothing up to that day was rewritten.",
      },
    ],
    link: { href: link, label: { zh: "在工作台核验", en: "Prove it at the desk" } },
    reference: null,
  });
