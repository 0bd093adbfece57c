import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { bankFile, type BankFileRow } from "#shared/exports/bank-file.ts";
import { fen } from "#shared/kernel/money.ts";

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

const row = (reference: string, amountFen: number, name = "王芳"): BankFileRow => ({
  item: { reference, amountFen: fen(amountFen) },
  payee: { name, bankName: "中国工商银行示例支行", cardNumber: "6222021234567890128" },
});

test("a bank reads every account to its last digit, amounts with two decimals, and no total row", async () => {
  const bytes = await bytesOf(bankFile([row("SN0000000001-1", 500_000), row("SN0000000002-3", 1)]));
  // A reader that trims, as banks' import programs do, gets the bare digits.
  const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true, trim: true });

  expect(rows).toEqual([
    {
      序号: "1",
      收款账号: "6222021234567890128",
      户名: "王芳",
      开户行: "中国工商银行示例支行",
      金额: "5000.00",
      用途: "工会帮扶救助金",
      业务参考号: "SN0000000001-1",
    },
    {
      序号: "2",
      收款账号: "6222021234567890128",
      户名: "王芳",
      开户行: "中国工商银行示例支行",
      金额: "0.01",
      用途: "工会帮扶救助金",
      业务参考号: "SN0000000002-3",
    },
  ]);
});

test("the same rows give the same bytes, and so the same hash", async () => {
  const rows = [row("SN0000000001-1", 500_000), row("SN0000000002-1", 300_000)];
  const hash = async (): Promise<string> =>
    createHash("sha256")
      .update(await bytesOf(bankFile(rows)))
      .digest("hex");

  expect(await hash()).toBe(await hash());
});

test("an account opens in a spreadsheet as text, and a hostile name is inert", async () => {
  const bytes = await bytesOf(bankFile([row("SN0000000001-1", 100, "=cmd|'/c calc'!A1")]));
  const [, cells] = parse(bytes, { bom: true });

  expect(cells?.[1]).toBe("\t6222021234567890128");
  expect(cells?.[2]).toBe("'=cmd|'/c calc'!A1");
});
