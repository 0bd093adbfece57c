import fc from "fast-check";
import { expect, test } from "vitest";
import {
  classifyReturn,
  readReturnRows,
  type ReturnRow,
  type Verdict,
} from "#shared/domain/bank-return.ts";
import { settledBy, type BatchItem } from "#shared/domain/disbursement.ts";
import { fen } from "#shared/kernel/money.ts";
import { aBatch, anItem } from "#test/support/disbursement.ts";

const card = "6222020000000000018";
const header = ["业务参考号", "收款账号", "金额", "处理结果", "失败原因"];
const returnKey = "batches/B20260720-4K7P2Q/returns/1.csv";

const rowsOf = (...lines: readonly (readonly string[])[]): readonly ReturnRow[] =>
  [header, ...lines].map((cells, index) => ({ line: index + 1, cells }));

const classify = (
  items: readonly BatchItem[],
  ...lines: readonly (readonly string[])[]
): readonly Verdict[] =>
  classifyReturn(
    { batchId: aBatch().id, returnKey, lines: readReturnRows(rowsOf(...lines)) ?? [] },
    items,
    new Map(items.map(({ reference }) => [reference, card])),
  );

/** "paid", "failed:limit_exceeded", or the exception's code: a verdict on one line. */
const said = (verdict: Verdict | undefined): string => {
  if (!verdict) return "nothing";
  if (verdict.kind === "exception") return verdict.exception.code;
  return verdict.kind === "failed" ? `failed:${verdict.failureCode}` : verdict.kind;
};

const line = (number: number, ...rest: readonly string[]): readonly string[] => [
  anItem(number).reference,
  card,
  ...rest,
];

test.each([
  [["成功", ""], "paid"],
  [["交易成功", "交易成功"], "paid"],
  [["处理中", ""], "processing"],
  [["已受理", ""], "processing"],
  [["失败", "账号不存在"], "failed:account_not_found"],
  [["失败", "户名与账号不符"], "failed:name_mismatch"],
  [["退票", "收款账户已销户"], "failed:account_status"],
  [["失败", "账户状态异常"], "failed:account_status"],
  [["失败", "开户行联行号错误"], "failed:branch_code"],
  [["失败", "未签跨行代发协议"], "failed:no_cross_bank_agreement"],
  [["失败", "超过当日限额"], "failed:limit_exceeded"],
  [["失败", "收款人二类户超限额"], "failed:account_status"],
  [["失败", "文件格式错误"], "failed:file_format"],
  [["失败", "付款户余额不足"], "failed:payer_balance"],
  [["失败", "帐号错误"], "failed:account_not_found"],
  [["失败", ""], "failed:other"],
  [["未成功", "原因不明"], "failed:other"],
  [["不成功", ""], "failed:other"],
  [["成功", "已退票"], "unreadable"],
  [["也许成功", ""], "unreadable"],
  [["", ""], "unreadable"],
])("%j is %s", ([result = "", reason = ""], expected) => {
  const [verdict] = classify([anItem(1)], line(1, "5000.00", result, reason));
  expect(said(verdict)).toBe(expected);
});

test("a line that is unknown, of another amount or account, or unreadable moves nothing", () => {
  const items = [anItem(1), anItem(2), anItem(3), anItem(4), anItem(5), anItem(6)];
  const verdicts = classify(
    items,
    ["SN9999999999-1", card, "5000.00", "成功", ""],
    line(1, "5000.01", "成功", ""),
    line(2, "-5000.00", "成功", ""),
    [anItem(3).reference, "6222020000000000026", "5000.00", "成功", ""],
    ["", card, "5000.00", "成功", ""],
    line(4, "５０００", "成功", ""),
    // What Excel leaves of an account that was no text.
    [anItem(5).reference, "6.22202E+18", "5000.00", "成功", ""],
    ["王小明", card, "5000.00", "成功", ""],
  );

  expect(verdicts.map(said)).toEqual([
    "unknown_reference",
    "amount_mismatch",
    "amount_mismatch",
    "account_mismatch",
    "unreadable",
    "paid",
    "account_mismatch",
    "unknown_reference",
  ]);
});

test("whatever a bank writes for a reference is kept only when it is one of ours", () => {
  const [verdict] = classify([anItem(1)], ["王小明", card, "5000.00", "成功", ""]);
  expect(verdict).toEqual({
    kind: "exception",
    exception: { line: 2, code: "unknown_reference", reference: "" },
  });
});

