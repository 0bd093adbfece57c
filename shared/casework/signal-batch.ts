/**
 * Telling a batch's execution that its state has changed. The committed batch is the outbox: a
 * signal that got lost is found again, because the batch says something that the execution still
 * waits for.
 */
import { unreadReturn, type Batch } from "#shared/domain/disbursement.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import type { BatchWait } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/**
 * What the machine's choices route on (workflows/machines/disbursement.asl.json). Ids and outcomes
 * only.
 */
export type BatchAnswer =
  | { readonly outcome: "authorised" | "voided" | "closed" }
  | { readonly outcome: "returned"; readonly returnKey: string };

/** What the batch answers to a wait for its authorisation, or null while nobody has decided. */
export const authorisationAnswer = (batch: Batch): BatchAnswer | null => {
  switch (batch.status) {
    case "voided":
      // Its file had left, and the bank speaks of it all the same: that word is read.
      return { outcome: unreadReturn(batch) === null ? "voided" : "authorised" };
    case "authorised":
    case "sent":
    case "closed":
      return { outcome: "authorised" };
    default:
      return null;
  }
};

/** What the batch answers to a wait for the bank's return, or null while none has come. */
export const returnAnswer = (batch: Batch): BatchAnswer | null => {
  const returnKey = unreadReturn(batch);
  if (returnKey !== null) return { outcome: "returned", returnKey };
  // Closed by a person's word, or refused by the bank as a whole: no return is waited for any more.
  return batch.status === "closed" || batch.status === "voided" ? { outcome: batch.status } : null;
};

const answerTo: Readonly<Record<BatchWait, (batch: Batch) => BatchAnswer | null>> = {
  authorisation: authorisationAnswer,
  bank_return: returnAnswer,
};

/** Which of its waits a batch can answer now and has not been seen past. */
const openWait = (batch: Batch): BatchWait | null => {
  const hasEnded = batch.status === "closed" || batch.status === "voided";
  if (unreadReturn(batch) !== null || (hasEnded && batch.fileKey !== null)) return "bank_return";
  return batch.status === "authorised" || batch.status === "voided" ? "authorisation" : null;
};

type Uses = Pick<Dependencies, "batches" | "workflow">;

/**
 * Answers the task that waits for this. @returns false when there is nothing to say or nobody waits
 * for it.
 */
export const signalBatch = async ({ batches, workflow }: Uses, batch: Batch): Promise<boolean> => {
  const wait = openWait(batch);
  const answer = wait && answerTo[wait](batch);
  const token = wait && (await batches.wait(batch.id, wait));
  return answer && token ? workflow.succeed(token, { ...answer }) : false;
};

const startsMax = 5;

/**
 * Starts the batch's execution; begun anew, every step of it finds what is recorded and goes on
 * from there.
 */
export const startBatch = async (
  { workflow }: Pick<Uses, "workflow">,
  { id, version }: Pick<Batch, "id" | "version">,
): Promise<void> => {
  for (let start = 1; start <= startsMax; start += 1) {
    const name = start === 1 ? `${id}-${version}` : `${id}-${version}-${start}`;
    if (await workflow.start("disbursement", name, { batchId: id })) return;
  }
};

/** Signals what the batch has to say or, when nobody listens, starts an execution that will. */
export const signalOrStart = async (uses: Uses, batch: Batch): Promise<void> => {
  if (!(await signalBatch(uses, batch))) await startBatch(uses, batch);
};

/** An execution that works needs less; a batch that stands longer in such a state was forgotten. */
const workingMinutes = 10;

const isStalled = (batch: Batch, now: Instant): boolean => {
  const moved = batch.history.at(-1)?.at ?? batch.createdAt;
  if (addMinutes(moved, workingMinutes) > now) return false;
  return (
    batch.status === "assembling" ||
    batch.status === "voiding" ||
    batch.status === "authorised" ||
    unreadReturn(batch) !== null
  );
};

/** Open batches looked at by one run; more than a city has open at a time. */
const openMax = 200;

/**
 * Gets every batch going again whose execution missed a signal or was lost. @returns which ones.
 */
export const resumeBatches = async (
  uses: Uses & Pick<Dependencies, "clock">,
): Promise<readonly BatchId[]> => {
  const open = await uses.batches.list("open", openMax);
  const now = uses.clock.now();
  const resumed: BatchId[] = [];
  for (const listed of open) {
    // The list may lag behind; what decides is the batch itself.
    const batch = await uses.batches.get(listed.id);
    if (!batch || !isStalled(batch, now)) continue;
    await signalOrStart(uses, batch);
    resumed.push(batch.id);
  }
  return resumed;
};
