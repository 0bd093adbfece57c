/** Fund orders in memory, with the conditions of adapters/dynamodb/fund-orders.ts. */
import { emptyFund } from "#shared/domain/fund.ts";
import { transfersOfOrder, type FundOrder } from "#shared/domain/fund-order.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import type { Booking, BookOutcome, OrderDecision } from "#shared/ports/fund-orders.ts";
import { balancePart, transferPart, written, type Memory, type Part } from "./memory-parts.ts";
import type { MoneyStores } from "./stores.ts";

type OrderPart = Part<Exclude<BookOutcome, "booked">>;

/** It waits still, and whoever proposed it is not whoever books it. */
const orderPart = (
  memory: Memory,
  { order, lines, opens }: Booking,
  decision: OrderDecision,
): OrderPart => {
  const stored = memory.orders.get(order.id);
  const { by, at } = decision;
  const waits = memory.without.has("order_once") || stored?.status === "proposed";
  const isOther = memory.without.has("order_maker") || stored?.proposedBy !== by;
  const refused = (): OrderPart["refused"] => {
    if (stored?.status === "booked" && stored.decidedBy === by) return "already_booked";
    return stored?.status === "proposed" && stored.proposedBy === by ? "own_order" : "decided";
  };
  return {
    refused: refused(),
    holds: waits && isOther,
    write: () =>
      void memory.orders.set(order.id, {
        ...order,
        lines,
        opens,
        status: "booked",
        decidedAt: at,
        decidedBy: by,
      }),
  };
};

const voucherParts = (memory: Memory, { order, lines }: Booking): readonly OrderPart[] => {
  if (order.kind !== "allot" && order.kind !== "return") return [];
  const sources = new Set(lines.flatMap(({ fromFundId }) => (fromFundId ? [fromFundId] : [])));
  return [...sources].map((id) => {
    const key = `${id} ${order.voucher}`;
    return {
      refused: "voucher_taken",
      holds: memory.without.has("voucher") || !memory.vouchers.has(key),
      write: () => void memory.vouchers.add(key),
    };
  });
};

const openParts = (
  memory: Memory,
  { opens }: Booking,
  { at }: OrderDecision,
): readonly OrderPart[] =>
  opens.map(({ id, terms }) => ({
    refused: "moved",
    holds: !memory.funds.has(id),
    write: () => void memory.funds.set(id, emptyFund(id, terms, at)),
  }));

/** A new fund begins with what the order brings it. */
const intoNew = (memory: Memory, transfers: readonly Transfer[]): OrderPart => ({
  refused: "moved",
  holds: true,
  write: () => balancePart(memory, transfers).write(),
});

/** A fund that is closed is emptied by the balance that was read. */
const closing = (
  memory: Memory,
  id: FundId,
  seenFen: number,
  moved: readonly Transfer[],
): OrderPart => {
  const seen = memory.without.has("close_seen") || memory.funds.get(id)?.availableFen === seenFen;
  const balance = moved.length === 0 ? null : balancePart(memory, moved);
  return {
    refused: "moved",
    holds: seen && (balance?.holds ?? memory.funds.has(id)),
    write: () => {
      balance?.write();
      const fund = memory.funds.get(id);
      if (fund) memory.funds.set(id, { ...fund, open: false });
    },
  };
};

const balanceParts = (
  memory: Memory,
  booking: Booking,
  decision: OrderDecision,
): readonly OrderPart[] => {
  const { order, lines, opens, funds } = booking;
  const transfers = transfersOfOrder({ ...order, lines }, decision);
  const isNew = new Set(opens.map(({ id }) => id));
  const closed = new Set(order.kind === "close" ? lines.map(({ fromFundId }) => fromFundId) : []);
  const touched = new Set<FundId>(transfers.map(({ fundId }) => fundId));
  for (const id of closed) if (id) touched.add(id);
  return [
    ...transfers.map((one): OrderPart => ({
      ...transferPart(memory, one),
      refused: "voucher_taken",
    })),
    ...openParts(memory, booking, decision),
    ...[...touched].flatMap((id): readonly OrderPart[] => {
      const own = transfers.filter(({ fundId }) => fundId === id);
      const read = funds.find((fund) => fund.id === id);
      if (read && closed.has(id)) return [closing(memory, id, read.availableFen, own)];
      if (own.length === 0) return [];
      return [
        isNew.has(id) ? intoNew(memory, own) : { ...balancePart(memory, own), refused: "no_money" },
      ];
    }),
  ];
};

export const ordersIn = (memory: Memory): MoneyStores["fundOrders"] => ({
  get: async (id) => memory.orders.get(id) ?? null,
  propose: async (order: FundOrder) => {
    if (memory.orders.has(order.id)) return false;
    memory.orders.set(order.id, order);
    return true;
  },
  book: async (booking, decision) => {
    const outcome = written<OrderPart["refused"]>([
      orderPart(memory, booking, decision),
      ...voucherParts(memory, booking),
      ...balanceParts(memory, booking, decision),
    ]);
    return outcome === "committed" ? "booked" : outcome;
  },
  cancel: async (id, { by, at }, reason) => {
    const order = memory.orders.get(id);
    if (order?.status !== "proposed") return false;
    memory.orders.set(id, {
      ...order,
      status: "cancelled",
      decidedAt: at,
      decidedBy: by,
      cancelReason: reason,
    });
    return true;
  },
});
