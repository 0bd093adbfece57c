/** Batches in memory, with the conditions of adapters/dynamodb/batch-store.ts. */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { ReturnedPayment } from "#shared/domain/late-return.ts";
import type { ItemStep, Settlement } from "#shared/domain/settlement.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { addFen, subtractFen } from "#shared/kernel/money.ts";
import type { ItemOutcome } from "#shared/ports/batch-store.ts";
import type { CommitOutcome } from "#shared/ports/case-store.ts";
import {
  balancePart,
  stepParts,
  transferPart,
  written,
  type Memory,
  type Part,
} from "./memory-parts.ts";
import type { MoneyStores } from "./stores.ts";

const itemKeyOf = ({ batchId, reference }: BatchItem): string => `${batchId} ${reference}`;

/** Each entry by itself, or not at all; the batch's count and sum rise once, while it is being assembled. */
const enterAll = (
  memory: Memory,
  id: Batch["id"],
  entries: readonly ItemStep[],
): readonly ItemOutcome[] => {
  const batch = memory.batches.get(id);
  const isOpen =
    batch !== undefined && (memory.without.has("assembling") || batch.status === "assembling");
  if (!isOpen) return entries.map(() => "stale");
  const outcomes = entries.map(({ item, step }) =>
    written<"stale" | CommitOutcome>([
      ...stepParts(memory, step),
      {
        refused: "stale",
        holds: memory.without.has("item_open") || !memory.items.has(itemKeyOf(item)),
        write: () => void memory.items.set(itemKeyOf(item), item),
      },
    ]) === "committed"
      ? "committed"
      : "stale",
  );
  const entered = entries.filter((_entry, index) => outcomes[index] === "committed");
  if (entered.length === 0) return outcomes;
  memory.batches.set(id, {
    ...batch,
    count: batch.count + entered.length,
    sumFen: addFen(batch.sumFen, ...entered.map(({ item }) => item.amountFen)),
    version: batch.version + 1,
  });
  return outcomes;
};

const itemPart = (memory: Memory, item: BatchItem): Part<ItemOutcome> => {
  const stored = memory.items.get(itemKeyOf(item));
  return {
    refused: "stale",
    holds:
      stored !== undefined &&
      (memory.without.has("item_open") ||
        (stored.status === "ready" && stored.amountFen === item.amountFen)),
    write: () => void memory.items.set(itemKeyOf(item), item),
  };
};

const settleOne = (memory: Memory, { step, item, transfer }: Settlement): ItemOutcome => {
  const own = [
    ...stepParts(memory, step),
    itemPart(memory, item),
    ...(transfer ? [transferPart(memory, transfer)] : []),
  ];
  if (own.some(({ holds }) => !holds)) return "stale";
  const balance = transfer ? [balancePart(memory, [transfer])] : [];
  if (balance.some(({ holds }) => !holds)) {
    throw new InvariantBroken("a fund has less reserved than its batch is to pay");
  }
  for (const { write } of [...own, ...balance]) write();
  return "committed";
};

/** Booked back and set aside anew: paid, said by somebody else, and not booked before. */
const bookReturned = (
  memory: Memory,
  { step, item, refund, reserve }: ReturnedPayment,
  { before, after }: { readonly before: Batch; readonly after: Batch },
): ItemOutcome => {
  const stored = memory.items.get(itemKeyOf(item));
  const fund = memory.funds.get(refund.fundId);
  const backFen = memory.paidBack.get(refund.subject) ?? 0;
  const isSaid =
    stored?.lateReturn?.voucher === item.lateReturn?.voucher &&
    stored?.lateReturn?.by === item.lateReturn?.by &&
    stored?.lateReturn?.by !== reserve.by;
  const also = (holds: boolean, write: () => void) => ({ refused: "stale", holds, write }) as const;
  const outcome = written<CommitOutcome>([
    transferPart(memory, refund),
    also(
      memory.transfers.get(`${refund.subject} post `)?.amountFen === item.amountFen,
      () => undefined,
    ),
    also(
      memory.without.has("paid_back") || backFen + refund.amountFen <= item.amountFen,
      () => void memory.paidBack.set(refund.subject, backFen + refund.amountFen),
    ),
    transferPart(memory, reserve),
    also(
      memory.without.has("item_open") || (stored?.status === "paid" && isSaid),
      () => void memory.items.set(itemKeyOf(item), item),
    ),
    ...stepParts(memory, step),
    also(
      memory.without.has("batch_version") ||
        memory.batches.get(before.id)?.version === before.version,
      () => void memory.batches.set(after.id, after),
    ),
    also(fund !== undefined && fund.paidFen >= refund.amountFen, () => {
      if (!fund) return;
      const { paidFen, reservedFen } = fund;
      memory.funds.set(fund.id, {
        ...fund,
        paidFen: subtractFen(paidFen, refund.amountFen),
        reservedFen: addFen(reservedFen, refund.amountFen),
      });
    }),
  ]);
  return outcome === "committed" ? "committed" : "stale";
};

export const batchesIn = (memory: Memory): MoneyStores["batches"] => ({
  get: async (id) => memory.batches.get(id) ?? null,
  create: async (batch) => {
    if (memory.batches.has(batch.id)) return "taken";
    memory.batches.set(batch.id, batch);
    return "created";
  },
  update: async (before, after) => {
    const stored = memory.batches.get(before.id);
    const isAsRead = memory.without.has("batch_version") || stored?.version === before.version;
    const isOther =
      memory.without.has("maker") || !after.checkerId || stored?.makerId !== after.checkerId;
    if (!isAsRead || !isOther) return false;
    memory.batches.set(after.id, after);
    return true;
  },
  addItems: async (id, entries) => enterAll(memory, id, entries),
  voidItems: async (entries) =>
    entries.map(({ step, item }) =>
      written([...stepParts(memory, step), itemPart(memory, item)]) === "committed"
        ? "committed"
        : "stale",
    ),
  noteLateReturn: async (item, said) => {
    const stored = memory.items.get(itemKeyOf(item));
    if (stored?.status !== "paid" || stored.lateReturn !== null) return false;
    memory.items.set(itemKeyOf(item), { ...stored, lateReturn: said });
    return true;
  },
  bookLateReturn: async (returned, batch) => bookReturned(memory, returned, batch),
  settle: async (settlements) => settlements.map((one) => settleOne(memory, one)),
  items: async (id) => [...memory.items.values()].filter(({ batchId }) => batchId === id),
});
