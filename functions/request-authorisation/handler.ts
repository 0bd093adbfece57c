import * as z from "zod";
import type { BatchId } from "#shared/kernel/ids.ts";
import { loadBatch } from "#shared/casework/move-batch.ts";
import { authorisationAnswer } from "#shared/casework/signal-batch.ts";
import { finishVoid } from "#shared/casework/void-batch.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "workflow">;

/**
 * Keeps the execution's token until a second person has decided. The token is written before the
 * batch is read, and the desk writes the batch before it reads the token: so one of the two always
 * sees the other.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    {
      name: "request-authorisation",
      input: z.object({ batchId: z.string(), taskToken: z.string() }),
    },
    async ({ batchId, taskToken }) => {
      const id = batchId as BatchId;
      await uses.batches.putWait(id, "authorisation", taskToken);
      let batch = await loadBatch(uses, id);
      if (batch.status === "voiding") batch = await finishVoid(uses, batch);
      const answer = authorisationAnswer(batch);
      if (answer) await uses.workflow.succeed(taskToken, { ...answer });
      return { outcome: answer ? answer.outcome : "waiting" };
    },
  );
