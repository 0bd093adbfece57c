/** What the form for a fund's terms says. */
import type { Text } from "#shared/kernel/text.ts";

export const termsWords = {
  whose: { zh: "是谁的、什么钱", en: "Whose money, and which" },
  mayPay: { zh: "可以用于什么", en: "What it may pay" },
  limits: { zh: "限额与次序", en: "Limits and order" },
  id: { zh: "资金编号", en: "The fund's id" },
  idHint: {
    zh: "小写字母、数字和横线；按年度管理的以年份结尾，例如 central-2027",
    en: "Small letters, digits and hyphens; with the year at its end where it has one, such as central-2027",
  },
  idWrong: {
    zh: "资金编号请用小写字母、数字和横线，不超过40个",
    en: "Type small letters, digits and hyphens, 40 at most",
  },
  idTaken: { zh: "这个编号已有资金，请换一个", en: "There is a fund of this id: choose another" },
  nameZh: { zh: "名称", en: "Name in Chinese" },
  nameEn: { zh: "英文名称", en: "Name in English" },
  nameWrong: { zh: "请填名称，不超过40字", en: "Type a name, in 40 characters" },
  source: { zh: "资金来源", en: "Source" },
  sourceHint: {
    zh: "来源决定按政策次序在哪一位使用",
    en: "It says at which place of the policy's order the money is used",
  },
  sourceFixed: {
    zh: "资金的来源不能变更：钱是按来源给的",
    en: "A fund keeps its source: the money was given as that",
  },
  sourceWrong: { zh: "请选择资金来源", en: "Choose a source" },
  unit: { zh: "所属单位", en: "Office" },
  unitHint: {
    zh: "只用于该单位及所属单位的案件",
    en: "It pays for cases of the office and those below it",
  },
  unitWrong: { zh: "请从列表中选择单位", en: "Choose an office from the list" },
  year: { zh: "财务年度", en: "Financial year" },
  yearHint: { zh: "不按年度管理的留空", en: "Empty for a fund without a year" },
  yearWrong: {
    zh: "年度请填四位数字，例如 2027",
    en: "Type the year in four digits, such as 2027",
  },
  yearEnd: { zh: "年末余额", en: "At the year's end" },
  carryOver: {
    zh: "结转下年使用（不勾选：退回资金来源方）",
    en: "Carry over what is left (unticked: return it to its source)",
  },
  programmes: { zh: "救助项目", en: "Programmes" },
  categories: { zh: "困难类别", en: "Hardship categories" },
  anyHint: { zh: "一项也不选就是不限", en: "None ticked is any" },
  files: { zh: "建档情况", en: "On file or not" },
  purpose: { zh: "捐赠用途", en: "The donor's purpose" },
  purposeHint: {
    zh: "定向捐赠的用途原文，审批时显示给审批人",
    en: "In the donor's words; approvers see it",
  },
  purposeWrong: { zh: "捐赠用途不超过100字", en: "The donor's purpose has 100 characters at most" },
  perAward: { zh: "单次上限（元）", en: "At most an award (yuan)" },
  perYear: { zh: "每人每年上限（元）", en: "At most a person and year (yuan)" },
  noneHint: {
    zh: "没有就留空；政策另有上限的，以较严的为准",
    en: "Empty for none; where the policy has one too, the stricter holds",
  },
  reserve: { zh: "预留（元）", en: "Reserve (yuan)" },
  reserveHint: {
    zh: "一般救助至少给资金留下这么多；应急类救助可以动用",
    en: "Ordinary awards leave so much in the fund; emergency relief may use it",
  },
  amountWrong: {
    zh: "金额请填数字，最多两位小数，不要逗号，例如 5000.00",
    en: "Type an amount with at most two decimals and no commas, such as 5000.00",
  },
  useOrder: { zh: "使用次序", en: "Order of use" },
  useOrderHint: {
    zh: "同类资金中，数字小的先用（1到999）",
    en: "Of funds of one kind, the lower number is used first (1 to 999)",
  },
  useOrderWrong: { zh: "使用次序请填1到999", en: "Type a number from 1 to 999" },
} as const satisfies Record<string, Text>;

export const fileChoices: readonly { readonly value: string; readonly label: Text }[] = [
  { value: "", label: { zh: "不限", en: "Either" } },
  { value: "filed", label: { zh: "只限建档困难职工", en: "Only households on file" } },
  {
    value: "unfiled",
    label: { zh: "只限未建档的临时困难职工", en: "Only households without a file" },
  },
];
