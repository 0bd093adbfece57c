import { expect, test } from "vitest";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { reconcile, reconciliationColumns } from "#shared/exports/reconciliation.ts";
import { fen } from "#shared/kernel/money.ts";
import { aBatch, anItem } from "#test/support/disbursement.ts";

const items: readonly BatchItem[] = [
  anItem(1, {
    reference: "SN1-1",
    status: "paid",
    amountFen: fen(300),
    settledBy: "batches/B/returns/a.csv#2",
  }),
  anItem(2, {
    reference: "SN2-1",
    status: "failed",
    amountFen: fen(200),
    failureCode: "account_not_found",
  }),
  anItem(3, { reference: "SN3-1", status: "ready", amountFen: fen(100) }),
  anItem(4, { reference: "SN4-1", status: "returned", amountFen: fen(50) }),
];

const batch: Batch = {
  ...aBatch(),
  count: 4,
  sumFen: fen(650),
  acceptance: {
    number: "ACC-1",
    count: 4,
    sumFen: fen(600),
    by: aBatch().makerId,
    at: aBatch().createdAt,
  },
};

test("each payment stands against the bank's word, and what must be equal and isn't is a difference", () => {
  const exceptions = [{ returnKey: "batches/B/returns/a.csv", line: 9, reference: "SN9-1" }];
  const rows = reconcile({ batch, items, exceptions, postedFen: fen(350) });
  expect(
    rows.map(({ reference, state, differenceFen }) => [reference, state, differenceFen]),
  ).toEqual([
    ["SN1-1", "已付", 0],
    ["SN2-1", "退票", 0],
    ["SN3-1", "待回盘", 100],
    ["SN4-1", "付后退票", 0],
    ["SN9-1", "", 0],
    ["", "合计核对", 50],
    ["", "合计核对", 0],
  ]);
  expect(rows[0]?.bankLine).toBe("a.csv#2");
  expect(rows[1]?.remark).toBe("账号不存在");
});

test("a ledger that says otherwise than the bank is a difference", () => {
  const rows = reconcile({ batch, items, exceptions: [], postedFen: fen(300) });
  expect(rows.at(-1)?.differenceFen).toBe(50);
  expect(reconciliationColumns.map(({ title }) => title)).toContain("差异");
});
