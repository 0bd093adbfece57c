import { endNotices } from "#shared/casework/end-notices.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<Dependencies, "cases" | "directory" | "notices" | "workflow" | "clock" | "policy">,
) => jobHandler({ name: "end-notices" }, async () => ({ count: await endNotices(uses) }));
