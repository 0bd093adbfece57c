/**
 * A bank's status report, ISO 20022 pain.002, as rows of a return. Only what is needed of it is
 * looked for, without a parser of all XML: a document type, which could hold entities that grow, is
 * refused, and what is missing leaves its cell empty.
 */
import type { ReturnRow } from "#shared/domain/bank-return.ts";

const header = ["EndToEndId", "收款账号", "户名", "InstdAmt", "TxSts", "Rsn"] as const;
const transactionsMax = 20_000;

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

const textOf = (raw: string): string =>
  raw
    .trim()
    .replaceAll(/&(?:lt|gt|quot|apos|amp);/gu, (entity) => entities[entity] ?? "")
    .replaceAll(/&#(?:x([\dA-F]{1,6})|(\d{1,7}));/giu, (_all, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    });

/** What stands in the first element of this name, whatever its prefix and attributes. */
const within = (xml: string, name: string): string =>
  new RegExp(`<(?:\\w+:)?${name}(?:\\s[^<>]*)?>(.*?)</(?:\\w+:)?${name}>`, "su").exec(xml)?.[1] ??
  "";

/** An amount of another currency is none of ours: its cell says so and matches nothing. */
const amountOf = (transaction: string): string => {
  const amount = within(transaction, "InstdAmt");
  const isYuan = /<(?:\w+:)?InstdAmt\s[^<>]*Ccy\s*=\s*["']CNY["']/u.test(transaction);
  return amount === "" || isYuan ? textOf(amount) : `? ${textOf(amount)}`;
};

const rowOf = (transaction: string, index: number): ReturnRow => {
  const creditorAccount = within(transaction, "CdtrAcct");
  const reason = within(transaction, "StsRsnInf");
  const code = within(within(reason, "Rsn"), "Cd") || within(within(reason, "Rsn"), "Prtry");
  return {
    line: index + 2,
    cells: [
      textOf(within(transaction, "OrgnlEndToEndId")),
      textOf(within(within(creditorAccount, "Othr"), "Id")),
      textOf(within(within(transaction, "Cdtr"), "Nm")),
      amountOf(transaction),
      textOf(within(transaction, "TxSts")),
      [textOf(code), textOf(within(reason, "AddtlInf"))].filter(Boolean).join(" "),
    ],
  };
};

/**
 * The transactions of a report as rows under a header, numbered as they stand. @returns null for
 * what is no such report.
 */
export const readPaymentStatus = (bytes: Uint8Array): readonly ReturnRow[] | null => {
  const text = new TextDecoder().decode(bytes);
  const head = text.slice(0, 2_000);
  if (!/^\s*<(?:\?xml|(?:\w+:)?Document)/u.test(head) || !/pain\.002\.001\./u.test(head))
    return null;
  if (text.includes("<!")) return null;
  const found = text.matchAll(/<(?:\w+:)?TxInfAndSts>(.*?)<\/(?:\w+:)?TxInfAndSts>/gsu);
  const transactions = [...found].map(([, transaction = ""]) => transaction);
  if (transactions.length > transactionsMax) return null;
  return [{ line: 1, cells: header }, ...transactions.map(rowOf)];
};
