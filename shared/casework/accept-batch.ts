/** What people enter of a batch while it is with the bank: its receipt, and their answers to odd lines. */
import { moveBatch, type Acceptance, type Batch } from "#shared/domain/disbursement.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { ListedException } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { closeIfExplained } from "./close-batch.ts";
import { changeBatch } from "./move-batch.ts";
import { signalBatch } from "./signal-batch.ts";

type Uses = Pick<Dependencies, "batches" | "clock" | "workflow">;

/** "moved": the batch is not with the bank any more. */
export type Entered = "done" | "moved";

const isSame = (one: Acceptance | null, other: Pick<Acceptance, "number" | "count" | "sumFen">) =>
  one?.number === other.number && one.count === other.count && one.sumFen === other.sumFen;

/** A batch that nothing keeps open any more is closed, and its execution told. */
const closeAndTell = async (uses: Uses, batch: Batch): Promise<void> => {
  const now = await closeIfExplained(uses, batch.id);
  if (now.status === "closed") await signalBatch(uses, now);
};

/** Enters the bank's receipt (受理回执). Entered anew it takes the other's place, and the history tells of both. */
export const enterAcceptance = async (
  uses: Uses,
  batch: Pick<Batch, "id">,
  receipt: Pick<Acceptance, "number" | "count" | "sumFen">,
  by: StaffId,
): Promise<Entered> => {
  const entered = await changeBatch(uses, batch.id, (before) => {
    if (isSame(before.acceptance, receipt)) return null;
    const at = uses.clock.now();
    const acceptance = { ...receipt, by, at };
    return moveBatch(before, { type: "accepted", at, by }, { acceptance });
  });
  if (entered.refused !== null) return "moved";
  await closeAndTell(uses, entered.batch);
  return "done";
};

/** Answers odd lines in one person's words. A line that was answered before keeps the answer that it has. */
export const answerExceptions = async (
  uses: Uses,
  batch: Pick<Batch, "id">,
  lines: readonly Pick<ListedException, "returnKey" | "line">[],
  given: { readonly by: StaffId; readonly words: string },
): Promise<Entered> => {
  const at = uses.clock.now();
  for (const line of lines) await uses.batches.answerException(batch.id, line, { ...given, at });
  const listed = await uses.batches.exceptions(batch.id);
  const answered = listed.filter(({ answer }) => answer !== null).length;
  const noted = await changeBatch(uses, batch.id, (before) =>
    before.exceptionsAnswered >= answered
      ? null
      : moveBatch(
          before,
          { type: "exceptions_answered", at, by: given.by },
          { exceptionsAnswered: answered },
        ),
  );
  if (noted.refused !== null) return "moved";
  await closeAndTell(uses, noted.batch);
  return "done";
};
