/**
 * Putting the cases of a voided batch back among the payable ones. Run again, it goes on where it
 * stopped.
 */
import { moveBatch, type Batch } from "#shared/domain/disbursement.ts";
import { leaveBatch } from "#shared/domain/settlement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { loadCase } from "./load.ts";
import { changeBatch } from "./move-batch.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock">;

const readsAtOnce = 16;
const passesMax = 8;

/** Empties a batch whose voiding is decided, and ends it. @returns the batch as it stands then. */
export const finishVoid = async (uses: Uses, batch: Batch): Promise<Batch> => {
  for (let pass = 0; ; pass += 1) {
    const items = await uses.batches.items(batch.id);
    const left = items.filter(({ status }) => status === "ready");
    if (left.length === 0) break;
    if (pass >= passesMax) throw new StoreContended("cases of a voided batch kept moving", null);
    const entries = await inParallel(left, readsAtOnce, async (item) => {
      const application = await loadCase(uses, item.applicationId);
      const entry = leaveBatch(application, item, uses.clock.now(), batch.fileKey !== null);
      invariant(entry, "a case whose item is open stands in its batch");
      return entry;
    });
    await uses.batches.voidItems(entries);
  }
  const ended = await changeBatch(uses, batch.id, (before) =>
    before.status === "voiding"
      ? moveBatch(before, { type: "voided", at: uses.clock.now(), by: null })
      : null,
  );
  return ended.batch;
};
