import * as z from "zod";
import { moveBatch, type Batch, type BatchMove } from "#shared/domain/disbursement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { closeIfExplained } from "#shared/casework/close-batch.ts";
import { changeBatch, loadBatch } from "#shared/casework/move-batch.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { StoredFiles } from "#shared/ports/object-store.ts";
import { mailFailures } from "./mail-failures.ts";
import { mailFollowUps } from "./mail-follow-ups.ts";
import { settleReturn } from "./settle-return.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "mailer" | "clock" | "siteUrl" | "policy"> & {
  readonly files: StoredFiles;
};

/**
 * Takes down that the file is read; a second run of the same file finds that and counts nothing
 * twice.
 */
const markRead = (
  batch: Batch,
  returnKey: string,
  exceptions: number,
  uses: Uses,
): BatchMove | null => {
  const place = batch.returnKeys.indexOf(returnKey);
  invariant(place >= 0, "a return that is settled was given at the desk");
  if (place < batch.returnsRead) return null;
  return moveBatch(
    batch,
    { type: "return_read", at: uses.clock.now(), by: null },
    { returnsRead: place + 1, exceptions },
  );
};

/**
 * Settles a batch by one return file: paid posts the money, failed waits for the card or is queued
 * again, whatever is unclear moves nothing and is listed. The batch closes when every item is
 * explained and all else of it is in order; until then it waits for a further file, or for a person. Mails come last: whatever they do, the money
 * is in order.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "settle-batch", input: z.object({ batchId: z.string(), returnKey: z.string() }) },
    async ({ batchId, returnKey }) => {
      const id = batchId as BatchId;
      const batch = await loadBatch(uses, id);
      const { exceptions, items } = await settleReturn(uses, batch, returnKey);
      await uses.batches.putExceptions(id, returnKey, exceptions);
      const listed = await uses.batches.exceptions(id);
      await changeBatch(uses, id, (before) => markRead(before, returnKey, listed.length, uses));
      const settled = await closeIfExplained(uses, id);
      // Mails of one kind that can't be sent don't keep the others.
      try {
        await mailFailures(uses, items);
      } finally {
        await mailFollowUps(uses, items);
      }
      // A file of a batch that the bank had refused as a whole is read for its odd lines only.
      return { outcome: settled.status === "sent" ? "open" : "closed" };
    },
  );
