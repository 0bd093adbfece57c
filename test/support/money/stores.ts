/** The parts of the ports that move money, and the state that both their forms (in memory, in the table) have. */
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { BatchStore } from "#shared/ports/batch-store.ts";
import type { CaseStore } from "#shared/ports/case-store.ts";
import type { FundOrders } from "#shared/ports/fund-orders.ts";
import type { FundStore } from "#shared/ports/fund-store.ts";

export interface MoneyStores {
  readonly cases: Pick<CaseStore, "get" | "commit" | "events" | "approval" | "putApproval"> & {
    /** Puts a draft into the store as it stands. */
    readonly begin: (draft: Application) => Promise<void>;
  };
  readonly funds: Pick<FundStore, "open" | "get" | "transfersOf">;
  readonly fundOrders: Pick<FundOrders, "propose" | "get" | "book" | "cancel">;
  readonly batches: Pick<
    BatchStore,
    | "get"
    | "create"
    | "update"
    | "addItems"
    | "voidItems"
    | "settle"
    | "items"
    | "noteLateReturn"
    | "bookLateReturn"
  >;
}

/** All that money stands in, as the store has it now. */
export interface Snapshot {
  readonly funds: readonly Fund[];
  readonly cases: readonly Application[];
  readonly transfers: readonly Transfer[];
  readonly batches: readonly Batch[];
  readonly items: readonly BatchItem[];
  readonly claims: readonly Claim[];
}

/** A condition of the store that may be left out on purpose, to show that the properties would notice. */
export type Guard =
  /** A case's step only on the case as it was read. */
  | "version"
  /** A transfer's key once only. */
  | "transfer"
  /** A balance never below what is taken from it. */
  | "balance"
  /** A closed fund reserves nothing. */
  | "open"
  | "claim"
  /** A household's year. */
  | "cap"
  /** A link decides once. */
  | "link"
  /** No more of a payment comes back than was paid. */
  | "paid_back"
  /** A batch's event only on the batch as it was read. */
  | "batch_version"
  /** The checker is another person than the maker. */
  | "maker"
  /** Items enter a batch only while it is being assembled. */
  | "assembling"
  /** What is settled or voided is an item that is still open. */
  | "item_open"
  /** An order is booked while it waits, and then no more. */
  | "order_once"
  /** Whoever proposed an order doesn't book it. */
  | "order_maker"
  /** A paper moves money out of a fund once. */
  | "voucher"
  /** A close empties a fund by the balance that was read. */
  | "close_seen"
  /** Ordinary awards leave the reserve line in the fund. */
  | "reserve_line";
