/** Money is a whole number of fen (分). Yuan and 人民币大写 appear only at the edges. */
import Nzh from "nzh";
import { invariant } from "./assert.ts";

/** Integer fen; 1 yuan is 100 fen. Made only by the functions of this file. */
export type Fen = number & { readonly __unit: "fen" };

/** The largest amount one record may hold: 10 billion yuan, far inside Number.MAX_SAFE_INTEGER. */
const largestFen = 1_000_000_000_000;

/** Takes a whole number of fen. @throws InvariantBroken unless it is an integer within ±10 billion yuan. */
export const fen = (amount: number): Fen => {
  invariant(Number.isSafeInteger(amount), "money is a whole number of fen");
  invariant(Math.abs(amount) <= largestFen, "an amount of money beyond 10 billion yuan");
  return (amount === 0 ? 0 : amount) as Fen;
};

export const zeroFen = fen(0);

/** Whole yuan as fen, for figures of a policy: yuan(5000) is 5,000.00 yuan. */
export const yuan = (amount: number): Fen => fen(Math.round(amount * 100));

export const addFen = (...amounts: readonly Fen[]): Fen =>
  fen(amounts.reduce((sum, amount) => sum + amount, 0));

export const subtractFen = (from: Fen, amount: Fen): Fen => fen(from - amount);

export const minFen = (...amounts: readonly [Fen, ...Fen[]]): Fen => fen(Math.min(...amounts));

export const maxFen = (...amounts: readonly [Fen, ...Fen[]]): Fen => fen(Math.max(...amounts));

export const timesFen = (amount: Fen, factor: number): Fen => {
  invariant(Number.isSafeInteger(factor), "money is multiplied by whole numbers only");
  return fen(amount * factor);
};

/** A share in whole per cent, in hundredths of a fen so that nothing is lost before `floorToYuan`. */
export const percentOf = (amount: Fen, percent: number): number => {
  invariant(Number.isSafeInteger(percent), "a rate is a whole per cent");
  return amount * percent;
};

/** Rounds hundredths of a fen down to whole yuan (policy 8.1 `rounding`). */
export const floorHundredthsToYuan = (hundredths: number): Fen =>
  fen(Math.floor(hundredths / 10_000) * 100);

const amountPattern = /^(?<whole>\d{1,11})(?:\.(?<part>\d{1,2}))?$/u;

/**
 * Reads an amount in yuan as a person types it: digits with at most two decimals.
 * Full-width digits and thousands separators are refused, since a misread comma is a wrong payment.
 * @returns null when it is not such an amount.
 */
export const parseYuan = (typed: string): Fen | null => {
  const match = amountPattern.exec(typed.trim());
  if (!match?.groups) return null;
  const part = (match.groups["part"] ?? "").padEnd(2, "0");
  const amount = Number(match.groups["whole"]) * 100 + Number(part);
  return amount <= largestFen ? fen(amount) : null;
};

/** "10600.00": two decimals, no separators, for files a bank or a program reads. */
export const plainYuan = (amount: Fen): string => {
  const sign = amount < 0 ? "-" : "";
  const absolute = Math.abs(amount);
  return `${sign}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, "0")}`;
};

/** "10,600.00": for people. */
export const displayYuan = (amount: Fen): string =>
  plainYuan(amount).replace(/\B(?=(?:\d{3})+(?!\d))/gu, ",");

/**
 * 人民币大写 by the annex of 支付结算办法 (policy 6): 人民币 in front without a gap, 整 after 元 and after 角.
 * @throws InvariantBroken for a negative amount, which no voucher carries.
 */
export const chineseCapitals = (amount: Fen): string => {
  invariant(amount >= 0, "no voucher carries a negative amount");
  const yuanPart = Math.floor(amount / 100);
  const jiao = Math.floor((amount % 100) / 10);
  const fenPart = amount % 10;
  // nzh writes 10 as 拾; cheques want 壹拾, and 100,050 as 壹拾万.
  const words = Nzh.cn.encodeB(yuanPart, { tenMin: false });
  const digit = (value: number): string => Nzh.cn.encodeB(value);
  if (amount === 0) return "人民币零元整";
  const head = yuanPart > 0 ? `人民币${words}元` : "人民币";
  if (jiao === 0 && fenPart === 0) return `${head}整`;
  if (fenPart === 0) return `${head}${digit(jiao)}角整`;
  if (jiao === 0) return `${head}${yuanPart > 0 ? "零" : ""}${digit(fenPart)}分`;
  return `${head}${digit(jiao)}角${digit(fenPart)}分`;
};
