/** What the pages of fund orders say. */
import type { FundOrder, OrderProblem } from "#shared/domain/fund-order.ts";
import type { Text } from "#shared/kernel/text.ts";

export const orderWords = {
  orders: { zh: "资金单", en: "Fund orders" },
  order: { zh: "资金单", en: "Fund order" },
  kind: { zh: "种类", en: "Kind" },
  voucher: { zh: "文号或凭证号", en: "Number of the paper" },
  voucherHint: {
    zh: "拨款文件或记账凭证的编号，一个编号只能用一次",
    en: "Of the allotment or the accounting voucher; each is used once",
  },
  voucherWrong: {
    zh: "编号请填1到40个字母、数字或汉字，可以有括号、横线和斜线",
    en: "Type 1 to 40 letters or digits, with brackets, hyphens and slashes if need be",
  },
  amount: { zh: "金额（元）", en: "Amount (yuan)" },
  amountWrong: {
    zh: "金额请填大于零的数字，最多两位小数，不要逗号，例如 50000.00",
    en: "Type an amount above zero, with at most two decimals and no commas, such as 50000.00",
  },
  reason: { zh: "说明", en: "What it is for" },
  reasonHint: {
    zh: "授权人和经审会看到，请勿写个人信息",
    en: "The authoriser and the auditors see it; no personal data, please",
  },
  reasonWrong: { zh: "请写明事由，不超过200字", en: "Say what it is for, in 200 characters" },
  from: { zh: "转出", en: "Out of" },
  to: { zh: "转入", en: "Into" },
  outside: { zh: "资金来源方", en: "Whoever gives the money" },
  sum: { zh: "合计", en: "In all" },
  proposed: { zh: "提出", en: "Proposed" },
  decided: { zh: "办结", en: "Decided" },
  status: { zh: "状态", en: "State" },
  propose: { zh: "提交授权", en: "Put before a second person" },
  proposeNote: {
    zh: "提交后由另一人授权才入账；入账前可以撤销，入账后不能修改，只能另开一单冲回。",
    en: "Booked only when another person authorises it. Until then it can be withdrawn; afterwards a mistake is mended by another order.",
  },
  authorise: { zh: "授权入账", en: "Authorise and book" },
  authoriseNote: {
    zh: "请核对文号、资金和金额。授权后立即入账。",
    en: "Check the paper, the funds and the amounts. It is booked at once.",
  },
  ownOrder: {
    zh: "这一单是您提出的，须由另一人授权。",
    en: "You proposed this order; another person must authorise it.",
  },
  cancel: { zh: "撤销", en: "Withdraw it" },
  cancelReason: { zh: "撤销原因", en: "Why it is withdrawn" },
  cancelWrong: { zh: "请写明撤销原因", en: "Say why it is withdrawn" },
  waitingForMe: { zh: "等我授权的资金单", en: "Orders for me to authorise" },
  waiting: { zh: "等待授权的资金单", en: "Orders that wait for a second person" },
  none: { zh: "没有。", en: "There is none." },
  done: { zh: "已办结", en: "Decided" },
  more: { zh: "更早的", en: "Earlier ones" },
  income: { zh: "登记拨入资金", en: "Book money coming in" },
  allot: { zh: "下拨（手工）", en: "Allot by hand" },
  formula: { zh: "按公式下拨", en: "Allot by formula" },
  giveBack: { zh: "上缴、退回", en: "Return money" },
  yearEnd: { zh: "年终结转", en: "Year-end close" },
  openFund: { zh: "设立资金", en: "Open a fund" },
  changeTerms: { zh: "变更资金规定", en: "Change its terms" },
  acts: { zh: "办理", en: "What can be done" },
  fund: { zh: "资金", en: "Fund" },
  available: { zh: "可用", en: "Available" },
  back: { zh: "返回", en: "Back" },
  emptyForNone: {
    zh: "不下拨的单位留空",
    en: "Leave those empty that get nothing",
  },
  noneBelow: {
    zh: "没有同类的下级资金。请先为下级单位设立同一类别的资金。",
    en: "No office below has a fund of this kind. Open one for it first.",
  },
  units: { zh: "单位", en: "Office" },
  households: { zh: "在档户数", en: "Households on file" },
  standard: { zh: "当地低保标准L（元）", en: "Local L (yuan)" },
  pot: { zh: "可分配", en: "To be shared" },
  kept: { zh: "留作预留（元）", en: "Kept back (yuan)" },
  keptHint: {
    zh: "留在本级、不下拨的金额；没有就填 0",
    en: "What stays in this fund; 0 for nothing",
  },
  workOut: { zh: "计算", en: "Work it out" },
  formulaNote: {
    zh: "按“在档户数×当地低保标准L”分配，取整到元；除不尽的按余数大小逐元补足。",
    en: "By households on file × local L, in whole yuan; what doesn't divide goes yuan by yuan to the largest remainders.",
  },
  countsMoved: {
    zh: "打开页面后户数或余额有变化，已按现在的数重新计算，请核对后再提交。",
    en: "Counts or balances changed since you opened the page. It was worked out anew: look at it again before you send it.",
  },
  formulaAgrees: {
    zh: "按保存的户数和标准重算，结果一致。",
    en: "Worked out again from the inputs kept: the same.",
  },
  formulaDiffers: {
    zh: "按保存的户数和标准重算，结果不一致，请勿授权。",
    en: "Worked out again from the inputs kept, it differs. Don't authorise it.",
  },
  year: { zh: "年度", en: "Year" },
  yearEndNote: {
    zh: "授权后，这些资金不再接受新的救助；已预留的照常发放或释放；余额按规定结转或退回，金额以入账时的余额为准。之后又退回来的钱，再办一次结转即可。",
    en: "Once authorised, these funds take no new awards; what is reserved is still paid or released; what is left goes on or back as its terms say, by the balance at that moment. What comes back later is swept by closing again.",
  },
  nothingToClose: {
    zh: "这一年度没有需要结转的资金。",
    en: "Nothing of this year is to be closed.",
  },
  goesTo: { zh: "余额去向", en: "What is left goes to" },
  reservedStays: { zh: "已预留（继续发放）", en: "Reserved (still to be paid)" },
  newFund: { zh: "新设立", en: "opened with it" },
  recomputed: { zh: "计算依据", en: "What it was worked out from" },
} as const satisfies Record<string, Text>;

