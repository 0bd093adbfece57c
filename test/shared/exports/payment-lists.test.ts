import fc from "fast-check";
import { expect, test } from "vitest";
import {
  paymentColumns,
  personColumns,
  summariseByPerson,
  type PaymentRow,
} from "#shared/exports/payment-lists.ts";
import { fen } from "#shared/kernel/money.ts";

const payment = (changes: Partial<PaymentRow> = {}): PaymentRow => ({
  paidOn: "2026-07-20",
  name: "欧阳小红",
  idNumber: "370101198001011234",
  cardNumber: "6222021234567890123",
  unit: "求是街道工会服务站",
  category: "深度困难职工",
  programme: "金秋助学",
  fund: "工会经费",
  amountFen: fen(500_000),
  approval: "SN4K7P2QAAAA",
  ...changes,
});

const cell = (isFull: boolean, title: string, row: PaymentRow): string | number | undefined =>
  paymentColumns(isFull)
    .find((column) => column.title === title)
    ?.value(row, 0);

test("names and numbers are masked unless the request is full", () => {
  expect(["姓名", "证件号码", "银行卡号"].map((title) => cell(false, title, payment()))).toEqual([
    "欧阳*",
    "****1234",
    "****0123",
  ]);
  expect(["姓名", "证件号码", "银行卡号"].map((title) => cell(true, title, payment()))).toEqual([
    "欧阳小红",
    "370101198001011234",
    "6222021234567890123",
  ]);
  expect(cell(false, "证件号码", payment({ idNumber: "" }))).toBe("");
});

test("the columns are those that policy 6 (b) names", () => {
  const titles = paymentColumns(false).map(({ title }) => title);
  for (const title of [
    "序号",
    "姓名",
    "证件号码",
    "单位",
    "困难类别",
    "救助项目",
    "金额",
    "银行卡号",
    "受理编号",
    "签收",
  ]) {
    expect(titles).toContain(title);
    if (title !== "金额")
      expect(personColumns(false).map((column) => column.title)).toContain(title);
  }
});

async function* stream<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

test("a summary has a row for each person, office and programme, and adds up to the payments", async () => {
  const one = fc.record({
    idNumber: fc.constantFrom("1", "2", "3", ""),
    unit: fc.constantFrom("甲", "乙"),
    programme: fc.constantFrom("金秋助学", "大病救助"),
    amountFen: fc.integer({ min: 1, max: 9_999_999 }).map(fen),
    approval: fc.constantFrom("SN1", "SN2", "SN3", "SN4", "SN5"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 30 }), async (given) => {
      const payments = given.map(payment);
      const rows = await summariseByPerson(stream(payments));
      const sum = (all: readonly { readonly amountFen: number }[]): number =>
        all.reduce((total, { amountFen }) => total + amountFen, 0);
      expect(sum(rows)).toBe(sum(payments));
      expect(rows.reduce((total, { count }) => total + count, 0)).toBe(payments.length);
      const keys = rows
        .filter(({ idNumber }) => idNumber !== "")
        .map(({ idNumber, unit, programme }) => `${idNumber}|${unit}|${programme}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test("many approvals of one person stay readable", async () => {
  const payments = ["SN1", "SN2", "SN3", "SN4"].map((approval) => payment({ approval }));
  expect((await summariseByPerson(stream(payments)))[0]?.approval).toBe("SN1、SN2、SN3 等 4 件");
});
