/** Tables that finance takes out of the system (policy 6): what can be asked for, and what is kept of it. Pure. */
import { addDays, addMinutes, localDateOf, startOfDay, type Instant } from "../kernel/calendar.ts";
import type { BatchId, FundId, StaffId, UnitId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";
import type { ReportPeriod } from "./month-ends.ts";

export type ExportKind =
  | "payment_details"
  | "real_name_summary"
  | "payment_request"
  | "journal"
  | "reconciliation"
  | "fund_ledger";

export type ExportFormat = "csv" | "xlsx";

interface KindOfExport {
  readonly title: Text;
  readonly says: Text;
  /** What narrows it: a batch, or a period with a fund (which one must be named, or may be all). */
  readonly asks: {
    readonly period: boolean;
    readonly batch: "needed" | "instead_of_period" | null;
    readonly fund: "needed" | "or_all" | null;
    readonly caseFilter: boolean;
  };
  /** Rows name people: they are masked unless somebody with the right says what for. */
  readonly namesPeople: boolean;
}

const byPeriod = { period: true, batch: null, fund: "or_all", caseFilter: false } as const;

export const exportKinds: Readonly<Record<ExportKind, KindOfExport>> = {
  payment_details: {
    title: { zh: "发放明细表", en: "Payment details" },
    says: {
      zh: "期间内已发放的每一笔：姓名、证件、单位、类别、项目、金额、卡号、受理编号、签收栏。",
      en: "Each payment of a period: name, ID, unit, category, programme, amount, card, approval number, signature.",
    },
    asks: { ...byPeriod, caseFilter: true },
    namesPeople: true,
  },
  real_name_summary: {
    title: { zh: "实名制汇总表", en: "Real-name summary" },
    says: {
      zh: "期间内每人每个项目的发放次数和合计金额。",
      en: "For each person and programme of a period: how many payments, and their sum.",
    },
    asks: { ...byPeriod, caseFilter: true },
    namesPeople: true,
  },
  payment_request: {
    title: { zh: "付款申请单", en: "Payment request" },
    says: {
      zh: "一个批次的付款户、笔数、合计金额（小写和大写）、经办、授权和校验值。",
      en: "A batch's paying account, count, total in figures and in words, maker, checker and hash.",
    },
    asks: { period: false, batch: "needed", fund: null, caseFilter: false },
    namesPeople: false,
  },
  journal: {
    title: { zh: "记账凭证", en: "Journal" },
    says: {
      zh: "期间内收付款的会计分录，借贷相等，供导入会计软件。",
      en: "Double entries of money in and out in a period, debits equal to credits, for the accounting system.",
    },
    asks: byPeriod,
    namesPeople: false,
  },
  reconciliation: {
    title: { zh: "对账表", en: "Reconciliation" },
    says: {
      zh: "批次每一笔与银行回盘逐笔核对，列出差异。",
      en: "Each payment of a batch against the bank's answer, with the differences.",
    },
    asks: { period: true, batch: "instead_of_period", fund: "or_all", caseFilter: false },
    namesPeople: false,
  },
  fund_ledger: {
    title: { zh: "资金明细账", en: "Fund ledger" },
    says: {
      zh: "一项资金期间内的每一笔变动和变动后的余额。",
      en: "Each movement of a fund in a period, with the balances after it.",
    },
    asks: { ...byPeriod, fund: "needed" },
    namesPeople: false,
  },
};

export const isExportKind = (text: string): text is ExportKind => Object.hasOwn(exportKinds, text);

/** What was asked for. The same request with the same cut-off gives the same bytes. */
export interface ExportRequest {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  readonly period: ReportPeriod | null;
  readonly fundId: FundId | null;
  readonly batchId: BatchId | null;
  readonly programmeId: string | null;
  /** An office with all that are under it. */
  readonly unitId: UnitId | null;
  /** Movements at or after it are left out. */
  readonly cutOff: Instant;
  readonly isFull: boolean;
}

/** What stands beside the file. */
export interface ExportManifest {
  readonly rows: number;
  readonly sumFen: Fen;
  /** Of the table itself, also where it lies in a locked ZIP. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly madeAt: Instant;
  readonly fileKey: string;
}

export interface FinanceExport {
  readonly id: string;
  readonly request: ExportRequest;
  readonly askedBy: StaffId;
  readonly askedAt: Instant;
  /** When its making was asked for last: a try that failed may be repeated. */
  readonly triedAt: Instant;
  /** Why full numbers are needed; null where they are masked. Sealed at rest. */
  readonly purpose: string | null;
  /** The file lies in a ZIP under a password that is kept nowhere. */
  readonly isLocked: boolean;
  readonly failedAt: Instant | null;
  readonly made: ExportManifest | null;
}

/** Somebody took the file, or wanted to and may not. */
export interface ExportTaking {
  readonly at: Instant;
  readonly by: StaffId;
  readonly outcome: "taken" | "refused";
}

/** The store's own rule deletes the files after so many days; what was taken, and by whom, stays. */
export const exportDays = 7;

export const isExpired = ({ askedAt }: FinanceExport, now: Instant): boolean =>
  now >= startOfDay(addDays(localDateOf(askedAt), exportDays));

/** A task that was cut off leaves no word; longer than this none of them runs. */
const makingMinutesMax = 16;

export type ExportState = "making" | "failed" | "made" | "expired";

export const stateOf = (one: FinanceExport, now: Instant): ExportState => {
  if (isExpired(one, now)) return "expired";
  if (one.made) return "made";
  if (one.failedAt !== null && one.failedAt >= one.triedAt) return "failed";
  return now >= addMinutes(one.triedAt, makingMinutesMax) ? "failed" : "making";
};
