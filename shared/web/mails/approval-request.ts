/** Asks an approver to decide: reference, programme, amount, deadline and the link, and nothing about the person. */
import type { Approval } from "#shared/domain/approval.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { amount, lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface ApprovalRequest extends Reader {
  readonly approval: Pick<
    Approval,
    "applicationId" | "round" | "tier" | "ask" | "linkHash" | "expiresAt"
  >;
  readonly programmeTitle: Text;
  /** What the rules recommend; zero where they recommend refusal. */
  readonly amountFen: Fen;
  /** The page behind the link, with its secret. */
  readonly link: string;
}

const amountLine = (amountFen: Fen): Text =>
  amountFen > 0
    ? {
        zh: `建议救助金额：${amount(amountFen, "zh-CN")}`,
        en: `Recommended amount: ${amount(amountFen, "en")}`,
      }
    : {
        zh: "规则建议：不予救助，请您核对后决定",
        en: "The rules recommend refusal; please check and decide",
      };

/**
 * The mail for one link. It is the same mail as long as the link is the same: a run of the task that makes a
 * new link makes a new mail.
 */
export const approvalRequestMail = (request: ApprovalRequest): Mail => {
  const { approval, programmeTitle } = request;
  const { applicationId, round, tier, ask, linkHash, expiresAt } = approval;
  return renderMail({
    id: `approval:${applicationId}:${round}:${tier}:${ask}:${linkHash}`,
    to: request.to,
    locale: request.locale,
    subject: {
      zh: `待审批：${programmeTitle.zh} ${applicationId}`,
      en: `For your decision: ${programmeTitle.en} ${applicationId}`,
    },
    paragraphs: [
      {
        zh: `有一件${programmeTitle.zh}申请等待${tierTitles[tier].zh}审批。`,
        en: `A case of ${programmeTitle.en} waits for a decision at your tier (${tierTitles[tier].en}).`,
      },
      amountLine(request.amountFen),
      {
        zh: `请在${lastDayBefore(expiresAt, "zh-CN")}（含当日）前办理。`,
        en: `Please decide by ${lastDayBefore(expiresAt, "en")}, that day included.`,
      },
      {
        zh: "打开链接即可查看全部材料；作出决定时需输入您的审批密码。此链接仅供您本人使用，转发无效。",
        en: "The link shows the whole case; to decide you need your decision PIN. It is for you alone and useless when forwarded.",
      },
    ],
    link: { href: request.link, label: { zh: "查看并审批", en: "See the case and decide" } },
    reference: applicationId,
  });
};
