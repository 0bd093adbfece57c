import * as z from "zod";
import type { BatchId } from "#shared/kernel/ids.ts";
import { loadBatch } from "#shared/casework/move-batch.ts";
import { returnAnswer } from "#shared/casework/signal-batch.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches" | "workflow">;

/**
 * Keeps the execution's token until a return file is there; one that came before is answered at
 * once.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "await-bank-return", input: z.object({ batchId: z.string(), taskToken: z.string() }) },
    async ({ batchId, taskToken }) => {
      const id = batchId as BatchId;
      await uses.batches.putWait(id, "bank_return", taskToken);
      const answer = returnAnswer(await loadBatch(uses, id));
      if (answer) await uses.workflow.succeed(taskToken, { ...answer });
      return { outcome: answer ? answer.outcome : "waiting" };
    },
  );
