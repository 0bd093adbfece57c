/** Bank files read back by other readers than ours: every value as it went in. */
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { readSheet } from "read-excel-file/node";
import { expect, test } from "vitest";
import type { BankPayment } from "#shared/domain/bank-row.ts";
import { bankFile } from "#shared/exports/bank-file.ts";
import { bankFileKind, bankFileName, orderOf } from "#shared/exports/bank-order.ts";
import { bankProfiles, bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { plainYuan } from "#shared/kernel/money.ts";
import { aPayingAccount, aPayment, anOrder, bytesOf, trickyPayments } from "#test/support/bank.ts";
import { aBatch, checker } from "#test/support/disbursement.ts";

const fileOf = (profileId: string, payments: readonly BankPayment[]): Promise<Buffer> =>
  bytesOf(bankFile(anOrder(profileId, payments), payments));

/** BOC's file can't quote, so that a name with a quote in it never gets there (bank-row.ts). */
const plainPayments = trickyPayments.slice(0, 3);

test("the general CSV is read to its last digit, with two decimals and no total row", async () => {
  const rows = parse<Record<string, string>>(await fileOf("generic", trickyPayments), {
    bom: true,
    columns: true,
    trim: true,
  });

  expect(rows).toEqual(
    trickyPayments.map(({ reference, amountFen, payee }, index) => ({
      序号: String(index + 1),
      收款账号: payee.cardNumber,
      户名: payee.name,
      开户行: payee.bankName,
      金额: plainYuan(amountFen),
      用途: "工会帮扶救助金",
      业务参考号: reference,
    })),
  );
});

test("BOC's text is GBK by another's table, with the payer's number and the bank's own payees marked", async () => {
  const others = [...plainPayments, aPayment(9, { bankName: "中国银行示例支行" })];
  const text = iconv.decode(await fileOf("boc", others), "cp936");
  const rows = text.split("\r\n").map((line) => line.split("|"));

  expect(rows.pop()).toEqual([""]);
  expect(rows).toEqual(
    others.map(({ reference, amountFen, payee }, index) => [
      String(index + 1),
      "41995",
      "0200001234567890123",
      index === 3 ? "1" : "0",
      payee.bankName,
      payee.cardNumber,
      payee.name,
      plainYuan(amountFen),
      "ev",
      reference,
    ]),
  );
});

test("ICBC's twelve columns are text in a workbook, but for the amount", async () => {
  const [head, ...rows] = await readSheet<string>(await fileOf("icbc", trickyPayments), {
    parseNumber: (digits) => `number ${digits}`,
  });

  expect(head).toEqual(
    "付款账号开户行 付款账号 付款账号名称 收款账号开户行 省份名 城市名 收款账号 收款账号名称 金额 汇款用途 备注 短信通知手机号码".split(
      " ",
    ),
  );
  expect(rows.map((row) => row.slice(0, 11))).toEqual(
    trickyPayments.map(({ reference, amountFen, payee }, index) => [
      "中国工商银行示例市分行",
      "0200001234567890123",
      "示例市总工会",
      payee.bankName,
      index < 2 ? "广东" : null,
      index < 2 ? "广州" : null,
      payee.cardNumber,
      payee.name,
      `number ${plainYuan(amountFen)}`,
      "工会帮扶救助金",
      reference,
    ]),
  );
});

test("CMB's workbook has account, name and amount first, and no place for our reference", async () => {
  const rows = await readSheet<string>(await fileOf("cmb", trickyPayments), {
    parseNumber: (digits) => digits,
  });

  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ["账号", "户名", "金额"],
    ...trickyPayments.map(({ amountFen, payee }) => [
      payee.cardNumber,
      payee.name,
      plainYuan(amountFen),
    ]),
  ]);
  expect(JSON.stringify(rows)).not.toContain("SN00");
});

