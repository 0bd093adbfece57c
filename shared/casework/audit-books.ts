/**
 * The nightly audit as a whole: balances, cases, accounts and batches, each by indexes and reads of many rows at once.
 * What it finds is taken down and freezes its fund for new batches (ADR 0036); it mends nothing.
 */
import { coverageOf } from "#shared/domain/audit-coverage.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { msOfInstant } from "#shared/kernel/calendar.ts";
import type { AuditRun } from "#shared/ports/audit-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { auditBatches } from "./audit-batches.ts";
import { auditCases } from "./audit-cases.ts";
import { auditFunds } from "./audit-ledger.ts";

export type AuditUses = Pick<
  Dependencies,
  "audit" | "batches" | "cases" | "clock" | "funds" | "policy" | "vault"
>;

export interface BooksAudit {
  readonly run: AuditRun;
  readonly findings: readonly Finding[];
}

/** Looks at everything and takes down what was found; run again, it takes down the same. */
export const auditBooks = async (uses: AuditUses): Promise<BooksAudit> => {
  const at = uses.clock.now();
  const ledger = await auditFunds(uses);
  const cases = await auditCases(uses, ledger.tally.cycles, at);
  const batches = await auditBatches(uses, at);
  const findings = [...ledger.findings, ...cases.findings, ...batches.findings];
  for (const finding of findings) await uses.audit.report(finding, at);
  const run: AuditRun = {
    at,
    durationMs: msOfInstant(uses.clock.now()) - msOfInstant(at),
    transfers: ledger.tally.count(),
    funds: ledger.funds.length,
    cases: cases.cases,
    accounts: cases.accounts,
    batches: batches.looked,
    findings: findings.length,
    unsettled: ledger.unsettled.length + cases.unsettled + batches.unsettled.length,
    ...coverageOf(ledger.tally, findings),
  };
  await uses.audit.putRun(run);
  return { run, findings };
};
