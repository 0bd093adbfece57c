import type { Fund } from "#shared/domain/fund.ts";
import type { FundOrder, OpenedFund, OrderLine } from "#shared/domain/fund-order.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Page } from "./case-store.ts";

/** Who decides an order, and when. */
export interface OrderDecision {
  readonly by: StaffId;
  readonly at: Instant;
}

/** What is booked: an order as it stands, or of a close what is left at this moment. */
export interface Booking {
  readonly order: FundOrder;
  readonly lines: readonly OrderLine[];
  readonly opens: readonly OpenedFund[];
  /** The order's funds as they were read: a close empties them by these balances, and closes them. */
  readonly funds: readonly Fund[];
}

/** Why nothing was booked, first cause first. */
export type BookOutcome =
  | "booked"
  /** This person booked it before: a form sent twice, or a lost answer. */
  | "already_booked"
  /** Whoever proposed an order never authorises it. */
  | "own_order"
  /** Somebody else decided it: booked or cancelled. */
  | "decided"
  /** The paper was booked before, by another order. */
  | "voucher_taken"
  /** A fund moved since it was read, or was opened meanwhile: read again, and try again. */
  | "moved"
  /** A fund would be lowered beneath what is reserved or paid. */
  | "no_money";

/** Orders of money into, between and out of funds. Reads of one order are strong, lists are not. */
export interface FundOrders {
  /** @returns false when the number is taken. */
  readonly propose: (order: FundOrder) => Promise<boolean>;
  readonly get: (id: string) => Promise<FundOrder | null>;
  /** Those that wait for a second person, the oldest first; or those decided, the newest first. */
  readonly list: (
    which: "open" | "done",
    limit: number,
    after?: string,
  ) => Promise<Page<FundOrder>>;
  /** Books an order with its transfers and balances, all or nothing. */
  readonly book: (booking: Booking, decision: OrderDecision) => Promise<BookOutcome>;
  /** Ends an order that nobody has booked. @returns false when it was decided before. */
  readonly cancel: (id: string, decision: OrderDecision, reason: string) => Promise<boolean>;
}
