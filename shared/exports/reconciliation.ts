/** 对账表: each payment of a batch against the bank's word for it, and the bank's lines that fit no payment. */
import type { Batch, BatchItem, ItemStatus } from "#shared/domain/disbursement.ts";
import { failureTitles } from "#shared/domain/failure-code.ts";
import { addFen, subtractFen, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Column } from "./csv.ts";

export interface ReconciledBatch {
  readonly batch: Batch;
  readonly items: readonly BatchItem[];
  readonly exceptions: readonly {
    readonly returnKey: string;
    readonly line: number;
    readonly reference: string;
  }[];
  /** What the ledger's own transfers say was paid for the items. */
  readonly postedFen: Fen;
}

export interface ReconciliationRow {
  readonly batchId: string;
  readonly reference: string;
  readonly oursFen: Fen | "";
  readonly state: string;
  readonly bankFen: Fen | "";
  readonly bankSays: string;
  /** The file of the bank and the line in it. */
  readonly bankLine: string;
  readonly differenceFen: Fen;
  readonly remark: string;
}

const stateWords: Readonly<Record<ItemStatus, string>> = {
  ready: "待回盘",
  paid: "已付",
  failed: "退票",
  voided: "已作废",
  returned: "付后退票",
};

const bankWords: Readonly<Record<ItemStatus, string>> = {
  ready: "",
  paid: "成功",
  failed: "失败",
  voided: "",
  returned: "成功后退回",
};

/** The last part of a return's key: what people know the file by. */
const fileOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

const itemRow = (item: BatchItem): ReconciliationRow => {
  const isPaid = item.status === "paid" || item.status === "returned";
  const isOpen = item.status === "ready";
  return {
    batchId: item.batchId,
    reference: item.reference,
    oursFen: item.amountFen,
    state: stateWords[item.status],
    bankFen: isPaid ? item.amountFen : isOpen ? "" : zeroFen,
    bankSays: bankWords[item.status],
    bankLine: item.settledBy === null ? "" : fileOf(item.settledBy),
    // What the bank has not yet answered is the difference that somebody has to follow.
    differenceFen: isOpen ? item.amountFen : zeroFen,
    remark: item.failureCode ? failureTitles[item.failureCode].zh : isOpen ? "银行尚未回盘" : "",
  };
};

const exceptionRow = (
  { id }: Batch,
  { returnKey, line, reference }: ReconciledBatch["exceptions"][number],
): ReconciliationRow => ({
  batchId: id,
  reference,
  oursFen: "",
  state: "",
  bankFen: "",
  bankSays: "未入账的行",
  bankLine: `${fileOf(returnKey)}#${line}`,
  differenceFen: zeroFen,
  remark: "不属于本批次、重复或金额不符，未动账，见批次页",
});

const sumRow = (
  { id }: Batch,
  remark: string,
  oursFen: Fen,
  otherFen: Fen,
  bankSays: string,
): ReconciliationRow => ({
  batchId: id,
  reference: "",
  oursFen,
  state: "合计核对",
  bankFen: otherFen,
  bankSays,
  bankLine: "",
  differenceFen: subtractFen(oursFen, otherFen),
  remark,
});

const paidFen = (items: readonly BatchItem[]): Fen =>
  addFen(
    ...items
      .filter(({ status }) => status === "paid" || status === "returned")
      .map(({ amountFen }) => amountFen),
  );

/** Items, then the bank's other lines, then what must be equal: batch = receipt, paid = ledger. */
export const reconcile = (input: ReconciledBatch): readonly ReconciliationRow[] => {
  const { batch, items, exceptions, postedFen } = input;
  const { acceptance, sumFen } = batch;
  return [
    ...items.map(itemRow),
    ...exceptions.map((exception) => exceptionRow(batch, exception)),
    ...(acceptance
      ? [sumRow(batch, "批次合计与银行受理回执", sumFen, acceptance.sumFen, acceptance.number)]
      : []),
    sumRow(batch, "银行已付合计与账目", paidFen(items), postedFen, "账目"),
  ];
};

export const reconciliationColumns: readonly Column<ReconciliationRow>[] = [
  { title: "批次", kind: "code", value: ({ batchId }) => batchId },
  { title: "业务参考号", kind: "code", value: ({ reference }) => reference },
  { title: "我方金额", kind: "amount", value: ({ oursFen }) => oursFen },
  { title: "我方状态", kind: "text", value: ({ state }) => state },
  { title: "对方金额", kind: "amount", value: ({ bankFen }) => bankFen },
  { title: "对方结果", kind: "text", value: ({ bankSays }) => bankSays },
  { title: "回盘文件与行", kind: "code", value: ({ bankLine }) => bankLine },
  { title: "差异", kind: "amount", value: ({ differenceFen }) => differenceFen },
  { title: "说明", kind: "text", value: ({ remark }) => remark },
];
