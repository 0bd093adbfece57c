/** Tells a handler every morning how many cases wait. Counts only: which ones stands at the desk. */
import type { LocalDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

/** How many cases of an office wait for handlers, and how many of these are past their limit. */
export interface WaitingCounts {
  readonly toAccept: number;
  readonly toVisit: number;
  readonly late: number;
}

export interface HandlerDigest extends Reader {
  readonly staffId: StaffId;
  readonly unitId: UnitId;
  readonly unitName: Text;
  readonly on: LocalDate;
  readonly counts: WaitingCounts;
  /** The reader works at the office above: it is told because cases are late. */
  readonly escalated: boolean;
  /** The desk's queue. */
  readonly link: string;
}

const waiting = ({ toAccept, toVisit }: WaitingCounts, { zh, en }: Text): Text => ({
  zh: `${zh}：待受理 ${toAccept} 件，待入户核实 ${toVisit} 件。`,
  en: `${en}: ${toAccept} to accept, ${toVisit} to visit.`,
});

const late = ({ late: count }: WaitingCounts): Text => ({
  zh: `其中已超期 ${count} 件，请优先办理。`,
  en: `${count} of them are past their limit; please see to these first.`,
});

const escalation: Text = {
  zh: "下级单位有超期的案件，请督促；需要时可以由您直接办理，工作台的待办里列有这些案件。",
  en: "An office below yours is late. Please see that it is done; you may do it yourself, the cases stand in your queue at the desk.",
};

export const handlerDigestMail = (digest: HandlerDigest): Mail => {
  const { counts, escalated, on, staffId, unitId, unitName } = digest;
  return renderMail({
    id: `handling:${unitId}:${on}:${staffId}`,
    to: digest.to,
    locale: digest.locale,
    subject: escalated
      ? { zh: "下级单位有超期待办", en: "Cases of an office below yours are late" }
      : { zh: "今日受理与核实待办", en: "Cases that wait for you today" },
    paragraphs: [
      waiting(counts, unitName),
      ...(counts.late > 0 ? [late(counts)] : []),
      ...(escalated ? [escalation] : []),
    ],
    link: { href: digest.link, label: { zh: "打开待办", en: "Open the queue" } },
    reference: null,
  });
};
