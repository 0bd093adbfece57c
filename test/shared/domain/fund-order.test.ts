import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fund } from "#shared/domain/fund.ts";
import {
  orderProblem,
  orderSumFen,
  parseVoucher,
  transfersOfOrder,
  type OrderLine,
} from "#shared/domain/fund-order.ts";
import { balancesOf } from "#shared/domain/ledger.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aFund, monday } from "#test/support/cases.ts";

const by = "ST00000001" as StaffId;
const booked = { at: monday, by };

const fund = (id: string, changes: Partial<Fund> = {}): Fund => ({
  ...aFund(id, "UNION"),
  availableFen: yuan(1_000),
  grantedFen: yuan(1_000),
  ...changes,
});
const funds = [
  fund("city"),
  fund("east", { unitId: "chengdong" as UnitId }),
  fund("west", { unitId: "chengxi" as UnitId }),
  fund("central", { code: "CENTRAL" }),
  fund("closed", { unitId: "jixie" as UnitId, open: false }),
];
const isAbove = (above: Fund, below: Fund): boolean =>
  above.unitId === null && below.unitId !== null;

const line = (from: string | null, to: string | null, amountYuan = 10): OrderLine => ({
  fromFundId: from as FundId | null,
  toFundId: to as FundId | null,
  amountFen: yuan(amountYuan),
});

test.each<[string, "income" | "allot" | "return", OrderLine[], string | null]>([
  ["money in", "income", [line(null, "city")], null],
  ["an allotment downwards", "allot", [line("city", "east"), line("city", "west")], null],
  ["a return upwards", "return", [line("east", "city")], null],
  ["a return to the source", "return", [line("city", null)], null],
  ["nothing at all", "allot", [], "no_lines"],
  ["an allotment upwards", "allot", [line("east", "city")], "not_downwards"],
  ["an allotment sideways", "allot", [line("east", "west")], "not_downwards"],
  ["a return downwards", "return", [line("city", "east")], "not_upwards"],
  ["another kind of money", "allot", [line("central", "east")], "other_kind_of_money"],
  ["a closed fund", "allot", [line("city", "closed")], "fund_closed"],
  ["a fund that isn't there", "income", [line(null, "nowhere")], "no_such_fund"],
  ["a fund to itself", "return", [line("city", "city")], "same_fund"],
  ["one fund twice", "allot", [line("city", "east"), line("city", "east")], "same_fund"],
  ["two sources", "allot", [line("city", "east"), line("central", "west")], "several_sources"],
  [
    "more than there is",
    "allot",
    [line("city", "east", 600), line("city", "west", 400.01)],
    "not_enough",
  ],
  ["all there is", "allot", [line("city", "east", 600), line("city", "west", 400)], null],
  [
    "too many lines",
    "allot",
    Array.from({ length: 25 }, () => line("city", "east")),
    "too_many_lines",
  ],
])("an order of %s", (_what, kind, lines, problem) => {
  expect(orderProblem({ kind, lines }, funds, isAbove)).toBe(problem);
});

test("each line is out of one fund and into the other under one voucher, and the two cancel", () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 24 });
  fc.assert(
    fc.property(amounts, (given) => {
      const lines = given.map((amount, index) => ({
        ...line("city", `f${index}`),
        amountFen: fen(amount),
      }));
      const order = { id: "O1", voucher: "V-1", lines };
      const transfers = transfersOfOrder(order, booked);
      const sum = (kind: string): number =>
        transfers.reduce((total, one) => total + (one.kind === kind ? one.amountFen : 0), 0);
      expect(sum("allot_in")).toBe(sum("allot_out"));
      expect(sum("allot_in")).toBe(orderSumFen(order));
      expect(balancesOf(transfers)).toEqual({
        grantedFen: 0,
        availableFen: 0,
        reservedFen: 0,
        paidFen: 0,
      });
      expect(transfers.every(({ voucher }) => voucher === "V-1")).toBe(true);
      const keys = transfers.map(({ subject, kind }) => `${subject} ${kind}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(transfers).toHaveLength(2 * given.filter((amount) => amount > 0).length);
    }),
  );
});

test("money in is booked under its voucher for ever; money given back lowers the fund's budget", () => {
  const order = { id: "O1", voucher: "V-1", lines: [line(null, "city", 5)] };
  const [first] = transfersOfOrder(order, booked);
  const [again] = transfersOfOrder({ ...order, id: "O2" }, booked);
  expect(again?.subject).toBe(first?.subject);
  const back = transfersOfOrder({ ...order, lines: [line("city", null, 2)] }, booked);
  expect(balancesOf([...(first ? [first] : []), ...back])).toMatchObject({
    grantedFen: yuan(3),
    availableFen: yuan(3),
  });
});

test("numbers of papers are read as they are typed, and nothing else is", () => {
  expect(parseVoucher(" 总工财〔2026〕12号 ")).toBe("总工财〔2026〕12号");
  expect(parseVoucher("ＡＢ-1")).toBe("AB-1");
  for (const typed of ["", "=1+1", "<b>", "-1", "a b", "x".repeat(41)]) {
    expect(parseVoucher(typed)).toBeNull();
  }
});
