import type { Fund, FundCode } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";

export interface FundStore {
  readonly all: () => Promise<readonly Fund[]>;
  readonly get: (id: FundId) => Promise<Fund | null>;
  readonly ofCode: (code: FundCode) => Promise<readonly Fund[]>;
  /** Opens a fund with empty balances. @returns false when the id is taken. */
  readonly open: (fund: Fund) => Promise<boolean>;
  /** Books money coming in. @returns "already_done" when that voucher is booked. */
  readonly grant: (transfer: Transfer) => Promise<"committed" | "already_done">;
  /** A case's transfers in its first `cycles` cycles; a strong read. */
  readonly transfersOf: (id: ApplicationId, cycles: number) => Promise<readonly Transfer[]>;
  /** Every transfer of a fund in months "2026-07" to "2026-08", oldest first, a page at a time. */
  readonly transfers: (
    fundId: FundId,
    fromMonth: string,
    toMonth: string,
  ) => AsyncIterable<Transfer>;
}
