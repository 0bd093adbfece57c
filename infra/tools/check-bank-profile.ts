/**
 * `npm run bank:check -- <profile.json> [sample file]`: whether a bank's profile can be worked with, and what a file
 * of it looks like, with invented payees. Without a file it checks all profiles of the repository. Ends with 1 when
 * something must be mended.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readSheet } from "read-excel-file/node";
import { readBankProfile, type BankProfile } from "#shared/domain/bank-profile.ts";
import { bankRowFault, rowsMaxOf, type BankPayment } from "#shared/domain/bank-row.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { bankFile } from "#shared/exports/bank-file.ts";
import { bankFileName, type BankOrder } from "#shared/exports/bank-order.ts";
import { bankProfileSources } from "#shared/exports/bank-profile-sources.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { addFen, displayYuan, fen } from "#shared/kernel/money.ts";
import { tell, type Told } from "./check-policy.ts";

/** Nobody's: the numbers are no accounts, the names are the textbook's. */
const payer = (profile: BankProfile): PayingAccount => ({
  profileId: profile.id,
  accountNumber: "0200001234567890123",
  accountName: "示例市总工会",
  bankName: "示例银行示例市分行",
  bankCode: "41995",
});

const payment = (number: number, name: string, bankName: string, amount: number): BankPayment => ({
  reference: `SN000000000${number}-1`,
  amountFen: fen(amount),
  payee: { name, bankName, cardNumber: `62220200000000000${number}0` },
});

const payments: readonly BankPayment[] = [
  payment(1, "张三", "示例银行示例市分行", 500_000),
  payment(2, "阿依古丽·买买提", "中国工商银行广东省广州市天河支行", 140_950),
  payment(3, "喆煊", "农业银行示例支行", 1),
];

/** Names that tell what a file can't hold. */
const rare = [payment(4, "王㛃", "示例银行", 100), payment(5, "𠮷田", "示例银行", 100)];

const orderOf = (profile: BankProfile): BankOrder => ({
  profile,
  payer: payer(profile),
  id: "B20260720-4K7P2Q",
  count: payments.length,
  sumFen: addFen(...payments.map(({ amountFen }) => amountFen)),
  authorisedAt: instant("2026-07-20T01:00:00Z"),
});

const sampleOf = async (profile: BankProfile): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of bankFile(orderOf(profile), payments)) parts.push(part);
  return Buffer.concat(parts);
};

/** A sample as lines to read: a workbook's cells between bars, GBK decoded. */
const shown = async ({ file }: BankProfile, bytes: Buffer): Promise<readonly string[]> => {
  if (file.format === "xlsx") {
    const rows = await readSheet<string>(bytes, { parseNumber: (digits) => digits });
    return rows.map((row) => row.map((cell) => cell ?? "").join(" | "));
  }
  const encoding = "encoding" in file && file.encoding === "gbk" ? "gbk" : "utf-8";
  const text = new TextDecoder(encoding).decode(bytes);
  return text.replaceAll("\t", "⇥").replaceAll("><", ">\n<").trimEnd().split(/\r?\n/u);
};

const limitLines = ({ limits }: BankProfile): readonly string[] => {
  const { rowAmountMaxYuan: row, fileAmountMaxYuan: file } = limits;
  return [
    ...(row === undefined ? [] : [`单笔限额 · at most ${displayYuan(row)} a payment`]),
    ...(file === undefined ? [] : [`每个文件限额 · at most ${displayYuan(file)} a file`]),
  ];
};

/** Checks a profile and shows a sample of its file. */
export const checkBankProfile = async (
  source: unknown,
): Promise<Told & { readonly sample: Buffer | null }> => {
  const read = readBankProfile(source);
  if (read.kind === "faults") {
    const lines = [
      `✗ 银行文件格式有 ${read.faults.length} 处错误 · ${read.faults.length} fault(s) in the profile`,
      ...read.faults.map((fault) => `    ${fault}`),
    ];
    return { exitCode: 1, lines, sample: null };
  }
  const { profile } = read;
  const faults = payments.map((one) => bankRowFault(profile, payer(profile), one));
  const held = rare.filter((one) => bankRowFault(profile, payer(profile), one) !== null);
  const sample = await sampleOf(profile);
  return {
    exitCode: faults.every((fault) => fault === null) ? 0 : 1,
    lines: [
      `${profile.id}: ${profile.name.zh} · ${profile.name.en}`,
      `文件名 · file name: ${bankFileName(orderOf(profile))}`,
      `每个文件最多 · at most ${rowsMaxOf(profile)} 笔 payments`,
      ...limitLines(profile),
      ...faults.flatMap((fault) =>
        fault ? [`✗ 样例写不进去 · a sample can't be written: ${fault}`] : [],
      ),
      ...held.map(
        ({ payee }) => `! 写不进的姓名，会留在批次外 · a name that stays out: ${payee.name}`,
      ),
      ...(await shown(profile, sample)),
    ],
    sample,
  };
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    throw new Error(`读不懂文件 · can't read ${path}`, { cause: error });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path, samplePath] = process.argv.slice(2);
  try {
    const sources = path === undefined ? bankProfileSources : [readJson(path)];
    for (const source of sources) {
      const { sample, ...told } = await checkBankProfile(source);
      tell({ ...told, exitCode: process.exitCode === 1 ? 1 : told.exitCode });
      if (samplePath !== undefined && sample) writeFileSync(samplePath, sample);
    }
  } catch (error) {
    tell({ exitCode: 1, lines: [error instanceof Error ? error.message : String(error)] });
  }
}
