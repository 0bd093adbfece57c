import * as z from "zod";
import { batchItemsMax, moveBatch, type Batch } from "#shared/domain/disbursement.ts";
import { readForm } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { enterBatch } from "#shared/domain/settlement.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, BatchId } from "#shared/kernel/ids.ts";
import { changeBatch, loadBatch } from "#shared/casework/move-batch.ts";
import { log } from "#shared/lambda/logging.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { BatchEntry, Payee } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock">;

const pageSize = 100;
const readsAtOnce = 16;

const payeeForm = {
  fields: {
    applicantName: commonFields.applicantName,
    bankName: commonFields.bankName,
    bankCardNumber: commonFields.bankCardNumber,
  },
  sections: [],
};

/** The payee as the answers name them now: a mended card is a new version of the answers. */
const payeeOf = async (
  { cases }: Uses,
  application: Parameters<Uses["cases"]["answers"]>[0],
): Promise<Payee | null> => {
  const reading = readForm(payeeForm, (await cases.answers(application)) ?? {});
  if (reading.kind === "problems") return null;
  const { applicantName, bankName, bankCardNumber } = reading.facts;
  return { name: applicantName, bankName, cardNumber: bankCardNumber };
};

/**
 * The queue only says where to look: whether a case is payable, its own row says, read strongly
 * (quality I22).
 */
const entryOf = async (uses: Uses, batch: Batch, id: ApplicationId): Promise<BatchEntry | null> => {
  const application = await uses.cases.get(id);
  const step = application && enterBatch(application, batch, uses.clock.now());
  if (!step) return null;
  const payee = await payeeOf(uses, application);
  if (payee) return { ...step, payee };
  // One case with unreadable card details must not keep the others from their money.
  log.warn("payee unreadable", { function: "assemble-batch", applicationId: id });
  return null;
};

const fill = async (uses: Uses, batch: Batch): Promise<void> => {
  let room = batchItemsMax - batch.count;
  let after: string | undefined;
  do {
    const queue = { kind: "payable", fundId: batch.fundId } as const;
    const page = await uses.cases.queue(queue, Math.min(pageSize, room), after);
    const found = await inParallel(page.rows, readsAtOnce, ({ applicationId }) =>
      entryOf(uses, batch, applicationId),
    );
    const entries = found.filter((entry) => entry !== null);
    const outcomes = await uses.batches.addItems(batch.id, entries);
    room -= outcomes.filter((outcome) => outcome === "committed").length;
    after = page.next ?? undefined;
  } while (after !== undefined && room > 0);
};

/**
 * Fills a batch with its fund's payable cases, oldest first, and fixes it. A batch that found none
 * is voided. Run again it goes on filling until the batch is fixed, and then only says so.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "assemble-batch", input: z.object({ batchId: z.string() }) },
    async ({ batchId }) => {
      const id = batchId as BatchId;
      const batch = await loadBatch(uses, id);
      if (batch.status === "assembling") await fill(uses, batch);
      const assembled = await changeBatch(uses, id, (before) => {
        if (before.status !== "assembling") return null;
        const type = before.count === 0 ? "found_empty" : "assembled";
        return moveBatch(before, { type, at: uses.clock.now(), by: null });
      });
      return { outcome: assembled.batch.status };
    },
  );
