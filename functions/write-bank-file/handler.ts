import * as z from "zod";
import { moveBatch, type Batch } from "#shared/domain/disbursement.ts";
import type { BankPayment } from "#shared/domain/bank-row.ts";
import { bankFile } from "#shared/exports/bank-file.ts";
import { bankFileKind, orderOf } from "#shared/exports/bank-order.ts";
import { bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { assertLocked } from "#shared/casework/lock-batch.ts";
import { changeBatch, loadBatch } from "#shared/casework/move-batch.ts";
import { payeesOf } from "#shared/casework/payees.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "vault"> & {
  readonly files: StoredFiles;
};

/**
 * The payments in the order of the references, so that the file is the same however often it is
 * written.
 */
const paymentsOf = async (uses: Uses, batch: Batch): Promise<readonly BankPayment[]> => {
  const items = await uses.batches.items(batch.id);
  assertLocked(uses.vault, batch, items);
  const payees = await payeesOf(uses, items);
  return items.map(({ reference, amountFen }) => {
    const payee = payees.get(reference);
    invariant(payee, "every payment of a batch has a payee");
    return { reference, amountFen, payee };
  });
};

/**
 * Writes the bank file of an authorised batch, as the bank of its paying account wants it, and locks
 * it with its hash. Run again it writes the same bytes.
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
      const profile = bankProfileOf(batch.payingAccount);
      const { extension, mediaType } = bankFileKind(profile);
      const fileKey = `batches/${id}/bank.${extension}`;
      const bytes = bankFile(orderOf(batch, profile), await paymentsOf(uses, batch));
      const { sha256 } = await uses.files.writeStream(fileKey, bytes, mediaType);
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
