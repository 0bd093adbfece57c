import * as z from "zod";
import { moveBatch, sumOfItems, type Batch } from "#shared/domain/disbursement.ts";
import { bankFile, type BankFileRow } from "#shared/exports/bank-file.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { loadCase } from "#shared/casework/load.ts";
import { changeBatch, loadBatch } from "#shared/casework/move-batch.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock"> & { readonly files: StoredFiles };

const readsAtOnce = 16;

/**
 * The rows in the order of the references, so that the file is the same however often it is
 * written.
 */
const rowsOf = async (uses: Uses, batch: Batch): Promise<readonly BankFileRow[]> => {
  const items = await uses.batches.items(batch.id);
  invariant(
    items.length === batch.count && sumOfItems(items) === batch.sumFen,
    "a batch's count and sum are those of its items",
  );
  return inParallel(items, readsAtOnce, async (item) => {
    const { salt } = await loadCase(uses, item.applicationId);
    return { item, payee: await uses.batches.payee(item, salt) };
  });
};

/**
 * Writes the bank file of an authorised batch and locks it with its hash. Run again it writes the
 * same bytes.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "write-bank-file", input: z.object({ batchId: z.string() }) },
    async ({ batchId }) => {
      const id = batchId as BatchId;
      const batch = await loadBatch(uses, id);
      if (batch.status !== "authorised") {
        invariant(batch.fileKey !== null, "a bank file is written for an authorised batch only");
        return { outcome: "written" };
      }
      const fileKey = `batches/${id}/bank.csv`;
      const rows = await rowsOf(uses, batch);
      const { sha256 } = await uses.files.writeStream(fileKey, bankFile(rows), "text/csv");
      await changeBatch(uses, id, (before) =>
        before.status === "authorised"
          ? moveBatch(
              before,
              { type: "file_written", at: uses.clock.now(), by: null },
              { fileKey, fileSha256: sha256 },
            )
          : null,
      );
      return { outcome: "written" };
    },
  );
