/** Tells a handler that files of the archive are due. Counts only: which ones stands at the desk. */
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

/** Files of an office: about to run out, run out, and watched ones that are due to be looked at. */
export interface DueCounts {
  readonly expiring: number;
  readonly expired: number;
  readonly followUps: number;
}

export interface ArchiveDigest extends Reader {
  readonly staffId: StaffId;
  readonly unitId: UnitId;
  readonly unitName: Text;
  readonly on: LocalDate;
  readonly counts: DueCounts;
  /** The archive at the desk. */
  readonly link: string;
}

const linesOf = ({ expiring, expired, followUps }: DueCounts, unit: Text): readonly Text[] => [
  {
    zh: `${unit.zh}：即将到期、需要重新申报的档案 ${expiring} 户；已过有效期 ${expired} 户；防困对象需要复核 ${followUps} 户。`,
    en: `${unit.en}: ${expiring} files are about to run out and are to be declared anew, ${expired} have run out, and ${followUps} households on the prevention list are due to be looked at.`,
  },
  {
    zh: "过了有效期的档案不能作为申请依据，请通知职工按时重新申报。",
    en: "No claim may rest on a file that has run out: please ask the workers to declare anew in time.",
  },
];

export const archiveDigestMail = (digest: ArchiveDigest): Mail => {
  const { counts, on, staffId, unitId, unitName } = digest;
  return renderMail({
    id: `archive:${unitId}:${on}:${staffId}`,
    to: digest.to,
    locale: digest.locale,
    subject: { zh: "困难职工档案待办", en: "Hardship files that are due" },
    paragraphs: linesOf(counts, unitName),
    link: { href: digest.link, label: { zh: "打开困难职工档案", en: "Open the archive" } },
    reference: null,
  });
};
