/** What a proof of a trail found, in words: for the auditor's page and for the command line. */
import { fen, displayYuan } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { ProofCode, ProofFault, Proved, Verdict } from "./trail-fault.ts";

export const proofFaultTitles: Readonly<Record<ProofCode, Text>> = {
  not_a_line: { zh: "这一行读不出来", en: "The line can't be read" },
  wrong_number: { zh: "行号不连续，有缺行或换行", en: "Lines are missing or out of their place" },
  line_changed: { zh: "这一行被改动过", en: "The line was changed" },
  after_the_end: { zh: "清单之后还有内容", en: "There is more behind the end" },
  cut_off: { zh: "文件结尾被截断", en: "The file's end was cut off" },
  miscounted: { zh: "清单与内容不符", en: "The manifest counts something else" },
  not_a_trail: { zh: "不是轨迹文件", en: "This is no trail" },
  compression_broken: { zh: "压缩内容损坏", en: "The compression is broken" },
  unknown_row: { zh: "行的内容不完整", en: "The row lacks what its kind has" },
  version_missing: { zh: "缺少一个版本", en: "A version is missing" },
  chain_broken: { zh: "与前一版本的哈希接不上", en: "It doesn't follow from the one before" },
  link_changed: { zh: "内容与哈希不符", en: "What it says doesn't have its hash" },
  move_not_allowed: { zh: "这一步不符合办理流程", en: "No such step is allowed there" },
  head_differs: { zh: "最后一个版本与案件不符", en: "The last version isn't the head's" },
  state_differs: { zh: "状态与最后一步不符", en: "The state isn't what the last step left" },
  link_of_nobody: { zh: "找不到所属案件或档案", en: "It belongs to no case or file here" },
  root_differs: { zh: "日锚的根值与内容不符", en: "The anchor's root isn't that of its leaves" },
  anchors_not_chained: { zh: "日锚之间接不上", en: "The anchors don't follow one another" },
  leaves_miscounted: { zh: "日锚的项数不符", en: "The anchor has other leaves than it counts" },
  held_root_missing: {
    zh: "您持有的根值不在文件中",
    en: "The root you hold isn't in the file",
  },
  anchored_head_differs: {
    zh: "与当日封存的哈希不符，事后被改写",
    en: "It isn't what was anchored: it was rewritten later",
  },
  anchored_chain_missing: {
    zh: "封存过的案件或档案不见了",
    en: "A case or file that was anchored is gone",
  },
  anchored_ledger_differs: {
    zh: "资金账目与当日封存的不符",
    en: "The ledger isn't what was anchored",
  },
  anchored_batch_differs: {
    zh: "发放批次与当日封存的不符",
    en: "The batch isn't what was anchored",
  },
  anchored_access_differs: {
    zh: "查看记录与当日封存的不符",
    en: "The list of reads isn't what was anchored",
  },
  backdated: { zh: "记账日期早于已封存的日期", en: "It was booked into a day that was anchored" },
  balance_differs: {
    zh: "余额与转账合计不符",
    en: "The balance isn't the sum of its transfers",
  },
  below_zero: { zh: "余额为负", en: "A balance is below zero" },
  accounts_differ: { zh: "借贷科目不符", en: "The accounts aren't those of its kind" },
  order_one_sided: { zh: "资金调拨一进一出不相等", en: "Money between funds doesn't cancel" },
  booked_twice: { zh: "同一笔记了两次账", en: "It was booked twice" },
  resolved_twice: { zh: "既支付又释放", en: "It was both paid and released" },
  not_reserved: { zh: "没有预留就支付或释放", en: "Nothing was reserved for it" },
  more_than_reserved: { zh: "超过预留金额", en: "It is more than was reserved" },
  more_back_than_paid: { zh: "退回超过支付金额", en: "More came back than was paid" },
  transfer_without_event: { zh: "转账没有对应的办理记录", en: "No event goes with the transfer" },
  event_without_transfer: { zh: "办理记录没有对应的转账", en: "No transfer goes with the event" },
  transfer_of_nobody: { zh: "转账找不到所属案件", en: "The transfer's case isn't here" },
  batch_sum_differs: { zh: "批次合计与明细不符", en: "The batch isn't the sum of its payments" },
  own_batch: { zh: "批次没有第二人授权", en: "No second person authorised the batch" },
  item_twice: { zh: "同一笔付款进了两个批次", en: "The payment stands in two batches" },
  item_not_paid: { zh: "已付的明细没有对应的转账", en: "A paid item isn't in the ledger" },
  paid_without_item: { zh: "支付的转账没有对应的明细", en: "A payment is in no batch" },
  item_of_nobody: { zh: "付款明细找不到所属", en: "The item's batch or case isn't here" },
};

/** A fault with where it is. */
export const faultWords = ({ line, code, subject, part }: ProofFault): Text => {
  const title = proofFaultTitles[code];
  const place = [subject, part].filter((word) => word !== "").join(" ");
  const where: Text =
    line === 0 ? { zh: "整个文件", en: "The file" } : { zh: `第${line}行`, en: `Line ${line}` };
  const named = place === "" ? "" : ` ${place}`;
  return { zh: `${where.zh}${named}：${title.zh}`, en: `${where.en}${named}: ${title.en}` };
};

const figures: readonly (readonly [Text, (proved: Proved) => string])[] = [
  [{ zh: "行数", en: "Lines" }, ({ lines }) => String(lines)],
  [{ zh: "案件", en: "Cases" }, ({ cases }) => String(cases)],
  [{ zh: "办理记录", en: "Events" }, ({ events }) => String(events)],
  [{ zh: "困难职工档案", en: "Hardship files" }, ({ files }) => String(files)],
  [{ zh: "档案版本", en: "Versions of files" }, ({ versions }) => String(versions)],
  [{ zh: "日锚", en: "Daily anchors" }, ({ anchors }) => String(anchors)],
  [{ zh: "封存的哈希", en: "Anchored heads" }, ({ anchoredHeads }) => String(anchoredHeads)],
  [{ zh: "资金", en: "Funds" }, ({ funds }) => String(funds)],
  [{ zh: "转账", en: "Transfers" }, ({ transfers }) => String(transfers)],
  [{ zh: "发放批次", en: "Batches" }, ({ batches }) => String(batches)],
  [{ zh: "付款明细", en: "Payments in batches" }, ({ items }) => String(items)],
  [{ zh: "查看个人信息的记录", en: "Reads of personal data" }, ({ reads }) => String(reads)],
  [
    { zh: "已付减已退（元）", en: "Paid less returned (yuan)" },
    ({ paidFen }) => displayYuan(fen(paidFen)),
  ],
];

/** What was gone through, each with its figure. */
export const provedFigures = (proved: Proved): readonly (readonly [Text, string])[] =>
  figures.map(([title, of]) => [title, of(proved)]);

/** The verdict in a sentence. */
export const verdictWords = ({ first, faultCount, moving }: Verdict): Text => {
  if (first) {
    return {
      zh: `发现${faultCount}处问题，第一处：${faultWords(first).zh}`,
      en: `${faultCount} fault(s); the first: ${faultWords(first).en}`,
    };
  }
  return moving === 0
    ? { zh: "全部核验通过", en: "All of it is proved" }
    : {
        zh: `全部核验通过；有${moving}笔导出时正在办理，下次再核`,
        en: `All of it is proved, but for ${moving} step(s) that were under way: prove them next time`,
      };
};
