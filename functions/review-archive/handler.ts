import { reviewArchive } from "#shared/casework/review-archive.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<Dependencies, "archive" | "clock" | "directory" | "mailer" | "policy" | "siteUrl">,
) => jobHandler({ name: "review-archive" }, async () => ({ count: await reviewArchive(uses) }));
