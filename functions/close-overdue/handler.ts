import { closeOverdue } from "#shared/casework/close-overdue.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export const createHandler = (
  uses: Pick<
    Dependencies,
    | "archive"
    | "cases"
    | "directory"
    | "vault"
    | "mailer"
    | "workflow"
    | "clock"
    | "siteUrl"
    | "policy"
  >,
) => jobHandler({ name: "close-overdue" }, async () => ({ count: await closeOverdue(uses) }));
