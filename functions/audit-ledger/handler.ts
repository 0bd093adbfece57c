import { auditBooks, type AuditUses } from "#shared/casework/audit-books.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import { log } from "#shared/lambda/logging.ts";

/** Every finding is a line of its own in the log, which the ledger-fault alarm counts. */
export const createHandler = (uses: AuditUses) =>
  jobHandler({ name: "audit-ledger" }, async () => {
    const { run, findings } = await auditBooks(uses);
    for (const { fundId, code, place } of findings) {
      log.error("LedgerFault", {
        fundId,
        code,
        ...(place.kind === "batch" ? { batchId: place.id } : {}),
        ...(place.kind === "case" ? { applicationId: place.id } : {}),
      });
    }
    log.info("books audited", {
      function: "audit-ledger",
      count: run.transfers,
      durationMs: run.durationMs,
    });
    return { count: findings.length };
  });
