import { expect, test } from "vitest";
import type { Fund } from "#shared/domain/fund.ts";
import type { Text } from "#shared/kernel/text.ts";
import { paymentRequestLines, requestColumns } from "#shared/exports/payment-request.ts";
import { fen } from "#shared/kernel/money.ts";
import { aBatch } from "#test/support/disbursement.ts";

const account = {
  profileId: "icbc",
  accountNumber: "1202026209900012345",
  accountName: "示例市总工会",
  bankName: "中国工商银行示例支行",
};
const fund: Pick<Fund, "name" | "payingAccount"> = {
  name: { zh: "工会经费", en: "Union dues" },
  payingAccount: account,
};

test("a request says who pays, how many and how much in figures and in words, and who answers for it", () => {
  const batch = { ...aBatch(), count: 3, sumFen: fen(1_640_902), fileSha256: "ab12" };
  const lines = paymentRequestLines({ batch, fund, makerName: "李四", checkerName: null });
  const value = (label: string): string | Text | undefined =>
    lines.find((line) => line.label.zh === label)?.value;
  expect(value("付款账号")).toBe(account.accountNumber);
  expect(value("笔数")).toBe("3");
  expect(value("金额（小写）")).toBe("¥16,409.02");
  expect(value("金额（大写）")).toBe("人民币壹万陆仟肆佰零玖元零贰分");
  expect(value("经办人")).toBe("李四");
  expect(value("授权人")).toBe("");
  expect(value("银行文件校验值（SHA-256）")).toBe("ab12");
  expect(requestColumns).toHaveLength(2);
});
