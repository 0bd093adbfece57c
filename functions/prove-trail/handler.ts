import * as z from "zod";
import { runProof } from "#shared/casework/trail-run.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";

/** What is read of EventBridge's event; S3 sends it at least once, and for every object. */
const Input = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

export const createHandler = (uses: Parameters<typeof runProof>[0]) =>
  taskHandler(
    { name: "prove-trail", input: Input },
    async ({ detail }): Promise<{ outcome: "done" | "left" }> => ({
      outcome: await runProof(uses, detail.object.key),
    }),
  );
