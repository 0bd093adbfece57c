/**
 * Closing a batch: whoever removes the last open point closes it, be it the bank's return, its receipt, or somebody's
 * answer to an odd line (policy 6: batch = acceptance = items = ledger).
 */
import { openPoints, wasPaid, type OpenPoint } from "#shared/domain/batch-closing.ts";
import { moveBatch, sumOfItems, unreadReturn, type Batch } from "#shared/domain/disbursement.ts";
import { isExplained } from "#shared/domain/settlement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { changeBatch, loadBatch } from "./move-batch.ts";

type Uses = Pick<Dependencies, "batches" | "clock">;

/** What still keeps a batch from being closed, as the store has it now. */
const openPointsOf = async (
  { batches }: Pick<Uses, "batches">,
  batch: Batch,
): Promise<readonly OpenPoint[]> => {
  const items = await batches.items(batch.id);
  const paid = items.filter(wasPaid);
  // The ledger is asked last: a batch that waits for the bank is looked at often.
  const isSettled = isExplained(items);
  const exceptionsOpen = (await batches.exceptions(batch.id)).filter(
    ({ answer }) => answer === null,
  ).length;
  const postedFen = isSettled ? await batches.postedFen(paid) : sumOfItems(paid);
  return openPoints(batch, items, { postedFen, exceptionsOpen });
};

/** Faults of ours rather than things to be done: they alarm, and the batch stays open. */
const faults: Readonly<Partial<Record<OpenPoint, string>>> = {
  items_differ: "a batch's count and sum are those of its items",
  ledger_differs: "what a batch paid is what the ledger says",
};

/**
 * Closes a batch if nothing is open any more; otherwise leaves it. @returns the batch as it stands then.
 * @throws InvariantBroken when it doesn't add up by itself.
 */
export const closeIfExplained = async (uses: Uses, id: BatchId): Promise<Batch> => {
  const batch = await loadBatch(uses, id);
  if (batch.status !== "sent" || unreadReturn(batch) !== null) return batch;
  const open = await openPointsOf(uses, batch);
  for (const point of open) invariant(faults[point] === undefined, faults[point] ?? "");
  if (open.length > 0) return batch;
  const closed = await changeBatch(uses, id, (before) =>
    // Whatever was given or answered since was not looked at: whoever gave it looks again.
    before.version === batch.version
      ? moveBatch(before, { type: "closed", at: uses.clock.now(), by: null })
      : null,
  );
  return closed.batch;
};
