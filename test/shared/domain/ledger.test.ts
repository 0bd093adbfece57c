import fc from "fast-check";
import { expect, test } from "vitest";
import {
  accountsOf,
  balanceChanges,
  balancesOf,
  caseTransfer,
  fundFault,
  grantTransfer,
  orderTransfer,
  type Transfer,
  type TransferKind,
} from "#shared/domain/ledger.ts";
import type { FundId, StaffId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aFund, applicationIdOf, monday } from "#test/support/cases.ts";

const fundId = "CENTRAL-2026" as FundId;
const by = "ST1" as StaffId;
const move = (kind: TransferKind, amount: number): Transfer =>
  kind === "grant"
    ? grantTransfer("V1", { fundId, amountFen: fen(amount), at: monday, by })
    : kind === "allot_in" || kind === "allot_out" || kind === "give_back"
      ? orderTransfer("O1:1", "V1", { kind, fundId, amountFen: fen(amount), at: monday, by })
      : caseTransfer(applicationIdOf(1), 1, { kind, fundId, amountFen: fen(amount), at: monday });

test("a case's transfer has application, cycle and kind for its key", () => {
  const transfer = caseTransfer(applicationIdOf(7), 2, {
    kind: "reserve",
    fundId,
    amountFen: yuan(5_000),
    at: monday,
  });
  expect(transfer).toMatchObject({
    subject: "SN0000000007:2",
    kind: "reserve",
    debit: "reserved",
    credit: "available",
  });
});

test("nothing is moved by a transfer of nothing, or of less", () => {
  expect(() => move("reserve", 0)).toThrow("positive");
  expect(() => move("reserve", -1)).toThrow("positive");
});

/** What each kind adds to the fund as a whole; the others move money within it. */
const fromOutside: Readonly<Partial<Record<TransferKind, 1 | -1>>> = {
  grant: 1,
  allot_in: 1,
  allot_out: -1,
  give_back: -1,
};

test("reserve, post and the rest: what leaves one account enters another, and only money from outside adds to the fund", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(accountsOf) as TransferKind[])),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      (kind, amount) => {
        const { granted, available, reserved, paid } = balanceChanges(move(kind, amount));
        expect(available + reserved + paid).toBe(granted);
        expect(granted).toBe(amount * (fromOutside[kind] ?? 0));
      },
    ),
  );
});

test("a fund's balances are the replay of its transfers: 10,000 in, 5,000 reserved and paid, 2,000 released", () => {
  const balances = balancesOf([
    move("grant", 1_000_000),
    move("reserve", 500_000),
    move("reserve", 200_000),
    move("post", 500_000),
    move("release", 200_000),
  ]);
  expect(balances).toEqual({
    grantedFen: 1_000_000,
    availableFen: 500_000,
    reservedFen: 0,
    paidFen: 500_000,
  });
});

test("the sum of transfers is the same in any order, and shows what was spent twice", () => {
  const moves = [move("grant", 1_000), move("reserve", 700), move("post", 700)];
  fc.assert(
    fc.property(fc.shuffledSubarray(moves, { minLength: moves.length }), (shuffled) => {
      expect(balancesOf(shuffled)).toEqual(balancesOf(moves));
    }),
  );
  expect(balancesOf([move("grant", 100), move("reserve", 101)]).availableFen).toBe(-1);
});

test("a fund that doesn't add up is found, and so is one below zero", () => {
  const fund = { ...aFund("f"), grantedFen: fen(100), availableFen: fen(60), reservedFen: fen(40) };
  expect(fundFault(fund)).toBeNull();
  expect(fundFault({ ...fund, reservedFen: fen(41) })).toBe("does_not_add_up");
  expect(fundFault({ ...fund, availableFen: fen(-1), reservedFen: fen(101) })).toBe("below_zero");
});
