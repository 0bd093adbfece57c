/**
 * What locks a batch: a text of all its payments, whose hash is fixed when it is assembled, shown to whoever authorises
 * it, and asked for again when the bank's file is written (policy 6). Pure.
 */
import type { BatchItem } from "./disbursement.ts";

type Locked = Pick<BatchItem, "reference" | "amountFen" | "payeeHash">;

/** One line a payment, by reference: reference, amount in fen, keyed hash of the payee. */
export const lockText = (items: readonly Locked[]): string =>
  items
    .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
    .map(({ reference, amountFen, payeeHash }) => `${reference} ${amountFen} ${payeeHash}\n`)
    .join("");
