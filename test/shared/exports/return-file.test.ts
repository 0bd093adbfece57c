/** Hand-made answers of each bank, as its internet banking gives them, read into the form that settling takes. */
import iconv from "iconv-lite";
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import writeSheet from "write-excel-file/node";
import { zipSync } from "fflate";
import { readReturnRows } from "#shared/domain/bank-return.ts";
import { bankProfileById, bankProfiles } from "#shared/exports/bank-profiles.ts";
import { readReturnFile, returnLines } from "#shared/exports/return-file.ts";
import { readReturnTable } from "#shared/exports/return-table.ts";

const profileOf = (id: string) => {
  const profile = bankProfileById(id);
  if (!profile) throw new Error(id);
  return profile;
};

type Cell = string | number;
const workbook = (rows: readonly (readonly Cell[])[]): Promise<Buffer> =>
  writeSheet(
    rows.map((row) =>
      row.map((value) => ({ value, type: typeof value === "number" ? Number : String })),
    ),
    {},
  ).toBuffer();

const icbc = [
  ["批量指令明细查询"],
  ["指令包序列号", "HQP000001"],
  ["序号", "收款账号", "收款账号名称", "金额", "备注", "指令状态", "失败原因"],
  ["1", "6222021234567890128", "王芳", 5000, "SN0000000001-1", "处理成功", ""],
  [
    "2",
    "0012345678901234567",
    "阿依古丽·买买提",
    1409.5,
    "SN0000000002-1",
    "处理失败",
    "账号户名不符",
  ],
  ["3", "6222021234567890136", "喆煊", 0.29, "SN0000000003-1", "提交成功等待银行处理", ""],
  ["4", "6222021234567890144", "李四", 100, "代发", "处理成功", ""],
  ["合计", "", "", 6509.79, "", "", ""],
] as const;

test("ICBC's workbook: title rows, cells of numbers, its own words, a remark that isn't ours, no total", async () => {
  const lines = await readReturnFile(await workbook(icbc), profileOf("icbc"));

  expect(lines).toMatchObject([
    { line: 4, reference: "SN0000000001-1", amountFen: 500_000, result: "paid" },
    {
      line: 5,
      reference: "SN0000000002-1",
      account: "0012345678901234567",
      amountFen: 140_950,
      result: "failed",
      failureCode: "name_mismatch",
    },
    { line: 6, amountFen: 29, result: "processing" },
    { line: 7, reference: "", account: "6222021234567890144", name: "李四", amountFen: 10_000 },
  ]);
});

test("an account that the sheet holds as a number has lost digits, and is none that could match", async () => {
  const rounded = Number("6222021234567890128");
  const rows = [icbc[2], ["1", rounded, "王芳", 5000.1, "", "处理成功", ""]];
  const [line] = (await readReturnFile(await workbook(rows), profileOf("icbc"))) ?? [];
  expect(line?.account).not.toBe("6222021234567890128");
  expect(line?.amountFen).toBe(500_010);
});

const cmb = `代发明细
账号,户名,金额,交易状态,错误描述
6222021234567890128,王芳,5000.00,代发成功,
6222021234567890136,李四,"1,409.50",退票,户口状态不正常
`;

