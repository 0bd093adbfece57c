/** What the pages of allocation call things. */
import type { Text } from "#shared/kernel/text.ts";
import { count } from "../../frame.ts";

/** So many rows stand on a page; the figures above the table are of all. */
export const rowsMax = 500;

export const words = {
  title: { zh: "资金分配", en: "Allocation" },
  lead: {
    zh: "资金不足时，按政策规定的办法在等待资金的案件之间分配。每次分配连同依据一并保存，可以重新计算核对。",
    en: "When a fund is short, it is shared among the cases that wait, by the policy's method. Each allocation is kept with its inputs and can be made again to check it.",
  },
  waiting: { zh: "等待资金的案件", en: "Cases waiting for money" },
  order: { zh: "等待名单", en: "Waiting list" },
  nobody: { zh: "目前没有案件在等待资金。", en: "No case waits for money at present." },
  programme: { zh: "项目", en: "Programme" },
  method: { zh: "分配办法", en: "Method" },
  cases: { zh: "件数", en: "Cases" },
  wanted: { zh: "批准金额", en: "Approved" },
  given: { zh: "分配金额", en: "Given" },
  made: { zh: "已作出的分配", en: "Allocations made" },
  none: { zh: "目前没有。", en: "None at present." },
  number: { zh: "编号", en: "Number" },
  fund: { zh: "资金", en: "Fund" },
  pot: { zh: "可分配资金", en: "Pot" },
  madeAt: { zh: "分配时间", en: "Made" },
  madeBy: { zh: "分配人", en: "Made by" },
  state: { zh: "状态", en: "State" },
  carriedOut: { zh: "已办完", en: "Carried out" },
  underWay: { zh: "正在办理", en: "Under way" },
  place: { zh: "次序", en: "Order" },
  reference: { zh: "受理编号", en: "Reference" },
  unit: { zh: "单位", en: "Office" },
  submitted: { zh: "申请时间", en: "Applied" },
  perCapita: { zh: "人均月收入（核算）", en: "P, a head and month" },
  notMeasured: { zh: "不核算", en: "not measured" },
  now: { zh: "目前状态", en: "State now" },
  first: { zh: `只列出前 ${rowsMax} 件。`, en: `Only the first ${rowsMax} are listed.` },
  byItself: {
    zh: "本项目先到先得：资金到位后由系统按申请先后自动预留，不需要分配。",
    en: "This programme is first come, first served: when money comes it is set aside by itself, whoever applied first before the others.",
  },
  preview: { zh: "预览分配", en: "Preview" },
  choose: { zh: "选择资金", en: "Fund to share" },
  secondRound: {
    zh: "第二轮：各单位没有用完的名额，按困难程度分给其他等待的案件",
    en: "Second round: places their offices left unused go to whoever still waits, by need",
  },
  places: { zh: "剩余名额", en: "Places left" },
  make: { zh: "确认分配", en: "Make this allocation" },
  makeLead: {
    zh: "确认后逐件预留资金，不能撤销；没有分到的案件留在等待名单上。",
    en: "The money is then set aside case by case and can't be taken back; whoever gets nothing stays on the list.",
  },
  nothing: {
    zh: "这项资金目前分配不到任何案件。",
    en: "This fund can't pay any of these cases at present.",
  },
  changed: {
    zh: "等待名单或资金余额在预览之后有变化，没有分配。请核对下面的新预览。",
    en: "The list or the balance changed since the preview, so nothing was given. Check the new preview below.",
  },
  sum: { zh: "合计", en: "In all" },
  goOn: { zh: "继续办理", en: "Go on" },
  goOnLead: {
    zh: "还有案件没有办完。系统每 15 分钟自动继续，也可以现在继续。",
    en: "Some are still to be done. The system goes on every 15 minutes; you may go on now.",
  },
  check: { zh: "重新计算核对", en: "Make it again and compare" },
  equal: {
    zh: "用保存的依据重新计算，结果与当时完全一致。",
    en: "Made again from the inputs that were kept, it comes out exactly the same.",
  },
  differs: {
    zh: "重新计算的结果与当时保存的不一致，请立即报告。",
    en: "Made again, it comes out otherwise than what was kept: report it at once.",
  },
} as const satisfies Record<string, Text>;

/** "3 件". */
export const casesWords = (cases: number): Text => ({
  zh: `${count(cases)} 件`,
  en: `${count(cases)} case(s)`,
});