export const statusWords: Readonly<Record<FundOrder["status"], Text>> = {
  proposed: { zh: "等待授权", en: "Waiting" },
  booked: { zh: "已入账", en: "Booked" },
  cancelled: { zh: "已撤销", en: "Withdrawn" },
};

export const orderProblemWords: Readonly<Record<OrderProblem, Text>> = {
  no_lines: { zh: "请至少填一笔金额", en: "Fill in one amount at least" },
  too_many_lines: {
    zh: "一张资金单最多24笔，请分开办理",
    en: "One order has 24 lines at most; make several",
  },
  same_fund: { zh: "同一资金在一单里只能出现一次", en: "A fund stands in an order once" },
  several_sources: {
    zh: "一张资金单只能从一项资金转出",
    en: "An order takes out of one fund only",
  },
  no_such_fund: { zh: "没有这项资金，请重新选择", en: "There is no such fund: choose again" },
  not_downwards: {
    zh: "下拨只能拨给本单位所属下级单位的资金",
    en: "Money is allotted to funds of offices below only",
  },
  not_upwards: {
    zh: "上缴只能交给上级单位的资金",
    en: "Money is returned to a fund of an office above only",
  },
  other_kind_of_money: {
    zh: "两项资金的类别不同：专款专用，不能互转",
    en: "The two funds hold different kinds of money; earmarked money keeps its kind",
  },
  fund_closed: { zh: "转入的资金已停用", en: "The fund it goes into is closed" },
  not_enough: {
    zh: "转出资金的可用余额不够；已预留和已发放的不能动用",
    en: "The fund has not so much available; what is reserved or paid can't be taken",
  },
};
