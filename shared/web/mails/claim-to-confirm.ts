/** Asks finance's second person to look at a claim against a household (追回). Why, and how much, stand at the desk only. */
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface ClaimToConfirm extends Reader {
  readonly applicationId: ApplicationId;
  /** The version by the proposal: another proposal is another mail. */
  readonly caseVersion: number;
  /** The claim's page at the desk. */
  readonly link: string;
}

export const claimToConfirmMail = (claim: ClaimToConfirm): Mail => {
  const { applicationId, caseVersion, link, ...reader } = claim;
  return renderMail({
    id: `claim-to-confirm:${applicationId}:${caseVersion}:${reader.to}`,
    ...reader,
    subject: {
      zh: `追回待确认 ${applicationId}`,
      en: `A claim for money back waits to be confirmed ${applicationId}`,
    },
    paragraphs: [
      {
        zh: "财务提出追回一笔已发放的救助金，须由另一个人确认后才告知申请人。",
        en: "Finance proposes to claim back relief that was paid. Another person has to confirm it before the applicant is told.",
      },
      {
        zh: "请登录工作台，核对金额和理由后确认，或者不予追回。",
        en: "Please sign in at the desk, look at the amount and the reason, and confirm it or turn it down.",
      },
    ],
    link: { href: link, label: { zh: "到工作台查看", en: "See it at the desk" } },
    reference: applicationId,
  });
};
