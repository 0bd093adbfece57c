/** 付款申请单: what finance puts before whoever signs, as lines of a sheet and of a printed page. */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { chineseCapitals, displayYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Column } from "./csv.ts";

export interface RequestLine {
  readonly label: Text;
  /** In words where it is none of the books' own figures and names. */
  readonly value: string | Text;
  /** A number that is no quantity. */
  readonly isCode?: true;
}

/** A batch that was assembled, with the names of its two people. */
export interface PaymentRequest {
  readonly batch: Batch;
  readonly fund: Pick<Fund, "name" | "payingAccount">;
  readonly makerName: string;
  readonly checkerName: string | null;
}

/** A fund whose account nobody has entered. */
const notEntered: Text = { zh: "未登记", en: "Not entered" };

const payerLines = ({ batch, fund }: PaymentRequest): readonly RequestLine[] => {
  const account = batch.payingAccount ?? fund.payingAccount;
  return [
    {
      label: { zh: "付款户名", en: "Paying account's name" },
      value: account?.accountName ?? notEntered,
    },
    {
      label: { zh: "付款账号", en: "Paying account" },
      value: account?.accountNumber ?? notEntered,
      isCode: true,
    },
    { label: { zh: "付款行", en: "Paying bank" }, value: account?.bankName ?? notEntered },
  ];
};

/** The lines of a batch's request; nobody is named in it but the two who answer for it. */
export const paymentRequestLines = (request: PaymentRequest): readonly RequestLine[] => {
  const { batch, fund, makerName, checkerName } = request;
  return [
    { label: { zh: "批次号", en: "Batch" }, value: batch.id, isCode: true },
    { label: { zh: "申请日期", en: "Date" }, value: localDateOf(batch.createdAt) },
    { label: { zh: "资金", en: "Fund" }, value: fund.name },
    ...payerLines(request),
    {
      label: { zh: "付款事由", en: "Purpose" },
      value: { zh: "困难职工帮扶救助金", en: "Hardship relief of the trade union" },
    },
    { label: { zh: "笔数", en: "Payments" }, value: String(batch.count) },
    {
      label: { zh: "金额（小写）", en: "Total in figures" },
      value: `¥${displayYuan(batch.sumFen)}`,
    },
    { label: { zh: "金额（大写）", en: "Total in words" }, value: chineseCapitals(batch.sumFen) },
    { label: { zh: "经办人", en: "Maker" }, value: makerName },
    { label: { zh: "授权人", en: "Checker" }, value: checkerName ?? "" },
    {
      label: { zh: "明细校验值（SHA-256）", en: "SHA-256 of the payments" },
      value: batch.itemsSha256 ?? "",
      isCode: true,
    },
    {
      label: { zh: "银行文件校验值（SHA-256）", en: "SHA-256 of the bank file" },
      value: batch.fileSha256 ?? "",
      isCode: true,
    },
  ];
};

const chinese = (value: string | Text): string => (typeof value === "string" ? value : value.zh);

export const requestColumns: readonly Column<RequestLine>[] = [
  { title: "付款申请单", kind: "text", value: ({ label }) => label.zh },
  { title: "内容", kind: "code", value: ({ value }) => chinese(value) },
];
