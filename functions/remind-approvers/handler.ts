import { remindApprovers } from "#shared/casework/remind-approvers.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<
    Dependencies,
    "cases" | "directory" | "vault" | "mailer" | "clock" | "siteUrl" | "policy"
  >,
) => jobHandler({ name: "remind-approvers" }, async () => ({ count: await remindApprovers(uses) }));
