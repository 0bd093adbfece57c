/** The nightly audit: every fund's balances recomputed from its transfers (quality I1–I3). */
import { balancesOf, fundFault, type Transfer } from "#shared/domain/ledger.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

export interface LedgerFault {
  readonly fundId: FundId;
  readonly code: "below_zero" | "does_not_add_up" | "differs_from_transfers";
}

type Uses = Pick<Dependencies, "funds" | "clock">;

const balanceNames = ["grantedFen", "availableFen", "reservedFen", "paidFen"] as const;

const faultOf = async ({ funds, clock }: Uses, fund: Fund): Promise<LedgerFault["code"] | null> => {
  const fault = fundFault(fund);
  if (fault) return fault;
  const transfers: Transfer[] = [];
  const months = [fund.openedAt.slice(0, 7), clock.now().slice(0, 7)] as const;
  for await (const transfer of funds.transfers(fund.id, ...months)) transfers.push(transfer);
  const replayed = balancesOf(transfers);
  if (balanceNames.every((name) => replayed[name] === fund[name])) return null;
  // Money may have moved while the transfers were read: only what stands still and differs is a fault.
  const again = await funds.get(fund.id);
  const moved = again === null || balanceNames.some((name) => again[name] !== fund[name]);
  return moved && again !== null ? faultOf({ funds, clock }, again) : "differs_from_transfers";
};

/** @returns every fault found; an empty list is what it should be. */
export const auditLedger = async (uses: Uses): Promise<readonly LedgerFault[]> => {
  const faults: LedgerFault[] = [];
  for (const fund of await uses.funds.all()) {
    const code = await faultOf(uses, fund);
    if (code) faults.push({ fundId: fund.id, code });
  }
  return faults;
};
