/** The nightly audit's first part: every fund's balances recomputed from its transfers (quality I1–I3). */
import {
  fundFindings,
  ledgerTally,
  orderFindings,
  type Finding,
  type LedgerTally,
} from "#shared/domain/ledger-audit.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { noBalances } from "#shared/domain/month-ends.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { settledFindings, type Look } from "./settled-findings.ts";

export interface LedgerFault {
  readonly fundId: FundId;
  readonly code: Finding["code"];
}

type Uses = Pick<Dependencies, "funds" | "clock">;

/** Passes all of a fund's transfers to `note`, a page at a time. */
const passTransfers = async (
  { funds, clock }: Uses,
  fund: Fund,
  note: LedgerTally["note"],
): Promise<void> => {
  const months = [fund.openedAt.slice(0, 7), clock.now().slice(0, 7)] as const;
  for await (const transfer of funds.transfers(fund.id, ...months)) note(transfer);
};

const markOf = ({ grantedFen, availableFen, reservedFen, paidFen }: Fund): string =>
  [grantedFen, availableFen, reservedFen, paidFen].join(" ");

const lookAtFund = async (uses: Uses, id: FundId): Promise<Look> => {
  const before = await uses.funds.get(id);
  if (before === null) return { mark: "", findings: [] };
  const tally = ledgerTally();
  await passTransfers(uses, before, tally.note);
  const after = (await uses.funds.get(id)) ?? before;
  const findings = fundFindings(after, tally.balances.get(id) ?? noBalances);
  return { mark: `${markOf(before)} ${markOf(after)}`, findings };
};

/** Money between funds stands in two of them, which are read one after the other: what differs is read again. */
const lookAtOrders = async (uses: Uses): Promise<Look> => {
  const tally = ledgerTally();
  for (const fund of await uses.funds.all()) await passTransfers(uses, fund, tally.note);
  const findings = orderFindings(tally.orders);
  return { mark: JSON.stringify(findings), findings };
};

export interface LedgerAudit {
  readonly funds: readonly Fund[];
  readonly tally: LedgerTally;
  readonly findings: readonly Finding[];
  /** Funds that moved whenever they were looked at. */
  readonly unsettled: readonly FundId[];
}

/**
 * Goes through the whole ledger once. Money may move meanwhile: a fund that differs is looked at again until it stood
 * still, and only then is the difference one.
 */
export const auditFunds = async (uses: Uses): Promise<LedgerAudit> => {
  const funds = await uses.funds.all();
  const tally = ledgerTally();
  for (const fund of funds) await passTransfers(uses, fund, tally.note);
  const findings: Finding[] = [];
  const unsettled: FundId[] = [];
  for (const fund of funds) {
    if (fundFindings(fund, tally.balances.get(fund.id) ?? noBalances).length === 0) continue;
    const settled = await settledFindings(() => lookAtFund(uses, fund.id));
    if (settled === null) unsettled.push(fund.id);
    else findings.push(...settled);
  }
  if (orderFindings(tally.orders).length > 0) {
    findings.push(...((await settledFindings(() => lookAtOrders(uses))) ?? []));
  }
  return { funds, tally, findings, unsettled };
};

/** @returns the first fault of every fund whose balances aren't what they should be; none is what it should be. */
export const auditLedger = async (uses: Uses): Promise<readonly LedgerFault[]> => {
  const { findings } = await auditFunds(uses);
  const first = new Map<FundId, LedgerFault>();
  for (const { fundId, code } of findings) {
    if (!first.has(fundId)) first.set(fundId, { fundId, code });
  }
  return [...first.values()];
};
