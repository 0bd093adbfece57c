/** What funds, their balances and their transfers are called. */
import type { FundCode } from "#shared/domain/fund.ts";
import type { TransferKind } from "#shared/domain/ledger.ts";
import type { Text } from "#shared/kernel/text.ts";

export const fundWords = {
  title: { zh: "资金账目", en: "Funds" },
  code: { zh: "资金类别", en: "Kind of money" },
  granted: { zh: "累计拨入", en: "Granted" },
  available: { zh: "可用", en: "Available" },
  reserved: { zh: "已预留", en: "Reserved" },
  paid: { zh: "已发放", en: "Paid" },
  closed: { zh: "已停用", en: "Closed" },
  frozen: { zh: "已冻结，等待核实", en: "Frozen until it is cleared" },
  fault: { zh: "账目不平，请立即核对", en: "The balances don't add up: check at once" },
  purpose: { zh: "可以用于", en: "May pay" },
  source: { zh: "资金来源", en: "Source" },
  office: { zh: "所属单位", en: "Office" },
  opened: { zh: "启用", en: "Opened" },
  adds: { zh: "拨入＝可用＋已预留＋已发放", en: "Granted = available + reserved + paid" },
  thisMonth: { zh: "本月变动", en: "Moved this month" },
  nothingMoved: { zh: "本月没有变动。", en: "Nothing has moved this month." },
  total: { zh: "各项资金合计", en: "All funds together" },
  ledger: { zh: "账目", en: "Ledger" },
  none: { zh: "还没有资金。", en: "There is no fund yet." },
} as const satisfies Record<string, Text>;

/** What each kind of money may pay for (policy 5). */
export const fundPurposes: Readonly<Record<FundCode, Text>> = {
  CENTRAL: {
    zh: "建档困难职工的生活、助学、医疗等救助",
    en: "Living, schooling and critical-illness aid of filed hardship workers",
  },
  FISCAL_MATCH: {
    zh: "与中央财政资金相同，用于配套",
    en: "The same as the central fund, to match it",
  },
  UNION: {
    zh: "工会批准的各类救助，包括未建档的临时困难职工",
    en: "Any relief the union approves, also of those without a file",
  },
  DONATION: {
    zh: "按捐赠用途使用，接受社会监督",
    en: "What its donors gave it for, under public scrutiny",
  },
  SWN: {
    zh: "送温暖慰问和困难救助，有单次和全年限额",
    en: "Winter Warmth and hardship, with a limit each time and each year",
  },
};

export const kindNames: Readonly<Record<TransferKind, Text>> = {
  grant: { zh: "拨入", en: "Money in" },
  reserve: { zh: "预留", en: "Set aside" },
  release: { zh: "释放预留", en: "Released" },
  post: { zh: "发放", en: "Paid" },
  refund: { zh: "退回", en: "Paid back" },
  allot_out: { zh: "拨出", en: "To another fund" },
  allot_in: { zh: "转入", en: "From another fund" },
  give_back: { zh: "退回来源", en: "Returned to its source" },
};
