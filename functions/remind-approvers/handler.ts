import { sendApproverDigests } from "#shared/casework/approver-digest.ts";
import { remindApprovers } from "#shared/casework/remind-approvers.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<
  Dependencies,
  "cases" | "directory" | "vault" | "mailer" | "clock" | "siteUrl" | "policy"
>;

/** The digest first: what stands in it needs no reminder of its own. Either runs whatever becomes of the other. */
const run = async (uses: Uses): Promise<number> => {
  const digests = await sendApproverDigests(uses).catch((error: unknown) => ({ error }));
  const reminded = await remindApprovers(uses);
  if (typeof digests === "object") throw digests.error;
  return digests + reminded;
};

export const createHandler = (uses: Uses) =>
  jobHandler({ name: "remind-approvers" }, async () => ({ count: await run(uses) }));
