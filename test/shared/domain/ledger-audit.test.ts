import { expect, test } from "vitest";
import { coverageOf, explainedShare } from "#shared/domain/audit-coverage.ts";
import {
  caseFinding,
  cycleFinding,
  cycleWith,
  fundFindings,
  heldFen,
  ledgerTally,
  movedInCycleFen,
  openFen,
  orderFindings,
  type CycleSums,
} from "#shared/domain/ledger-audit.ts";
import {
  caseTransfer,
  grantTransfer,
  orderTransfer,
  refundTransfer,
  type Transfer,
} from "#shared/domain/ledger.ts";
import { noBalances } from "#shared/domain/month-ends.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aFund, monday } from "#test/support/cases.ts";
import { aReservedCase } from "#test/support/disbursement.ts";

const union = "union" as FundId;
const { id } = aReservedCase(1);

const transfer = (kind: Transfer["kind"], amountYuan: number, fundId = union): Transfer =>
  caseTransfer(id, 1, { kind, fundId, amountFen: yuan(amountYuan), at: monday });

const sumsOf = (...transfers: readonly Transfer[]): CycleSums => {
  let sums: CycleSums | undefined;
  for (const one of transfers) sums = cycleWith(sums, one) ?? sums;
  if (!sums) throw new Error("a case's transfers have sums");
  return sums;
};

test("a payment is in order as reserved, paid, released, paid with the rest released, or paid back", () => {
  const reserve = transfer("reserve", 5000);
  const back = refundTransfer(id, 1, "V1", { fundId: union, amountFen: yuan(5000), at: monday });
  const orders = [
    [reserve],
    [reserve, transfer("post", 5000)],
    [reserve, transfer("release", 5000)],
    [reserve, transfer("post", 3000), transfer("release", 2000)],
    [reserve, transfer("post", 5000), back],
  ];
  for (const passed of orders) expect(cycleFinding(sumsOf(...passed))).toBeNull();
  expect(openFen(sumsOf(reserve))).toBe(yuan(5000));
  expect(movedInCycleFen(sumsOf(reserve, transfer("post", 5000), back))).toBe(yuan(15_000));
});

test("what can't be is named: more paid than reserved, a rest left over, more back than paid, two funds", () => {
  const reserve = transfer("reserve", 5000);
  const back = refundTransfer(id, 1, "V1", { fundId: union, amountFen: yuan(6000), at: monday });
  const wrong = [
    [[reserve, transfer("post", 5001)], "reservation_broken"],
    [[reserve, transfer("post", 4999)], "reservation_broken"],
    [[transfer("post", 1)], "reservation_broken"],
    [[reserve, transfer("post", 5000), transfer("release", 1)], "reservation_broken"],
    [[reserve, transfer("post", 5000), back], "refund_beyond_paid"],
    [[reserve, transfer("post", 5000, "central" as FundId)], "fund_mixed"],
  ] as const;
  for (const [passed, code] of wrong) {
    expect(cycleFinding(sumsOf(...passed))?.code, code).toBe(code);
  }
});

test("a case must hold what its transfers set aside, and be paid what they paid", () => {
  const reserved = aReservedCase(1, { amountFen: yuan(5000), fundId: union });
  const cycles = [sumsOf(transfer("reserve", 5000))];
  expect(heldFen(reserved)).toBe(yuan(5000));
  expect(caseFinding(reserved, cycles)).toBeNull();
  expect(caseFinding({ ...reserved, amountFen: yuan(6000) }, cycles)).toMatchObject({
    code: "case_differs",
    detail: "reserved",
    expected: yuan(5000),
    found: yuan(6000),
  });
  expect(caseFinding({ ...reserved, status: "rejected" }, cycles)?.code).toBe("case_differs");
  const paid = [sumsOf(transfer("reserve", 5000), transfer("post", 5000))];
  const done = { ...reserved, status: "paid" as const };
  expect(caseFinding(done, paid)).toBeNull();
  expect(caseFinding({ ...done, amountFen: yuan(4000) }, paid)?.detail).toBe("paid");
});

test("a fund is held first against itself, then against its transfers, each balance by its name", () => {
  const fund = {
    ...aFund("union", "UNION"),
    grantedFen: yuan(10),
    availableFen: yuan(7),
    reservedFen: yuan(3),
  };
  const replayed = {
    ...noBalances,
    grantedFen: yuan(10),
    availableFen: yuan(7),
    reservedFen: yuan(3),
  };
  expect(fundFindings(fund, replayed)).toEqual([]);
  expect(
    fundFindings({ ...fund, paidFen: fen(-1) }, replayed).map(({ code, detail }) => [code, detail]),
  ).toEqual([["below_zero", "paid"]]);
  expect(fundFindings({ ...fund, availableFen: yuan(6) }, replayed)[0]?.code).toBe(
    "does_not_add_up",
  );
  expect(
    fundFindings(fund, { ...replayed, availableFen: yuan(6), paidFen: yuan(1) }).map(
      ({ detail }) => detail,
    ),
  ).toEqual(["available", "paid"]);
});

test("money between funds must arrive as it left", () => {
  const line = (kind: "allot_out" | "allot_in", fundId: string, amountYuan: number): Transfer =>
    orderTransfer("O1:1", "V1", {
      kind,
      fundId: fundId as FundId,
      amountFen: yuan(amountYuan),
      at: monday,
    });
  const tallied = (...passed: readonly Transfer[]) => {
    const tally = ledgerTally();
    for (const one of passed) tally.note(one);
    return orderFindings(tally.orders);
  };
  expect(tallied(line("allot_out", "city", 100), line("allot_in", "district", 100))).toEqual([]);
  expect(tallied(line("allot_out", "city", 100), line("allot_in", "district", 99))).toMatchObject([
    { code: "order_differs", fundId: "city", expected: yuan(100), found: yuan(99) },
  ]);
  expect(tallied(line("allot_out", "city", 100))).toHaveLength(1);
});

test("explained money leaves out a case that is found, and a fund that is found as a whole", () => {
  const tally = ledgerTally();
  const other = "SN0000000002" as ApplicationId;
  tally.note(grantTransfer("G", { fundId: union, amountFen: yuan(100), at: monday }));
  tally.note(transfer("reserve", 30));
  tally.note(
    caseTransfer(other, 1, { kind: "reserve", fundId: union, amountFen: yuan(10), at: monday }),
  );
  expect(tally.count()).toBe(3);
  expect(coverageOf(tally, [])).toEqual({ movedFen: yuan(140), explainedFen: yuan(140) });
  const cycle = cycleFinding({ ...sumsOf(transfer("reserve", 30)), isMixed: true });
  if (!cycle) throw new Error("two funds are a finding");
  expect(coverageOf(tally, [cycle])).toEqual({ movedFen: yuan(140), explainedFen: yuan(110) });
  const whole = { ...cycle, place: { kind: "fund", id: union } as const };
  expect(coverageOf(tally, [cycle, whole]).explainedFen).toBe(0);
});

test("100.00 % is said only when every fen is explained, however much moved", () => {
  expect(explainedShare({ movedFen: 0, explainedFen: 0 })).toBe(10_000);
  expect(
    explainedShare({ movedFen: 9_000_000_000_000_000, explainedFen: 9_000_000_000_000_000 }),
  ).toBe(10_000);
  expect(
    explainedShare({ movedFen: 9_000_000_000_000_000, explainedFen: 8_999_999_999_999_999 }),
  ).toBe(9_999);
  expect(explainedShare({ movedFen: 3, explainedFen: 1 })).toBe(3_333);
});