test("a payment order is valid against the schema of pain.001.001.09 and says what the batch says", async () => {
  const schema = XmlDocument.fromBuffer(readFileSync("test/support/iso20022/pain.001.001.09.xsd"));
  const document = XmlDocument.fromBuffer(await fileOf("pain001", trickyPayments));
  const validator = XsdValidator.fromDoc(schema);
  validator.validate(document);

  const space = { p: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" };
  const all = (path: string): readonly string[] =>
    document.find(path, space).map((node) => node.content);
  const transaction = "//p:CdtTrfTxInf";
  expect(all("//p:MsgId | //p:PmtInfId")).toEqual(["B20260720-4K7P2Q", "B20260720-4K7P2Q"]);
  expect(all("//p:NbOfTxs")).toEqual(["4", "4"]);
  expect(all("//p:CtrlSum")).toEqual(["16409.56", "16409.56"]);
  expect(all("//p:ReqdExctnDt/p:Dt")).toEqual(["2026-07-20"]);
  expect(all("//p:DbtrAcct//p:Othr/p:Id")).toEqual(["0200001234567890123"]);
  expect(all(`${transaction}//p:EndToEndId`)).toEqual(trickyPayments.map((one) => one.reference));
  expect(all(`${transaction}//p:InstdAmt[@Ccy="CNY"]`)).toEqual(
    trickyPayments.map(({ amountFen }) => plainYuan(amountFen)),
  );
  expect(all(`${transaction}/p:Cdtr/p:Nm`)).toEqual(trickyPayments.map(({ payee }) => payee.name));
  expect(all(`${transaction}/p:CdtrAcct//p:Id[not(*)]`)).toEqual(
    trickyPayments.map(({ payee }) => payee.cardNumber),
  );
  expect(all(`${transaction}/p:CdtrAgt//p:Nm`)).toEqual(
    trickyPayments.map(({ payee }) => payee.bankName),
  );
  document.dispose();
  validator.dispose();
  schema.dispose();
});

test("a twelve-digit code of the payer's bank is said as one of CNAPS", async () => {
  const order = anOrder("pain001", trickyPayments, {
    payer: aPayingAccount({ profileId: "pain001", bankCode: "102581000013" }),
  });
  const text = (await bytesOf(bankFile(order, trickyPayments))).toString();
  expect(text).toContain("<Cd>CNAPS</Cd></ClrSysId><MmbId>102581000013</MmbId>");
  expect((await fileOf("pain001", trickyPayments)).toString()).not.toContain("ClrSysMmbId");
});

const hasPython = spawnSync("python3", ["-c", "import csv"]).status === 0;

test.skipIf(!hasPython).each([
  ["generic", "utf-8-sig", ","],
  ["boc", "gbk", "|"],
])("Python's csv reads %s as %s", async (profileId, encoding, separator) => {
  const directory = mkdtempSync(join(tmpdir(), "songnuan-bank-"));
  const path = join(directory, "bank");
  writeFileSync(path, await fileOf(profileId, plainPayments));
  const script = `import csv, json, sys
with open(sys.argv[1], newline="", encoding=sys.argv[2]) as file:
    print(json.dumps([[cell.strip("\\t") for cell in row] for row in csv.reader(file, delimiter=sys.argv[3])]))`;
  const { stdout, stderr } = spawnSync("python3", ["-c", script, path, encoding, separator], {
    encoding: "utf8",
  });
  rmSync(directory, { recursive: true });

  const rows = JSON.parse(stdout || `"${stderr}"`) as readonly string[][];
  const payments = profileId === "generic" ? rows.slice(1) : rows;
  const places = profileId === "generic" ? [1, 2, 4, 6] : [5, 6, 7, 9];
  expect(payments.map((row) => places.map((place) => row[place]))).toEqual(
    plainPayments.map(({ payee, amountFen, reference }) => [
      payee.cardNumber,
      payee.name,
      plainYuan(amountFen),
      reference,
    ]),
  );
});

test.each(bankProfiles().map(({ id }) => id))(
  "%s: the same payments give the same bytes at any time, in any number of parts",
  async (id) => {
    const many = Array.from({ length: 1_500 }, (_one, index) => aPayment(index));
    const hash = async (): Promise<string> =>
      createHash("sha256")
        .update(await fileOf(id, many))
        .digest("hex");
    expect(await hash()).toBe(await hash());
  },
);

test.each(bankProfiles().map((profile) => [profile.id, profile] as const))(
  "%s names no programme, no total and no person in purpose and file name",
  async (id, profile) => {
    const file = await fileOf(id, plainPayments);
    const name = bankFileName(anOrder(id, trickyPayments));
    expect(profile.purpose).toBe("工会帮扶救助金");
    expect(name).toMatch(/^(?:20260720-)?B20260720-4K7P2Q\.(?:csv|txt|xlsx|xml)$/u);
    for (const word of ["大病", "合计", "总计"]) expect(file.toString()).not.toContain(word);
    expect(bankFileKind(profile).mediaType).toMatch(/^(?:text|application)\//u);
  },
);

test("what a spreadsheet would run is inert in a CSV, should it ever get past the check", async () => {
  const bytes = await fileOf("generic", [
    aPayment(1, { name: "=cmd|'/c calc'!A1", bankName: "＝1" }),
  ]);
  const [, cells] = parse(bytes, { bom: true });
  expect(cells?.[1]).toBe("\t6222021234567890128");
  expect(cells?.slice(2, 4)).toEqual(["'=cmd|'/c calc'!A1", "'＝1"]);
});

test("nothing is ever written as a question mark", async () => {
  await expect(fileOf("boc", [aPayment(1, { name: "王㛃" })])).rejects.toThrow(/can't write/u);
});

test("an order is that of a batch which somebody authorised", () => {
  const batch = aBatch({
    payingAccount: aPayingAccount(),
    history: [{ type: "authorised", at: instant("2026-07-21T01:00:00Z"), by: checker }],
  });
  const profile = bankProfileOf(batch.payingAccount);
  expect(orderOf(batch, profile)).toMatchObject({
    payer: batch.payingAccount,
    authorisedAt: "2026-07-21T01:00:00.000Z",
  });
  expect(() => orderOf(aBatch(), profile)).toThrow(/authorised/u);
});
