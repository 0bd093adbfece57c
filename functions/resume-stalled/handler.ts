import { resumeBatches } from "#shared/casework/signal-batch.ts";
import { resumeStalled } from "#shared/casework/resume-stalled.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<
    Dependencies,
    "batches" | "cases" | "directory" | "funds" | "notices" | "workflow" | "clock"
  >,
) =>
  jobHandler({ name: "resume-stalled" }, async () => ({
    count: (await resumeStalled(uses)) + (await resumeBatches(uses)).length,
  }));
