/** Payments that came back after a success: said by one person, agreed to by a second, booked in one transaction. */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { ReturnedPayment } from "#shared/domain/late-return.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchStore } from "#shared/ports/batch-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { batchRow } from "./batch-rows.ts";
import { applicationPut, sealEvent, transferPut } from "./case-rows.ts";
import { absent, transact, updateRow, type Table, type TransactionItem } from "./client.ts";
import { batchItemKey, fundKey } from "./keys.ts";
import { refundParts } from "./refund-parts.ts";

type LateReturns = Pick<BatchStore, "noteLateReturn" | "dropLateReturn" | "bookLateReturn">;

/** Paid, said to have come back by that voucher, and by somebody else than who agrees now. */
const itemChange = ({ item, reserve }: ReturnedPayment): TransactionItem => {
  const { lateReturn } = item;
  invariant(lateReturn, "a payment comes back by somebody's word");
  return {
    update: batchItemKey(item.batchId, item.reference),
    change: {
      update: "SET #status = :returned",
      expression:
        "#status = :paid AND lateReturn.voucher = :voucher AND lateReturn.#by = :said AND lateReturn.#by <> :agrees",
      names: { "#status": "status", "#by": "by" },
      values: {
        ":returned": "returned",
        ":paid": "paid",
        ":voucher": lateReturn.voucher,
        ":said": lateReturn.by,
        ":agrees": reserve.by,
      },
    },
  };
};

/**
 * Booked back and set aside anew in one write: what was paid is reserved. No new money is asked of the fund, so a
 * closed or short one doesn't keep a worker from being paid.
 */
const fundChange = ({ refund, reserve }: ReturnedPayment): TransactionItem => {
  invariant(
    refund.amountFen === reserve.amountFen && refund.fundId === reserve.fundId,
    "what comes back is set aside in the same fund",
  );
  return {
    update: fundKey(refund.fundId),
    change: {
      update: "SET paidFen = paidFen - :amount, reservedFen = reservedFen + :amount",
      expression: "paidFen >= :amount",
      values: { ":amount": refund.amountFen },
    },
  };
};

export const lateReturnsIn = (table: Table, vault: Vault): LateReturns => ({
  noteLateReturn: async (item, said) => {
    const noted = await updateRow(table, batchItemKey(item.batchId, item.reference), {
      update: "SET lateReturn = :said",
      expression: "#status = :paid AND attribute_not_exists(lateReturn)",
      names: { "#status": "status" },
      values: { ":said": said, ":paid": "paid" },
    });
    return noted !== null;
  },
  dropLateReturn: async (item, said) => {
    const dropped = await updateRow(table, batchItemKey(item.batchId, item.reference), {
      update: "REMOVE lateReturn",
      expression: "#status = :paid AND lateReturn.voucher = :voucher AND lateReturn.#by = :said",
      names: { "#status": "status", "#by": "by" },
      values: { ":paid": "paid", ":voucher": said.voucher, ":said": said.by },
    });
    return dropped !== null;
  },
  bookLateReturn: async (returned, batch) => {
    const { step, refund, reserve, item } = returned;
    const sealed = await sealEvent(vault, step.before, step.event);
    const items: readonly TransactionItem[] = [
      ...refundParts([{ transfer: refund, paidFen: item.amountFen }]).map((part) => part.item),
      transferPut(reserve),
      itemChange(returned),
      applicationPut(step.before, { ...step.after, chainHead: sealed.hash }),
      { put: sealed.row, condition: absent },
      batchChange(batch),
      fundChange(returned),
    ];
    const outcome = await transact(table, items);
    return outcome.kind === "committed" ? "committed" : "stale";
  },
});

const batchChange = ({
  before,
  after,
}: {
  readonly before: Batch;
  readonly after: Batch;
}): TransactionItem => ({
  put: batchRow(after),
  condition: {
    expression: "#version = :version",
    names: { "#version": "version" },
    values: { ":version": before.version },
  },
});
