import type { PayingAccountChange } from "#shared/domain/paying-account.ts";
import type { FundId } from "#shared/kernel/ids.ts";

export interface PayingAccounts {
  /**
   * Sets a fund's account and takes down who did, in one write. @returns "stale" when a change of
   * this number was made before.
   */
  readonly set: (fundId: FundId, change: PayingAccountChange) => Promise<"committed" | "stale">;
  /** Every change, the oldest first; a strong read. */
  readonly changes: (fundId: FundId) => Promise<readonly PayingAccountChange[]>;
}
