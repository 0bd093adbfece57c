/** Asks somebody to decide: reference, programme, amount, deadline and the link, and nothing about the person. */
import type { Approval } from "#shared/domain/approval.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import type { Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { amount, dateTime, lastDayBefore } from "../figures.ts";
import { renderMail, type Reader } from "./frame.ts";

/** What is waited for: a tier's decision, or the answer to an objection or an appeal. */
export type AskedFor = "decision" | "advance" | "objection" | "under_appeal";

export interface ApprovalRequest extends Reader {
  readonly approval: Pick<
    Approval,
    "applicationId" | "round" | "tier" | "seat" | "ask" | "linkHash" | "expiresAt" | "insteadOf"
  >;
  readonly asks: AskedFor;
  /** How many of the tier agreed before, where several must. */
  readonly agreed: number;
  readonly programmeTitle: Text;
  /** What the rules recommend; zero where they recommend refusal. */
  readonly amountFen: Fen;
  /** The page behind the link, with its secret. */
  readonly link: string;
}

const subjects: Readonly<Record<AskedFor, Text>> = {
  decision: { zh: "待审批", en: "For your decision" },
  advance: { zh: "急件：先行救助待审批", en: "Urgent: an advance for your decision" },
  objection: { zh: "待答复异议", en: "Objection to be answered" },
  under_appeal: { zh: "待复议", en: "Appeal to be answered" },
};

/** What the case waits for, in a sentence. */
export const waitsFor = (asks: AskedFor, { zh, en }: Text, tier: Approval["tier"]): Text => {
  switch (asks) {
    case "decision":
      return {
        zh: `有一件${zh}申请等待${tierTitles[tier].zh}审批。`,
        en: `A case of ${en} waits for a decision at your tier (${tierTitles[tier].en}).`,
      };
    case "advance":
      return {
        zh: `有一件${zh}急难申请等待${tierTitles[tier].zh}审批先行救助金。只批先行部分，其余补齐材料后再批。`,
        en: `An urgent case of ${en} waits for your tier (${tierTitles[tier].en}) to decide on an advance. Only the advance is decided now, the rest after the papers.`,
      };
    case "objection":
      return {
        zh: `有人对一件${zh}申请的公示提出异议，请您核实并书面答复。您没有参与过此案。`,
        en: `Somebody objects to a published case of ${en}. Please verify it and answer in writing; you have had no part in the case.`,
      };
    case "under_appeal":
      return {
        zh: `一件${zh}申请未获批准，申请人申请复议，请您复核并书面答复。您没有参与过此案。`,
        en: `A refused applicant for ${en} appeals. Please look at the case anew and answer in writing; you have had no part in it.`,
      };
  }
};

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

const standInLine: Text = {
  zh: "原审批人不在岗或未在期限内办理，现请您代为办理。",
  en: "The person first asked is away or did not answer in time; you are asked instead.",
};

const agreedLine = (agreed: number): Text => ({
  zh: `此案须本级多人同意，已有${agreed}人同意。`,
  en: `Several people of your tier must agree to this case; ${agreed} did so already.`,
});

export const byDay = (expiresAt: Approval["expiresAt"]): Text => ({
  zh: `请在${lastDayBefore(expiresAt, "zh-CN")}（含当日）前办理。`,
  en: `Please decide by ${lastDayBefore(expiresAt, "en")}, that day included.`,
});

/** An advance has hours. */
const byHour = (expiresAt: Approval["expiresAt"]): Text => ({
  zh: `请在${dateTime(expiresAt, "zh-CN")}前办理。`,
  en: `Please decide by ${dateTime(expiresAt, "en")}.`,
});

export const ownLink: Text = {
  zh: "打开链接即可查看全部材料；作出决定时需输入您的审批密码。此链接仅供您本人使用，转发无效。",
  en: "The link shows the whole case; to decide you need your decision PIN. It is for you alone and useless when forwarded.",
};

/**
 * The mail for one link. It is the same mail as long as the link is the same: a run of the task that makes a
 * new link makes a new mail.
 */
export const approvalRequestMail = (request: ApprovalRequest): Mail => {
  const { approval, asks, programmeTitle } = request;
  const { applicationId, round, tier, seat, ask, linkHash } = approval;
  const kind = asks === "decision" || asks === "advance" ? "approval" : "review";
  return renderMail({
    id: `${kind}:${applicationId}:${round}:${tier}:${seat}:${ask}:${linkHash}`,
    to: request.to,
    locale: request.locale,
    subject: {
      zh: `${subjects[asks].zh}：${programmeTitle.zh} ${applicationId}`,
      en: `${subjects[asks].en}: ${programmeTitle.en} ${applicationId}`,
    },
    paragraphs: [
      waitsFor(asks, programmeTitle, tier),
      ...(approval.insteadOf === null ? [] : [standInLine]),
      ...(request.agreed > 0 ? [agreedLine(request.agreed)] : []),
      amountLine(request.amountFen),
      asks === "advance" ? byHour(approval.expiresAt) : byDay(approval.expiresAt),
      ownLink,
    ],
    link: { href: request.link, label: { zh: "查看并审批", en: "See the case and decide" } },
    reference: applicationId,
  });
};