test("the first of equal lines counts and its copy is listed; lines that differ cancel each other", () => {
  const verdicts = classify(
    [anItem(1), anItem(2)],
    line(1, "5000.00", "成功", ""),
    line(1, "5000.00", "成功", ""),
    line(2, "5000.00", "成功", ""),
    line(2, "5000.00", "失败", "账号不存在"),
  );

  expect(verdicts.map(said)).toEqual([
    "paid",
    "duplicate_line",
    "duplicate_line",
    "duplicate_line",
  ]);
});

test("the line that settled an item is known again; another file's is listed, and a contradiction is told apart", () => {
  const own = anItem(1, { status: "paid", settledBy: settledBy(returnKey, 2) });
  const others = anItem(2, { status: "paid", settledBy: settledBy("other.csv", 2) });
  const failed = anItem(3, { status: "failed", settledBy: settledBy("other.csv", 3) });
  const verdicts = classify(
    [own, others, failed],
    line(1, "5000.00", "成功", ""),
    line(2, "5000.00", "成功", ""),
    line(3, "5000.00", "成功", ""),
  );

  expect(verdicts.map(said)).toEqual(["repeated", "already_settled", "contradicts_settlement"]);
});

test("a masked account is the payee's when what is shown of it fits", () => {
  const accounts = [
    "622202******0018",
    "622202***********9999",
    "6222**18",
    "",
    "6222 0200 0000 0000 018",
    `\t${card}`,
  ];
  const verdicts = accounts.map((account) =>
    said(classify([anItem(1)], [anItem(1).reference, account, "5,000.00", "成功", ""])[0]),
  );
  expect(verdicts).toEqual([
    "paid",
    "account_mismatch",
    "account_mismatch",
    "paid",
    "paid",
    "paid",
  ]);
});

test("banks' headings vary, titles stand above the table and a total below it", () => {
  const rows = [
    ["示例银行代发结果"],
    ["日期", "2026-07-20"],
    ["客户参考号", "交易金额（元）", "收款人帐号", "交易状态", "备注"],
    [anItem(1).reference.toLowerCase(), "￥5,000.00元", card, "交易成功", ""],
    ["", "", "", "", ""],
    ["", "合计", "5000.00", "", ""],
  ].map((cells, index) => ({ line: index + 1, cells }));

  expect(readReturnRows(rows)).toEqual([
    {
      line: 4,
      reference: anItem(1).reference,
      account: card,
      amountFen: fen(500_000),
      result: "paid",
      failureCode: "other",
    },
  ]);
});

test("a table that names no reference, amount or result is no return", () => {
  expect(readReturnRows(rowsOf())).toEqual([]);
  expect(readReturnRows([{ line: 1, cells: ["收款账号", "金额", "处理结果"] }])).toBeNull();
  expect(readReturnRows([])).toBeNull();
});

test("whatever the lines and their order, no item is moved by more than one line, and never by a wrong amount", () => {
  const items = [1, 2, 3, 4].map((number) => anItem(number));
  const anyLine = fc.record({
    reference: fc.constantFrom(
      ...items.map(({ reference }) => reference),
      "SN9999999999-1",
      "",
      "x",
    ),
    account: fc.constantFrom(card, "", "6222020000000000026", "6222**0018"),
    amount: fc.constantFrom("5000.00", "5000", "5000.01", "", "-5000.00", "5,000.00"),
    result: fc.constantFrom("成功", "失败", "处理中", "?", ""),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 25 }), (lines) => {
      const verdicts = classify(
        items,
        ...lines.map(({ reference, account, amount, result }) => [
          reference,
          account,
          amount,
          result,
          "",
        ]),
      );
      expect(verdicts).toHaveLength(
        lines.filter((each) => Object.values(each).some((cell) => cell !== "")).length,
      );
      const moved = verdicts.flatMap((verdict) =>
        verdict.kind === "paid" || verdict.kind === "failed" ? [verdict] : [],
      );
      expect(new Set(moved.map(({ item }) => item.reference)).size).toBe(moved.length);
      for (const { line: place } of moved) {
        const given = lines[place - 2];
        expect(["5000.00", "5000", "5,000.00"]).toContain(given?.amount);
        expect([card, "", "6222**0018"]).toContain(given?.account);
      }
    }),
    { numRuns: 1_000 },
  );
});