test.each([
  ["UTF-8", (text: string) => Buffer.from(text)],
  ["UTF-8 with a mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
  ["GBK", (text: string) => iconv.encode(text, "gbk")],
  ["UTF-16 little", (text: string) => iconv.encode(text, "utf-16le", { addBOM: true })],
  ["UTF-16 big", (text: string) => iconv.encode(text, "utf-16be", { addBOM: true })],
])(
  "CMB's text in %s: no reference, and a return is a failure with its own words",
  async (_name, encode) => {
    expect(await readReturnFile(encode(cmb), profileOf("cmb"))).toMatchObject([
      { line: 3, reference: "", name: "王芳", amountFen: 500_000, result: "paid" },
      { line: 4, amountFen: 140_950, result: "failed", failureCode: "account_status" },
    ]);
  },
);

test("BOC's text in GBK with bars", async () => {
  const text = [
    "批次号|20260720001",
    "收款账号|收款人名称|金额|业务参考号|状态|失败原因",
    "6222021234567890128|王芳|5000.00|SN0000000001-1|交易成功|",
    "6222021234567890136|李四|1.00|SN0000000002-1|交易失败|收款行号与账号不符",
    "6222021234567890144|赵六|2.00|SN0000000003-1|已提交|",
    "6222021234567890151|钱七|3.00|SN0000000004-1|补录|",
  ].join("\r\n");
  expect(await readReturnFile(iconv.encode(text, "gbk"), profileOf("boc"))).toMatchObject([
    { reference: "SN0000000001-1", result: "paid" },
    { reference: "SN0000000002-1", result: "failed", failureCode: "branch_code" },
    { reference: "SN0000000003-1", result: "processing" },
    { reference: "SN0000000004-1", result: null },
  ]);
});

const report = (transactions: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>B20260720-4K7P2Q</OrgnlPmtInfId>${transactions}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`);

const status = (reference: string, code: string, rest = ""): string =>
  `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${code}</TxSts>${rest}</TxInfAndSts>`;

test("a status report of ISO 20022: codes, reasons, and amounts that may be left out", async () => {
  const why =
    "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>销户 &amp; &#x51BB;结</AddtlInf></StsRsnInf>";
  const amount = (currency: string): string =>
    `<OrgnlTxRef><Amt><InstdAmt Ccy="${currency}">1.00</InstdAmt></Amt></OrgnlTxRef>`;
  const lines = await readReturnFile(
    report(
      status("SN0000000001-1", "ACSC") +
        status("SN0000000002-1", "RJCT", why + amount("CNY")) +
        status("SN0000000003-1", "PDNG") +
        status("SN0000000004-1", "ACSC", amount("USD")),
    ),
    profileOf("pain001"),
  );
  expect(lines).toMatchObject([
    { line: 2, result: "paid", amountFen: null, amountLeftOut: true },
    { line: 3, result: "failed", failureCode: "account_status", amountFen: 100 },
    { line: 4, result: "processing" },
    { line: 5, amountFen: null, amountLeftOut: false },
  ]);
  const grown = Buffer.from(report("").toString().replace("<Document", "<!DOCTYPE x><Document"));
  expect(await readReturnFile(grown, profileOf("pain001"))).toBeNull();
});

test("a file with the general headings is read whatever the bank", async () => {
  const text = "业务参考号,金额,处理结果\r\nSN0000000001-1,5000.00,成功\r\n";
  for (const profile of bankProfiles()) {
    expect(await readReturnFile(Buffer.from(text), profile), profile.id).toMatchObject([
      { reference: "SN0000000001-1", result: "paid" },
    ]);
  }
});

test.each(bankProfiles().map((profile) => [profile.id, profile] as const))(
  "%s: a success whose reason speaks of a failure is none",
  async (_id, profile) => {
    const {
      reference = ["业务参考号"],
      account = [],
      name = [],
      amount,
      result,
      reason = [],
    } = profile.returns.columns;
    const head = [reference[0], account[0], name[0], amount[0], result[0], reason[0]];
    const word = profile.returns.results.paid[0] ?? "成功";
    const rows = [head, ["SN0000000001-1", "6222021234567890128", "王芳", "1.00", word, "已退票"]];
    const text = rows.map((row) => row.join(",")).join("\r\n");
    expect(await readReturnFile(Buffer.from(text), profile)).toMatchObject([{ result: null }]);
  },
);

test("what settling reads is what was read, line for line, in our words", async () => {
  const lines = (await readReturnFile(await workbook(icbc), profileOf("icbc"))) ?? [];
  const rows = readReturnTable(returnLines(lines));
  const settled = readReturnRows(rows ?? []);

  expect(settled).toEqual(
    lines.map(({ name: _name, amountLeftOut: _leftOut, ...line }) => ({
      ...line,
      failureCode: line.result === "failed" ? line.failureCode : "other",
    })),
  );
});

test("bombs, broken workbooks and what is no table are nothing", async () => {
  const profile = profileOf("icbc");
  const zeros = new Uint8Array(80 * 1024 * 1024);
  const bomb = zipSync({ "xl/worksheets/sheet1.xml": [zeros, { level: 9 }] });
  expect(bomb.length).toBeLessThan(200_000);
  expect(await readReturnFile(bomb, profile)).toBeNull();
  expect(await readReturnFile(Buffer.from("PK\u0003\u0004 no zip"), profile)).toBeNull();
  expect(await readReturnFile(zipSync({ "a.txt": Buffer.from("a") }), profile)).toBeNull();
  expect(await readReturnFile((await workbook(icbc)).subarray(0, 900), profile)).toBeNull();
  expect(await readReturnFile(new Uint8Array(0), profile)).toBeNull();
  expect(await readReturnFile(new Uint8Array(11 * 1024 * 1024), profile)).toBeNull();
  expect(await readReturnFile(deflateRawSync(Buffer.from(cmb)), profile)).toBeNull();
  expect(await readReturnFile(Buffer.from("账号,金额\n1,2\n"), profile)).toBeNull();
});
