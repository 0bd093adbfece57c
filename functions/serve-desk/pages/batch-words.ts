/** What batches, their events and the lines of a return are called. */
import type { ExceptionCode } from "#shared/domain/bank-return.ts";
import type { BatchEventType, BatchStatus, ItemStatus } from "#shared/domain/disbursement.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Mood } from "#shared/web/messages.ts";

export const batchStatusNames: Readonly<Record<BatchStatus, Text>> = {
  assembling: { zh: "正在归集", en: "Being assembled" },
  awaiting_authorisation: { zh: "待授权", en: "Waiting for authorisation" },
  authorised: { zh: "已授权，正在生成银行文件", en: "Authorised, the bank file is being written" },
  sent: { zh: "待银行回盘", en: "Waiting for the bank's return" },
  closed: { zh: "已结清", en: "Closed" },
  voiding: { zh: "正在作废", en: "Being voided" },
  voided: { zh: "已作废", en: "Voided" },
};

export const batchStatusMoods: Readonly<Record<BatchStatus, Mood>> = {
  assembling: "plain",
  awaiting_authorisation: "wait",
  authorised: "plain",
  sent: "wait",
  closed: "good",
  voiding: "wrong",
  voided: "wrong",
};

export const batchEventNames: Readonly<Record<BatchEventType, Text>> = {
  created: { zh: "开始归集", en: "Begun" },
  assembled: { zh: "归集完成，金额锁定", en: "Assembled, the sum is fixed" },
  found_empty: { zh: "没有可发放的案件", en: "Nothing was payable" },
  authorised: { zh: "授权", en: "Authorised" },
  void_decided: { zh: "决定作废", en: "Voided" },
  voided: { zh: "案件已退回待发放", en: "Cases put back" },
  file_written: { zh: "生成银行文件", en: "Bank file written" },
  return_given: { zh: "上传银行回盘", en: "Bank return given" },
  return_read: { zh: "读取银行回盘", en: "Bank return read" },
  accepted: { zh: "登记银行受理回执", en: "The bank's receipt entered" },
  exceptions_answered: { zh: "答复异常行", en: "Odd lines answered" },
  refusal_proposed: {
    zh: "登记银行整批拒收，待第二人确认",
    en: "Refused by the bank as a whole; a second person confirms",
  },
  refusal_withdrawn: { zh: "撤销整批拒收登记", en: "Refusal as a whole taken back" },
  refusal_confirmed: { zh: "确认银行整批拒收", en: "Refusal as a whole confirmed" },
  payment_returned: {
    zh: "发放成功后退票，已冲回资金并重新预留",
    en: "A payment came back; booked back to the fund and set aside anew",
  },
  closed: { zh: "逐笔核对无误，结清", en: "Every payment explained, closed" },
};

export const itemStatusNames: Readonly<Record<ItemStatus, Text>> = {
  ready: { zh: "待银行回复", en: "No answer yet" },
  paid: { zh: "已发放", en: "Paid" },
  failed: { zh: "发放失败", en: "Failed" },
  voided: { zh: "已作废", en: "Voided" },
  returned: { zh: "发放后退票", en: "Came back after payment" },
};

export const itemStatusMoods: Readonly<Record<ItemStatus, Mood>> = {
  ready: "plain",
  paid: "good",
  failed: "wrong",
  voided: "plain",
  returned: "wrong",
};

/** What is odd about a line, and what to do about it. None of these moved any money. */
export const exceptionNames: Readonly<Record<ExceptionCode, Text>> = {
  contradicts_settlement: {
    zh: "与之前的结果相反：请立即向银行核实，可能重复支付",
    en: "The opposite of what was recorded: ask the bank at once, it may have paid twice",
  },
  amount_mismatch: { zh: "金额不符：请向银行核实", en: "Another amount: ask the bank" },
  account_mismatch: { zh: "账号不符：请向银行核实", en: "Another account: ask the bank" },
  unknown_reference: {
    zh: "本批次没有这笔业务参考号",
    en: "No payment of this batch has this reference",
  },
  duplicate_line: {
    zh: "同一笔重复出现：相同的只计一次，互相矛盾的都不计",
    en: "Listed more than once: copies count once, contradicting lines not at all",
  },
  already_settled: { zh: "之前的回盘已处理", en: "Settled by an earlier return" },
  case_moved: { zh: "案件已不在本批次", en: "The case is no longer in this batch" },
  unreadable: {
    zh: "读不懂：请检查业务参考号和处理结果两列",
    en: "Can't be read: look at its reference and result",
  },
};
