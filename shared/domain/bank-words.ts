/**
 * The words banks answer in (policy 6). There is no official list; what isn't surely a success is
 * never one.
 */
import { mendedByApplicant, type FailureCode } from "./failure-code.ts";

export type BankResult = "paid" | "failed" | "processing";

/** Failures first: 未成功 and 支付失败 hold the words of the opposite. */
const failedWords =
  /失败|退票|退回|退汇|未成功|不成功|拒绝|拒付|冲正|撤销|作废|fail|reject|return/iu;
const processingWords = /处理中|待处理|未处理|受理|在途|排队|待复核|待审|pending|process/iu;

/** Whole words only: money moves on them. */
const paidWords = new Set([
  "成功",
  "交易成功",
  "处理成功",
  "付款成功",
  "支付成功",
  "代发成功",
  "转账成功",
  "入账成功",
  "已成功",
  "已入账",
  "已付款",
  "已支付",
  "success",
  "succeeded",
  "paid",
]);

/**
 * What a line's result says, with the reason beside it. @returns null for what can't be told: an
 * unknown word, or a success whose reason speaks of a failure.
 */
export const resultOf = (result: string, reason: string): BankResult | null => {
  if (failedWords.test(result)) return "failed";
  if (processingWords.test(result)) return "processing";
  if (!paidWords.has(result.toLowerCase())) return null;
  return failedWords.test(reason) ? null : "paid";
};

/** The first that matches: the payer's faults stand before the payee's words they contain. */
const failureWords: readonly (readonly [FailureCode, RegExp])[] = [
  ["payer_balance", /余额不足|头寸不足|insufficient/iu],
  ["no_cross_bank_agreement", /跨行.*(?:签约|签|协议|授权)|未签.*跨行|不支持跨行/u],
  ["account_not_found", /(?:账号|账户|卡号)(?:位数|长度|格式)/u],
  ["file_format", /文件.*(?:格式|错误|有误)|格式.*(?:错误|有误|不符)/u],
  // A small account of the payee's own (II、III类户) stays limited however often it is tried.
  ["account_status", /(?:二|三|2|3|II|III|Ⅱ|Ⅲ)类|收款.*(?:限额|超限)/u],
  ["limit_exceeded", /限额|超限|超过.*(?:次数|金额)|次数.*(?:超|限)/u],
  [
    "name_mismatch",
    /(?:户名|姓名|名称).*(?:不符|不一致|不匹配|错误|有误)|(?:账号|账户|卡号)与?户名/u,
  ],
  ["branch_code", /开户行|联行号|行号|行名|网点号/u],
  [
    "account_status",
    /销户|冻结|挂失|睡眠|休眠|久悬|长期不动|止付|注销|状态(?:异常|不正常|错误)|不收不付/u,
  ],
  ["account_not_found", /(?:账号|账户|卡号|户).*(?:不存在|无效|错误|有误)|无此(?:账|户|卡)|查无/u],
];

/** Why a bank refused, from its own words. Characters of the traditional 帐 are read as 账. */
export const failureCodeOf = (words: string): FailureCode => {
  const text = words.normalize("NFKC").replaceAll("帐", "账");
  return failureWords.find(([, pattern]) => pattern.test(text))?.[0] ?? "other";
};

/**
 * Whether the applicant must mend the card details; the other faults are ours or the bank's: paid
 * again as it is.
 */
export const isMendedByApplicant = (code: FailureCode): boolean => mendedByApplicant.includes(code);
