import { anchorAndTell } from "#shared/casework/trail-tell.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";

/** Says how many leaves the anchor of yesterday has, whether this run made it or found it. */
export const createHandler = (uses: Parameters<typeof anchorAndTell>[0]) =>
  jobHandler({ name: "anchor-trail" }, async () => ({
    count: (await anchorAndTell(uses)).leaves,
  }));
