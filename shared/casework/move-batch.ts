/** Loading a batch and moving it on, however many others are at it. */
import type { Batch, BatchMove, BatchRefusal } from "#shared/domain/disbursement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches">;

/** @throws InvariantBroken: an execution and the desk's pages know batches that exist. */
export const loadBatch = async ({ batches }: Uses, id: BatchId): Promise<Batch> => {
  const batch = await batches.get(id);
  invariant(batch, "a batch that is worked on exists");
  return batch;
};

const triesMax = 8;

/**
 * Moves a batch by what `decide` says of it, reading it again when somebody else wrote it in
 * between. `decide` answers null to leave it as it is. @returns the batch as it stands, and the
 * refusal if there was one. @throws StoreContended when others wrote it every time.
 */
export const changeBatch = async (
  uses: Uses,
  id: BatchId,
  decide: (batch: Batch) => BatchMove | null,
): Promise<{
  readonly batch: Batch;
  readonly refused: BatchRefusal | null;
}> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await loadBatch(uses, id);
    const move = decide(before);
    if (move === null) return { batch: before, refused: null };
    if (move.kind === "refused") return { batch: before, refused: move.code };
    if (await uses.batches.update(before, move.batch)) return { batch: move.batch, refused: null };
  }
  throw new StoreContended("a batch was written by others again and again", null);
};
