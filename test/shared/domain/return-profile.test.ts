import { expect, test } from "vitest";
import { failureTitles, type FailureCode } from "#shared/domain/failure-code.ts";
import { failureCodeOf } from "#shared/domain/bank-words.ts";
import { readBankProfile } from "#shared/domain/bank-profile.ts";
import { readReturnBy } from "#shared/domain/return-profile.ts";
import { bankProfileById } from "#shared/exports/bank-profiles.ts";
import { bankProfileSources } from "#shared/exports/bank-profile-sources.ts";

test.each(Object.entries(failureTitles))(
  "%s: its Chinese words lead back to it, so that an answer in our words keeps its reason",
  (code, { zh }) => {
    expect(failureCodeOf(`${zh} 失败`)).toBe(code as FailureCode);
  },
);

const generic = bankProfileSources.find(
  (source) => (source as { id: string }).id === "generic",
) as {
  readonly returns: object;
};

test("amounts in whole fen are read as such, and never as yuan", () => {
  const read = readBankProfile({ ...generic, returns: { ...generic.returns, amountUnit: "fen" } });
  if (read.kind === "faults") throw new Error(read.faults.join());
  const rows = ["500000", "5000.00", "-1", "", "1e3"].map((amount, index) => ({
    line: index + 2,
    cells: ["SN0000000001-1", amount, "成功"],
  }));
  const header = { line: 1, cells: ["业务参考号", "金额", "处理结果"] };
  const lines = readReturnBy(read.profile, [header, ...rows]) ?? [];
  expect(lines.map(({ amountFen }) => amountFen)).toEqual([500_000, null, null, null, null]);
});

test("a table without the columns that a bank's lines are matched by is none of its returns", () => {
  const cmb = bankProfileById("cmb");
  if (!cmb) throw new Error("cmb");
  const table = (...head: readonly string[]) => [
    { line: 1, cells: head },
    { line: 2, cells: head.map(() => "1") },
  ];
  expect(readReturnBy(cmb, table("账号", "金额", "交易状态"))).toBeNull();
  expect(readReturnBy(cmb, table("账号", "户名", "交易状态"))).toBeNull();
  expect(readReturnBy(cmb, table("账号", "户名", "金额", "交易状态"))).toHaveLength(1);
});
