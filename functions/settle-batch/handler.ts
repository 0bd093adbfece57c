import * as z from "zod";
import { moveBatch, sumOfItems, type Batch, type BatchMove } from "#shared/domain/disbursement.ts";
import { isExplained } from "#shared/domain/settlement.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
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
 * Batch = items = ledger, to the fen; a batch that doesn't add up is never closed (policy 6,
 * quality I18).
 */
const everyItemExplained = async ({ batches }: Uses, batch: Batch): Promise<boolean> => {
  const items = await batches.items(batch.id);
  if (!isExplained(items)) return false;
  const paid = items.filter(({ status }) => status === "paid");
  invariant(
    items.length === batch.count && sumOfItems(items) === batch.sumFen,
    "a batch's count and sum are those of its items",
  );
  invariant(
    (await batches.postedFen(paid)) === sumOfItems(paid),
    "what a batch paid is what the ledger says",
  );
  return true;
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
 * explained; until then it waits for a further file. Mails come last: whatever they do, the money
 * is in order.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "settle-batch", input: z.object({ batchId: z.string(), returnKey: z.string() }) },
    async ({ batchId, returnKey }) => {
      const id = batchId as BatchId;
      const batch = await loadBatch(uses, id);
      const exceptions = await settleReturn(uses, batch, returnKey);
      await uses.batches.putExceptions(id, returnKey, exceptions);
      const listed = await uses.batches.exceptions(id);
      await changeBatch(uses, id, (before) => markRead(before, returnKey, listed.length, uses));
      const explained = await everyItemExplained(uses, batch);
      const settled = await changeBatch(uses, id, (before) =>
        explained && before.status === "sent"
          ? moveBatch(before, { type: "closed", at: uses.clock.now(), by: null })
          : null,
      );
      // Mails of one kind that can't be sent don't keep the others.
      try {
        await mailFailures(uses, settled.batch);
      } finally {
        await mailFollowUps(uses, settled.batch);
      }
      return { outcome: settled.batch.status === "closed" ? "closed" : "open" };
    },
  );
