/** Words of the nightly audit's page, and what each finding means. */
import type { FindingCode } from "#shared/domain/ledger-audit.ts";
import type { Text } from "#shared/kernel/text.ts";

export const words = {
  title: { zh: "夜间核账", en: "Nightly audit" },
  lead: {
    zh: "每天凌晨2点由系统核对：资金余额与每笔流水、案件与流水、家庭年度限额、发放批次。有差异的资金不能再归集批次，由管理员查明后解除。",
    en: "At 2 every night the system compares balances with every transfer, cases with their transfers, households' yearly caps, and batches. A fund with a difference takes no new batch until an administrator has cleared it.",
  },
  explained: { zh: "核对相符的金额", en: "Money explained" },
  moved: { zh: "流水合计", en: "Moved in all" },
  lastRun: { zh: "最近一次核账", en: "Last audit" },
  openFindings: { zh: "未解除的差异", en: "Open findings" },
  frozenFunds: { zh: "已冻结的资金", en: "Frozen funds" },
  neverRun: {
    zh: "还没有核过账。第一次核账在凌晨2点。",
    en: "No audit has run yet. The first is at 2 in the morning.",
  },
  inOrder: { zh: "账目相符，没有差异。", en: "The books agree: nothing was found." },
  differences: { zh: "差异", en: "Findings" },
  what: { zh: "差异", en: "What" },
  where: { zh: "位置", en: "Where" },
  expected: { zh: "应为", en: "Expected" },
  found: { zh: "实为", en: "Found" },
  firstSeen: { zh: "首次发现", en: "First seen" },
  lastSeen: { zh: "最近发现", en: "Last seen" },
  gone: { zh: "最近一次核账已不再出现", en: "not seen by the last audit" },
  frozen: { zh: "已冻结", en: "Frozen" },
  frozenSince: {
    zh: "不能归集新批次；已预留和已授权的不受影响。",
    en: "No new batch can be made; what is reserved or authorised goes on.",
  },
  clearTitle: { zh: "解除冻结", en: "Lift the freeze" },
  clearHint: {
    zh: "先查明原因并恢复账目：错账只能用新的流水冲正，不能改原流水。没有恢复就解除的，下次核账会再次冻结。",
    en: "Find the cause and mend the books first: a mistake is reversed by a new transfer, never by editing one. Cleared without mending, the next audit freezes it again.",
  },
  clearWords: {
    zh: "查明的原因和处理结果",
    en: "What it was, and what was done about it",
  },
  clearRequired: {
    zh: "请写明查明的原因和处理结果",
    en: "Say what it was and what was done about it",
  },
  clear: { zh: "解除冻结", en: "Lift the freeze" },
  onlyAdministrator: {
    zh: "由管理员查明后解除；发现差异的核账、归集和授权批次的财务人员都不能解除。",
    en: "An administrator clears it; neither the audit itself nor the finance staff who make and authorise batches can.",
  },
  stale: {
    zh: "您打开本页之后，核账又发现了差异，所以没有解除。请看过下面的差异后再办理。",
    en: "The audit has found something since you opened this page, so nothing was cleared. Look at the findings below and try again.",
  },
  coverage: { zh: "核对范围", en: "What was looked at" },
  transfers: { zh: "流水笔数", en: "Transfers" },
  funds: { zh: "资金", en: "Funds" },
  cases: { zh: "案件（今年和去年）", en: "Cases of this year and the last" },
  accounts: { zh: "家庭年度限额账户", en: "Households' yearly accounts" },
  batches: { zh: "批次（有变动或满7天）", en: "Batches changed, or a week old" },
  unsettled: {
    zh: "核对时一直在变动，下次再核",
    en: "Moving all the while; left to the next night",
  },
  duration: { zh: "用时", en: "Took" },
  seconds: { zh: "秒", en: "seconds" },
  runs: { zh: "最近的核账", en: "Audits before" },
  at: { zh: "时间", en: "When" },
  history: { zh: "已解除的差异", en: "Findings cleared" },
  clearedBy: { zh: "解除人、时间", en: "Cleared by" },
  said: { zh: "查明的原因和处理结果", en: "What it was" },
  none: { zh: "近一年没有。", en: "None within a year." },
  fund: { zh: "资金", en: "Fund" },
} as const satisfies Record<string, Text>;

export const findingTitles: Readonly<Record<FindingCode, Text>> = {
  below_zero: { zh: "余额为负", en: "A balance is below zero" },
  does_not_add_up: {
    zh: "拨入不等于可用、已预留、已发放之和",
    en: "Granted is not available + reserved + paid",
  },
  differs_from_transfers: {
    zh: "余额与流水合计不符",
    en: "A balance is not the sum of its transfers",
  },
  reservation_broken: {
    zh: "发放和释放与预留不符",
    en: "Paid and released don't match what was reserved",
  },
  refund_beyond_paid: { zh: "退回多于发放", en: "More came back than was paid" },
  fund_mixed: { zh: "同一笔付款的流水在两项资金中", en: "One payment stands in two funds" },
  case_missing: { zh: "流水对应的案件不存在", en: "The transfer's case is not there" },
  case_differs: {
    zh: "案件记录的金额与流水不符",
    en: "The case says other than its transfers",
  },
  account_differs: {
    zh: "家庭年度限额账户与案件不符",
    en: "The household's yearly account is not the sum of its cases",
  },
  over_cap: { zh: "超过限额", en: "Above a cap" },
  order_differs: {
    zh: "资金之间划出与划入不符",
    en: "What left one fund is not what arrived in the other",
  },
  batch_count: { zh: "批次笔数与明细不符", en: "The batch's count is not that of its payments" },
  batch_sum: { zh: "批次金额与明细不符", en: "The batch's sum is not that of its payments" },
  batch_file: { zh: "批次没有银行文件或校验值", en: "The batch has no bank file or no hash" },
  batch_lock: {
    zh: "批次明细与锁定时不同",
    en: "The payments are not those that were locked",
  },
  batch_people: { zh: "归集和授权不是两个人", en: "Maker and checker are not two people" },
  batch_open_item: {
    zh: "批次已关闭，仍有未处理的付款",
    en: "The batch has ended with payments open",
  },
  item_differs: { zh: "付款与案件不符", en: "A payment says other than its case" },
  item_twice: { zh: "同一笔付款在两个批次中", en: "One payment stands in two batches" },
  item_transfer: { zh: "付款与流水不符", en: "A payment is not what the ledger says" },
};

/** Which of several: balances by name; of accounts the total, or a share of it. */
export const detailTitles: Readonly<Record<string, Text>> = {
  granted: { zh: "累计拨入", en: "granted" },
  available: { zh: "可用", en: "available" },
  reserved: { zh: "已预留", en: "reserved" },
  paid: { zh: "已发放", en: "paid" },
  total: { zh: "全年合计", en: "the year's total" },
  year: { zh: "家庭或个人全年", en: "a household's or person's year" },
  award: { zh: "单次", en: "one award" },
};
