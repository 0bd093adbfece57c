/**
 * The ledger: money moves only by transfers, each one immutable row with a debit, a credit and an amount.
 * A transfer's key is its idempotency key; a mistake is mended by a new transfer (quality B).
 */
import type { Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import type { ApplicationId, BatchId, FundId, StaffId } from "../kernel/ids.ts";
import { addFen, fen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Fund } from "./fund.ts";

/** A fund's three balances, and the world outside that money comes from and returns to. */
export type Account = "source" | "available" | "reserved" | "paid";

export type TransferKind =
  | "grant"
  | "reserve"
  | "release"
  | "post"
  | "refund"
  /** 下拨, 上缴 and 结转 between two funds: out of one and into the other under one voucher; the two cancel. */
  | "allot_out"
  | "allot_in"
  /** Unused money returned to whoever gave it. */
  | "give_back";

/** Which account each kind takes from (credit) and gives to (debit). */
export const accountsOf: Readonly<Record<TransferKind, { debit: Account; credit: Account }>> = {
  grant: { credit: "source", debit: "available" },
  reserve: { credit: "available", debit: "reserved" },
  release: { credit: "reserved", debit: "available" },
  post: { credit: "reserved", debit: "paid" },
  refund: { credit: "paid", debit: "available" },
  allot_out: { credit: "available", debit: "source" },
  allot_in: { credit: "source", debit: "available" },
  give_back: { credit: "available", debit: "source" },
};

export interface Transfer {
  /**
   * "<application>:<cycle>" for a case, the grant's own number for money coming in, an order's line for money between
   * funds; with `kind` it is unique.
   */
  readonly subject: string;
  readonly kind: TransferKind;
  readonly fundId: FundId;
  readonly debit: Account;
  readonly credit: Account;
  readonly amountFen: Fen;
  readonly at: Instant;
  readonly applicationId: ApplicationId | null;
  readonly by: StaffId | null;
  /**
   * Of money paid back: the number of its slip. A payment may come back in parts, each under a number of its own.
   * Of money between funds: that of the paper which orders it.
   */
  readonly voucher?: string;
  /** Of a payment: the batch it left in. Payments older than this don't say. */
  readonly batchId?: BatchId;
}

interface TransferInput {
  readonly kind: TransferKind;
  readonly fundId: FundId;
  readonly amountFen: Fen;
  readonly at: Instant;
  readonly by?: StaffId | null;
  readonly batchId?: BatchId;
}

const transfer = (
  subject: string,
  applicationId: ApplicationId | null,
  input: TransferInput,
): Transfer => {
  invariant(input.amountFen > 0, "a transfer moves a positive amount");
  return {
    subject,
    kind: input.kind,
    fundId: input.fundId,
    ...accountsOf[input.kind],
    amountFen: input.amountFen,
    at: input.at,
    applicationId,
    by: input.by ?? null,
    ...(input.batchId === undefined ? {} : { batchId: input.batchId }),
  };
};

/** A case's transfer: its key is application, cycle and kind, so that it can happen once only. */
export const caseTransfer = (
  applicationId: ApplicationId,
  cycle: number,
  input: TransferInput,
): Transfer => transfer(`${applicationId}:${cycle}`, applicationId, input);

/** Money of a case's payment that was paid back: one transfer for each payment and slip. */
export const refundTransfer = (
  applicationId: ApplicationId,
  cycle: number,
  voucher: string,
  input: Omit<TransferInput, "kind">,
): Transfer => ({
  ...caseTransfer(applicationId, cycle, { ...input, kind: "refund" }),
  voucher,
});

/**
 * A line of a fund order: `number` is the order's and the line's own, so that each is booked once; `voucher` is that
 * of the paper, the same in both funds.
 */
export const orderTransfer = (
  number: string,
  voucher: string,
  input: Omit<TransferInput, "kind"> & { readonly kind: "allot_out" | "allot_in" | "give_back" },
): Transfer => ({ ...transfer(`order:${number}`, null, input), voucher });

/** Money coming in: `number` is the voucher's number, which can be booked once only. */
export const grantTransfer = (number: string, input: Omit<TransferInput, "kind">): Transfer =>
  transfer(`grant:${input.fundId}:${number}`, null, { ...input, kind: "grant" });

/** The change of each balance by a transfer, in fen; what leaves one account enters the other. */
export const balanceChanges = (
  moved: Transfer,
): {
  readonly granted: number;
  readonly available: number;
  readonly reserved: number;
  readonly paid: number;
} => {
  const change = (account: Account): number =>
    (moved.debit === account ? moved.amountFen : 0) -
    (moved.credit === account ? moved.amountFen : 0);
  const source = change("source");
  return {
    granted: source === 0 ? 0 : -source,
    available: change("available"),
    reserved: change("reserved"),
    paid: change("paid"),
  };
};

/**
 * Sums transfers from zero; must give what the fund's row says (quality I3). Their order doesn't matter: clocks of
 * two functions differ by milliseconds, so a reservation may be filed before the grant that it lives on.
 */
export const balancesOf = (
  transfers: readonly Transfer[],
): Pick<Fund, "grantedFen" | "availableFen" | "reservedFen" | "paidFen"> => {
  let balances = {
    grantedFen: zeroFen,
    availableFen: zeroFen,
    reservedFen: zeroFen,
    paidFen: zeroFen,
  };
  for (const moved of transfers) {
    const change = balanceChanges(moved);
    balances = {
      grantedFen: addFen(balances.grantedFen, fen(change.granted)),
      availableFen: addFen(balances.availableFen, fen(change.available)),
      reservedFen: addFen(balances.reservedFen, fen(change.reserved)),
      paidFen: addFen(balances.paidFen, fen(change.paid)),
    };
  }
  return balances;
};

/** What is wrong with a fund, or null: granted = available + reserved + paid, nothing below zero (quality I1, I2). */
export const fundFault = (fund: Fund): "below_zero" | "does_not_add_up" | null => {
  const parts = [fund.availableFen, fund.reservedFen, fund.paidFen];
  if (parts.some((part) => part < 0)) return "below_zero";
  return subtractFen(fund.grantedFen, addFen(...parts)) === 0 ? null : "does_not_add_up";
};
