/** The wording of a decision's reasons and remedies. */
import type { OutcomeKind } from "#shared/domain/reasons.ts";
import type { WrongPaymentCause } from "#shared/domain/recovery.ts";
import type { Text } from "#shared/kernel/text.ts";

export const outcomeWords = {
  notice: { zh: "困难职工帮扶决定告知书", en: "Notice of a relief decision" },
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "救助项目", en: "Programme" },
  office: { zh: "作出决定的工会", en: "Decided by" },
  day: { zh: "决定日期", en: "Day of the decision" },
  outcome: { zh: "决定", en: "Decision" },
  amount: { zh: "救助金额", en: "Amount" },
  computedAmount: { zh: "按政策核算", en: "By the rules" },
  category: { zh: "认定类别", en: "Category" },
  reason: { zh: "理由", en: "The reason" },
  conditions: { zh: "符合和不符合的条件", en: "Conditions met and missed" },
  preliminary: { zh: "按政策初步核对的情况", en: "What the rules found, before a decision" },
  computed: { zh: "金额是怎么算的", en: "How the amount came about" },
  why: { zh: "核算依据", en: "How it was worked out" },
  lookedInto: { zh: "另外核实的情况", en: "What was looked into as well" },
  lookedAt: { zh: "核对了什么", en: "What was looked at" },
  papers: { zh: "您提交的材料", en: "The papers you sent" },
  visit: { zh: "入户核实", en: "Home visit" },
  borneOut: { zh: "核实情况与申请一致", en: "what was found bears out the application" },
  notBorneOut: {
    zh: "核实情况与申请不一致",
    en: "what was found does not bear out the application",
  },
  file: { zh: "困难职工档案", en: "Hardship file" },
  noFile: { zh: "没有建档，按临时困难办理", en: "none; handled as temporary hardship" },
  rules: { zh: "适用的政策版本", en: "Policy versions applied" },
  said: { zh: "工会的书面说明", en: "What the union wrote" },
  now: { zh: "您现在可以怎么做", en: "What you can do now" },
  met: { zh: "符合", en: "met" },
  missed: { zh: "不符合", en: "not met" },
  looked: { zh: "已核实", en: "looked into" },
  clause: { zh: "条款", en: "clause" },
  appeal: { zh: "申请复议", en: "Appeal" },
  payBack: {
    zh: "怎么退、退到哪里，请向您所在的工会询问，可以分次退。认为不应当退，或者家庭确实无力退回的，请带上受理编号到工会说明情况。",
    en: "Ask your union office how to pay it back; it may come in parts. If you think that it isn't due, or your household can't pay it, put your case to the office and give the reference.",
  },
  apply: { zh: "再次申请：", en: "Applying again: " },
  others: { zh: "现在还可以申请的项目：", en: "Other programmes that take applications now:" },
  ask: {
    zh: "对本告知有不明白的，可以向您所在的工会询问，请带上受理编号。",
    en: "If anything here is unclear, ask your union office and give the reference.",
  },
  print: {
    zh: "需要纸质告知书的，用浏览器的“打印”即可。",
    en: "If you need this on paper, use your browser's print.",
  },
} as const satisfies Record<string, Text>;

/** What came of a case, as the notice's line "decision". */
export const kindWords: Readonly<Record<OutcomeKind, Text>> = {
  approved: { zh: "批准", en: "Approved" },
  lowered: { zh: "批准，金额低于核算数", en: "Approved, with less than the rules computed" },
  refused_by_rules: { zh: "不符合救助条件，不予救助", en: "Not eligible" },
  rejected: { zh: "不予批准", en: "Not approved" },
  objection_upheld: {
    zh: "公示异议成立，撤销批准",
    en: "An objection was upheld; the approval is withdrawn",
  },
  appeal_dismissed: { zh: "复议不成立，维持原决定", en: "Appeal dismissed; the decision stands" },
  lapsed: {
    zh: "逾期没有补充，终止办理",
    en: "Ended, since what was asked for did not come in time",
  },
  withdrawn: { zh: "申请人撤回", en: "Withdrawn by the applicant" },
  recovery_due: { zh: "已发放的款项应当退回", en: "What was paid has to be paid back" },
};

/** Why a payment is claimed back that was found wrong later, as staff and the applicant read it. */
export const wrongPaymentWords: Readonly<Record<WrongPaymentCause, Text>> = {
  paid_twice: { zh: "同一救助重复发放", en: "The same relief was paid twice" },
  wrong_person: {
    zh: "发给了不应领取的人",
    en: "It was paid to somebody who should not have had it",
  },
  wrong_amount: { zh: "发放金额有误", en: "The amount paid was wrong" },
  not_deserved: {
    zh: "核查发现不符合救助条件",
    en: "A later check found that the conditions were not met",
  },
  returned_by_bank: {
    zh: "银行已把款项退回工会（退票），不用申请人退款",
    en: "The bank has sent the money back to the union; the applicant need pay back nothing",
  },
};
