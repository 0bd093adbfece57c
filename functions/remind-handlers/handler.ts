import { remindHandlers } from "#shared/casework/handling-digest.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<Dependencies, "cases" | "directory" | "mailer" | "clock" | "policy" | "siteUrl">,
) => jobHandler({ name: "remind-handlers" }, async () => ({ count: await remindHandlers(uses) }));
