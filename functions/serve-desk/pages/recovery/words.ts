/** What the pages of advances and recovery say. */
import type { RecoveryCause, RefundProblem, WriteOffProblem } from "#shared/domain/recovery.ts";
import type { Text } from "#shared/kernel/text.ts";
import { wrongPaymentWords } from "#shared/web/outcome-words.ts";

export const words = {
  title: { zh: "先行救助与追回", en: "Advances and recovery" },
  times: { zh: "先行救助用时", en: "How long advances take" },
  timesOf: { zh: "本年先行救助", en: "Advances this year" },
  median: { zh: "从提交到可以发放（中位数）", en: "From the form until it can be paid (median)" },
  worst: { zh: "最长", en: "Longest" },
  noTimes: { zh: "本年还没有先行救助。", en: "No advances this year yet." },
  open: { zh: "办理中的先行救助", en: "Advances under way" },
  noOpen: { zh: "目前没有。", en: "None at present." },
  reference: { zh: "受理编号", en: "Reference" },
  status: { zh: "状态", en: "State" },
  advance: { zh: "先行救助金", en: "Advance" },
  deadline: { zh: "期限", en: "Limit" },
  overdue: { zh: "已超期", en: "overdue" },
  follow: { zh: "已先行发放、待补手续", en: "Paid in advance, papers to follow" },
  papersDue: { zh: "补材料期限", en: "Papers due" },
  visitDue: { zh: "入户核实期限", en: "Home visit due" },
  visited: { zh: "已核实", en: "visited" },
  due: { zh: "应追回的款项", en: "Money to be paid back" },
  cause: { zh: "原因", en: "Why" },
  paid: { zh: "已发放", en: "Paid" },
  claimed: { zh: "应退回", en: "Claimed back" },
  back: { zh: "已退回", en: "Paid back" },
  left: { zh: "尚欠", en: "Still due" },
  since: { zh: "起算时间", en: "Since" },
  case: { zh: "查看案件", en: "See the case" },
  writtenOff: { zh: "已核销", en: "Written off" },
  repayments: { zh: "退款记录", en: "Repayments" },
  at: { zh: "时间", en: "Time" },
  voucher: { zh: "凭证号", en: "Voucher" },
  fund: { zh: "资金", en: "Fund" },
  amount: { zh: "退款金额（元）", en: "Amount paid back (yuan)" },
  amountHint: { zh: "可以分次退，每次登记一笔", en: "May come in parts; book each one" },
  voucherHint: {
    zh: "银行回单或收据的编号；同一编号只能登记一次",
    en: "Of the bank slip or receipt; each is booked once",
  },
  bookTitle: { zh: "登记退款", en: "Book a repayment" },
  book: { zh: "登记", en: "Book it" },
  writeOff: { zh: "核销尚欠款项", en: "Write off what is still due" },
  writeOffNote: {
    zh: "核销要由两个人办理：提出人写明理由，财务授权人确认后不再追收，账目仍记为已发放。",
    en: "Two people write off a rest: one gives the reason, and finance's authoriser confirms it. It is not claimed any more then; the books keep it as paid.",
  },
  reason: { zh: "理由", en: "Reason" },
  reasonHint: {
    zh: "例如家庭确无偿还能力、金额与追收成本不相称；不要写个人身份信息",
    en: "For example that the household cannot pay, or that claiming costs more than it brings; no personal data",
  },
  propose: { zh: "提出核销", en: "Propose it" },
  proposed: { zh: "已提出核销，待确认", en: "A write-off is proposed and waits to be confirmed" },
  proposedBy: { zh: "提出人", en: "Proposed by" },
  confirm: { zh: "确认核销", en: "Confirm the write-off" },
  ownProposal: {
    zh: "这是您自己提出的，须由另一位授权人确认。",
    en: "You proposed this yourself: another authoriser has to confirm it.",
  },
  how: {
    zh: "款项退到原资金的账户后在这里登记。申请人可以到工会说明情况；确不应退的，提出核销。",
    en: "Book here what has come back to the fund's account. The applicant may put the case to the union; what should not be claimed is written off.",
  },
} as const satisfies Record<string, Text>;

export const causeNames: Readonly<Record<RecoveryCause | "objection", Text>> = {
  papers_missing: { zh: "逾期没有补齐材料", en: "The papers never came" },
  rejected: { zh: "审批未通过", en: "Rejected by an approver" },
  refused: { zh: "经核算不符合条件", en: "Not eligible by the rules" },
  lowered: { zh: "核定金额低于已发放金额", en: "The award is below what was paid" },
  ...wrongPaymentWords,
  objection: { zh: "公示异议成立", en: "An objection was upheld" },
};

export const refundProblemWords: Readonly<Record<RefundProblem, Text>> = {
  amount_not_valid: {
    zh: "金额请填大于零的数字，最多两位小数，不要逗号，例如 2000.00",
    en: "Type an amount above zero, with at most two decimals and no commas, such as 2000.00",
  },
  amount_above_due: {
    zh: "金额不能多于尚欠的金额，请核对",
    en: "This is more than is still due: please check the amount",
  },
  voucher_not_valid: {
    zh: "凭证号请填1到40个字母、数字或汉字，可以有括号、横线和斜线",
    en: "Type 1 to 40 letters or digits, with brackets, hyphens and slashes if need be",
  },
};

export const writeOffProblemWords: Readonly<Record<WriteOffProblem, Text>> = {
  reason_required: { zh: "请写明核销的理由", en: "Give the reason for writing it off" },
  reason_too_long: { zh: "理由最多500字，请缩短", en: "Shorten it to at most 500 characters" },
};
