/** Tells an administrator of a case that nobody decided in time: nobody's silence stops one without somebody knowing. */
import { tierTitles, type Tier } from "#shared/domain/organisation.ts";
import type { ApplicationId, StaffId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface LimitMissed extends Reader {
  readonly staffId: StaffId;
  readonly applicationId: ApplicationId;
  /** Names the occasion: the same one is the same mail. */
  readonly occasion: string;
  readonly programmeTitle: Text;
  readonly tier: Tier;
  readonly became:
    | { readonly kind: "escalated"; readonly to: Tier }
    /** There is no tier above, so somebody else was asked. */
    | { readonly kind: "asked_again" }
    | { readonly kind: "nobody" };
  /** The case at the desk. */
  readonly link: string;
}

const became = ({ became: outcome, tier }: LimitMissed): Text => {
  const at = tierTitles[tier];
  switch (outcome.kind) {
    case "escalated":
      return {
        zh: `${at.zh}逾期未决，已转${tierTitles[outcome.to].zh}办理。`,
        en: `${at.en} did not decide in time; the case was passed to ${tierTitles[outcome.to].en}.`,
      };
    case "asked_again":
      return {
        zh: `${at.zh}逾期未决，上面没有更高一级，已改请他人办理。请您过问。`,
        en: `${at.en} did not decide in time and no tier is above it; somebody else was asked. Please look into it.`,
      };
    case "nobody":
      return {
        zh: `${at.zh}及以上没有人可以办理此案（本人或亲属的案件、已参与过、不在岗）。请指定审批人。`,
        en: `Nobody at ${at.en} or above may decide this case (their own or a relative's, took part before, or away). Please appoint an approver.`,
      };
  }
};

const newLimit: Text = {
  zh: "申请人看到的期限已相应更新。",
  en: "The limit that the applicant sees was changed accordingly.",
};

export const limitMissedMail = (missed: LimitMissed): Mail =>
  renderMail({
    id: `overdue:${missed.applicationId}:${missed.occasion}:${missed.staffId}`,
    to: missed.to,
    locale: missed.locale,
    subject: {
      zh: `逾期未决：${missed.programmeTitle.zh} ${missed.applicationId}`,
      en: `Not decided in time: ${missed.programmeTitle.en} ${missed.applicationId}`,
    },
    paragraphs: [became(missed), ...(missed.became.kind === "nobody" ? [] : [newLimit])],
    link: { href: missed.link, label: { zh: "在工作台查看", en: "See it at the desk" } },
    reference: missed.applicationId,
  });
