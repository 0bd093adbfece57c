/** The lock of a batch (policy 6: hash and lock each batch): what is fixed at assembly is what is authorised and paid. */
import { lockText } from "#shared/domain/batch-lock.ts";
import { moveBatch, sumOfItems, type Batch, type BatchItem } from "#shared/domain/disbursement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { loadBatch } from "./move-batch.ts";

type Uses = Pick<Dependencies, "batches" | "clock" | "vault">;

/** SHA-256, hex, of all payments of a batch: of reference, amount and keyed hash of the payee. */
export const itemsSha256 = (
  { digest }: Pick<Vault, "digest">,
  items: readonly BatchItem[],
): string => Buffer.from(digest(lockText(items)), "base64url").toString("hex");

const triesMax = 8;

/**
 * Fixes a batch that has been filled: its count and sum stand since its last payment, and the hash of all of them is
 * written with the step that ends the assembling. One that found nothing is voided. @returns the batch as it stands.
 */
export const lockBatch = async (uses: Uses, id: BatchId): Promise<Batch> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await loadBatch(uses, id);
    if (before.status !== "assembling") return before;
    const type = before.count === 0 ? "found_empty" : "assembled";
    const items = before.count === 0 ? [] : await uses.batches.items(id);
    const sum = items.length === 0 ? null : itemsSha256(uses.vault, items);
    const moved = moveBatch(before, { type, at: uses.clock.now(), by: null }, { itemsSha256: sum });
    invariant(moved.kind === "moved", "a batch that is assembled can be fixed");
    // Each payment that enters raises the version: what is written holds of the payments that were read.
    if (await uses.batches.update(before, moved.batch)) return moved.batch;
  }
  throw new StoreContended("a batch went on being filled while it was fixed", null);
};

/**
 * Holds the payments against what was fixed when the batch was assembled.
 * @throws InvariantBroken when one was added, taken out or changed since.
 */
export const assertLocked = (
  vault: Pick<Vault, "digest">,
  batch: Batch,
  items: readonly BatchItem[],
): void => {
  invariant(
    items.length === batch.count && sumOfItems(items) === batch.sumFen,
    "a batch's count and sum are those of its items",
  );
  // Batches from before the lock have none.
  invariant(
    batch.itemsSha256 === null || itemsSha256(vault, items) === batch.itemsSha256,
    "a batch's payments are those that were fixed when it was assembled",
  );
};
