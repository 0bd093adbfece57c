/** Why a bank refuses a payment, normalised (policy 6), and whose it is to mend. */
import type { Text } from "../kernel/text.ts";

/** Why a bank refuses, normalised (policy 6). */
export type FailureCode =
  | "account_not_found"
  | "name_mismatch"
  | "account_status"
  | "branch_code"
  | "no_cross_bank_agreement"
  | "limit_exceeded"
  | "file_format"
  | "payer_balance"
  | "other";

export const failureTitles: Readonly<Record<FailureCode, Text>> = {
  account_not_found: { zh: "账号不存在", en: "The account does not exist" },
  name_mismatch: { zh: "户名与账号不符", en: "The name does not match the account" },
  account_status: { zh: "账户状态异常", en: "The account is closed, frozen or dormant" },
  branch_code: { zh: "开户行或联行号错误", en: "Wrong bank branch or bank code" },
  no_cross_bank_agreement: { zh: "未签跨行代发", en: "No cross-bank agreement" },
  limit_exceeded: { zh: "超过次数或限额", en: "Over the bank's daily limit" },
  file_format: { zh: "文件格式错误", en: "Wrong file format" },
  payer_balance: { zh: "付款户余额不足", en: "The paying account is short" },
  other: { zh: "其他原因", en: "Another reason" },
};

/**
 * Faults of the payee's account: only the applicant can mend them. The rest is paid again as it is.
 */
export const mendedByApplicant: readonly FailureCode[] = [
  "account_not_found",
  "name_mismatch",
  "account_status",
  "branch_code",
  "other",
];
