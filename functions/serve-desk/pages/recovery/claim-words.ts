/** What the page says on which a payment found wrong later is claimed back (追回). */
import type { ClaimBackProblem } from "#shared/domain/claim-back.ts";
import { claimReasonMaxLength } from "#shared/domain/claim-back.ts";
import type { Text } from "#shared/kernel/text.ts";

export const claimWords = {
  title: { zh: "追回已发放款项", en: "Claim a payment back" },
  link: { zh: "追回已发放款项", en: "Claim this payment back" },
  waits: { zh: "提出追回，待第二人确认", en: "A claim waits for a second person" },
  lead: {
    zh: "发放后发现多发、错发、重复发放，或核查发现不应发放时办理。提出后由另一位财务人员确认，确认以前不通知申请人，账目也不变。",
    en: "For a payment found wrong after it was made. Another person of finance confirms it; until then the applicant is told nothing and the books stay as they are.",
  },
  most: { zh: "已发放、尚未退回", en: "Paid and not come back" },
  backBefore: { zh: "以前已退回", en: "Paid back before" },
  amount: { zh: "追回金额（元）", en: "Amount to claim back (yuan)" },
  amountHint: {
    zh: "全部或一部分，不能多于已发放、尚未退回的金额",
    en: "The whole or a part, at most what was paid and has not come back",
  },
  cause: { zh: "原因", en: "Why" },
  choose: { zh: "请选择", en: "Choose" },
  reason: { zh: "理由", en: "The reason in words" },
  reasonHint: {
    zh: `申请人会看到，请写清查实的情况，最多${claimReasonMaxLength}字。加密保存；不要写证件号码、银行卡号和他人情况`,
    en: `The applicant reads it: say what was found, in at most ${claimReasonMaxLength} characters. Kept encrypted; no ID or card numbers, nothing about other people`,
  },
  propose: { zh: "提出追回，交第二人确认", en: "Propose it, for a second person" },
  proposed: {
    zh: "已提出追回，等待第二人确认",
    en: "A claim is proposed and waits to be confirmed",
  },
  proposedBy: { zh: "提出人", en: "Proposed by" },
  claimed: { zh: "要求退回", en: "To be paid back" },
  consequence: {
    zh: "确认后申请人应当退回这笔款项，系统随即告知金额和理由。",
    en: "Once confirmed, the applicant owes this money and is told the amount and the reason at once.",
  },
  bankConsequence: {
    zh: "确认后系统随即告知申请人款项被银行退回、不用退款；再到“先行救助与追回”按银行凭证登记退回的款项。",
    en: "Once confirmed, the applicant is told that the bank sent the money back and that nothing is owed; then book it by the bank's slip as a repayment.",
  },
  confirm: { zh: "确认追回", en: "Confirm the claim" },
  drop: { zh: "不予追回", en: "Turn it down" },
  takeBack: { zh: "撤回提议", en: "Take it back" },
  own: {
    zh: "这是您自己提出的，须由另一位财务授权人确认。",
    en: "You proposed this yourself: an authoriser has to confirm it.",
  },
  backToCase: { zh: "返回案件", en: "Back to the case" },
} as const satisfies Record<string, Text>;

export const claimProblemWords: Readonly<
  Record<ClaimBackProblem, { readonly field: "amount" | "cause" | "reason"; readonly says: Text }>
> = {
  amount_not_valid: {
    field: "amount",
    says: {
      zh: "金额请填大于零的数字，最多两位小数，不要逗号，例如 2000.00",
      en: "Type an amount above zero, with at most two decimals and no commas, such as 2000.00",
    },
  },
  amount_above_paid: {
    field: "amount",
    says: {
      zh: "金额不能多于已发放、尚未退回的金额，请核对",
      en: "This is more than was paid and has not come back: please check the amount",
    },
  },
  cause_required: { field: "cause", says: { zh: "请选择原因", en: "Choose why" } },
  reason_required: {
    field: "reason",
    says: { zh: "请写明追回的理由", en: "Give the reason for claiming it back" },
  },
  reason_too_long: {
    field: "reason",
    says: {
      zh: `理由最多${claimReasonMaxLength}字，请缩短`,
      en: `Shorten it to at most ${claimReasonMaxLength} characters`,
    },
  },
};
