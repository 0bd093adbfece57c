/** Money of a case that was paid back, in the transaction of its step: never more than was paid (quality I29). */
import type { Transfer } from "#shared/domain/ledger.ts";
import type { Refund } from "#shared/domain/recovery.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { CommitOutcome } from "#shared/ports/case-store.ts";
import { balanceUpdate, transferPut } from "./case-rows.ts";
import type { TransactionItem } from "./client.ts";
import { paidBackKey, transferKey } from "./keys.ts";

interface Part {
  readonly item: TransactionItem;
  readonly refused: CommitOutcome;
}

/** The payment's own row says how much it was. */
const paymentPart = ({ transfer: { subject }, paidFen }: Refund): Part => ({
  item: {
    check: transferKey({ subject, kind: "post" }),
    condition: { expression: "amountFen = :paid", values: { ":paid": paidFen } },
  },
  refused: "stale",
});

/** Counts what has come back of the payment, up to all of it. */
const guardPart = ({ transfer: { subject, amountFen }, paidFen }: Refund): Part => ({
  item: {
    update: paidBackKey(subject),
    change: {
      update: "SET backFen = if_not_exists(backFen, :none) + :back",
      expression: "attribute_not_exists(backFen) OR backFen <= :most",
      values: { ":none": 0, ":back": amountFen, ":most": paidFen - amountFen },
    },
  },
  refused: "stale",
});

/** @throws InvariantBroken for a part that is larger than its payment. */
export const refundParts = (refunds: readonly Refund[]): readonly Part[] =>
  refunds.flatMap((refund) => {
    invariant(refund.transfer.amountFen <= refund.paidFen, "no more comes back than was paid");
    return [
      { item: transferPut(refund.transfer), refused: "already_done" } as const,
      paymentPart(refund),
      guardPart(refund),
    ];
  });

/** A fund's balances move once for all its transfers. */
export const refundBalanceParts = (refunds: readonly Refund[]): readonly Part[] => {
  const byFund = new Map<string, [Transfer, ...Transfer[]]>();
  for (const { transfer } of refunds) {
    const known = byFund.get(transfer.fundId);
    if (known) known.push(transfer);
    else byFund.set(transfer.fundId, [transfer]);
  }
  return [...byFund.values()].map((transfers) => ({
    item: balanceUpdate(transfers),
    refused: "no_money" as const,
  }));
};
