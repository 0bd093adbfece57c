import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import { log } from "#shared/lambda/logging.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** Every fault is a line of its own in the log, which the ledger-fault alarm counts. */
export const createHandler = (uses: Pick<Dependencies, "funds" | "clock">) =>
  jobHandler({ name: "audit-ledger" }, async () => {
    const faults = await auditLedger(uses);
    for (const { fundId, code } of faults) log.error("LedgerFault", { fundId, code });
    return { count: faults.length };
  });
