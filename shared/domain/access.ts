/**
 * Reads of sensitive fields as they are taken down (policy 7, quality A): who saw whose full numbers, health or papers,
 * where and when. No business row: nothing is decided on it.
 */
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";

/** What was shown in full. */
export type SensitiveField =
  | "name"
  | "id_number"
  | "card"
  | "phone"
  | "address"
  | "health"
  | "income"
  | "visit"
  | "papers";

export const sensitiveFieldTitles: Readonly<Record<SensitiveField, Text>> = {
  name: { zh: "姓名", en: "Names" },
  id_number: { zh: "证件号码", en: "ID numbers" },
  card: { zh: "银行卡号", en: "Card numbers" },
  phone: { zh: "电话", en: "Phone numbers" },
  address: { zh: "住址", en: "Addresses" },
  health: { zh: "健康情况", en: "Health" },
  income: { zh: "收入", en: "Income" },
  visit: { zh: "入户记录", en: "Home visit" },
  papers: { zh: "证明材料", en: "Papers" },
};

/** Where it was shown. */
export type AccessPage =
  | "case"
  | "handling"
  | "approval_form"
  | "paper"
  | "archive_file"
  | "payment_list"
  | "bank_file"
  | "export"
  | "decision";

export const accessPageTitles: Readonly<Record<AccessPage, Text>> = {
  case: { zh: "案件页", en: "Case page" },
  handling: { zh: "受理核实页", en: "Handling page" },
  approval_form: { zh: "审批表", en: "Approval form" },
  paper: { zh: "证明材料", en: "A paper" },
  archive_file: { zh: "困难职工档案", en: "Hardship file" },
  payment_list: { zh: "发放明细表", en: "Payment list" },
  bank_file: { zh: "银行文件下载", en: "Bank file" },
  export: { zh: "导出文件下载", en: "Export" },
  decision: { zh: "审批链接", en: "Approver's link" },
};

const ofCase: readonly SensitiveField[] = [
  "name",
  "id_number",
  "card",
  "phone",
  "address",
  "health",
  "income",
];

/** What each page shows in full to whoever sees it in full. */
export const fieldsShownOn: Readonly<Record<AccessPage, readonly SensitiveField[]>> = {
  case: [...ofCase, "visit"],
  handling: [...ofCase, "visit"],
  approval_form: [...ofCase, "visit"],
  paper: ["papers"],
  archive_file: ["name", "id_number", "phone", "address", "health", "income"],
  payment_list: ["name", "card"],
  bank_file: ["name", "card"],
  export: ["name", "id_number", "card"],
  decision: [...ofCase, "visit"],
};

export interface AccessEvent {
  readonly at: Instant;
  readonly staffId: StaffId;
  /** A case's, file's or batch's number, or an export's name. */
  readonly subject: string;
  readonly page: AccessPage;
  readonly fields: readonly SensitiveField[];
}

/** The same person at the same page of the same subject within so many minutes is one read. */
export const sameReadMinutes = 10;

/** The order of a day's list, which its hash is taken in. */
export const accessOrder = (one: AccessEvent, other: AccessEvent): number => {
  const [a, b] = [one, other].map(({ at, subject, staffId, page }) =>
    [at, subject, staffId, page].join("#"),
  ) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** A day's list as the anchors' hashes and exports have it. */
export const accessRowOf = (day: LocalDate, event: AccessEvent) => ({
  kind: "access" as const,
  day,
  at: event.at,
  staffId: event.staffId,
  subject: event.subject,
  page: event.page,
  fields: event.fields,
});
