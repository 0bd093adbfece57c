/**
 * Fund orders in the table. An order is booked in one transaction: its own row on the condition that it waits and
 * that somebody else proposed it, a transfer for each side of each line, and each fund's balances.
 */
import type { Fund } from "#shared/domain/fund.ts";
import { emptyFund } from "#shared/domain/fund.ts";
import { transfersOfOrder, type FundOrder, type OpenedFund } from "#shared/domain/fund-order.ts";
import { balancesOf, type Transfer } from "#shared/domain/ledger.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import type { Booking, BookOutcome, FundOrders, OrderDecision } from "#shared/ports/fund-orders.ts";
import { balanceUpdate, transferPut } from "./case-rows.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  transact,
  updateRow,
  type Row,
  type RowUpdate,
  type Table,
  type TransactionItem,
} from "./client.ts";
import { fundPuts, termsUpdates } from "./fund-rows.ts";
import { fundKey, fundOrderKey, fundOrderQueueKey, fundVoucherKey } from "./keys.ts";

/** A part of the booking with what it means when its condition fails. */
interface Part {
  readonly item: TransactionItem;
  readonly refused: Exclude<BookOutcome, "booked" | "already_booked">;
}

const orderRow = (order: FundOrder) => ({
  ...fundOrderKey(order.id),
  ...order,
  queueKey: fundOrderQueueKey(order.status === "proposed" ? "open" : "done"),
  queueSort: `${order.decidedAt ?? order.proposedAt}#${order.id}`,
});

const orderOf = (row: Row): FundOrder => {
  const { PK: _partition, SK: _sortKey, queueKey: _key, queueSort: _sort, ...stored } = row;
  return {
    formula: null,
    decidedAt: null,
    decidedBy: null,
    cancelReason: null,
    ...stored,
  } as unknown as FundOrder;
};

const decided = (
  id: string,
  { by, at }: OrderDecision,
  status: "booked" | "cancelled",
): RowUpdate & { readonly values: Row; readonly names: Readonly<Record<string, string>> } => ({
  update:
    "SET #status = :status, decidedAt = :at, decidedBy = :by, queueKey = :queue, queueSort = :sort",
  expression: "#status = :proposed",
  names: { "#status": "status" },
  values: {
    ":status": status,
    ":proposed": "proposed",
    ":at": at,
    ":by": by,
    ":queue": fundOrderQueueKey("done"),
    ":sort": `${at}#${id}`,
  },
});

/** The order's own row: it waits still, and its maker isn't its checker. */
const orderPart = ({ order, lines, opens }: Booking, decision: OrderDecision): Part => {
  const change = decided(order.id, decision, "booked");
  return {
    item: {
      update: fundOrderKey(order.id),
      change: {
        ...change,
        update: `${change.update}, #lines = :lines, opens = :opens`,
        expression: `${change.expression} AND proposedBy <> :by`,
        names: { ...change.names, "#lines": "lines" },
        values: { ...change.values, ":lines": lines, ":opens": opens },
      },
    },
    refused: "decided",
  };
};

/** A paper that moves money out of a fund does so once; one that brings money in is held by its transfer's key. */
const voucherParts = ({ order, lines }: Booking): readonly Part[] => {
  if (order.kind !== "allot" && order.kind !== "return") return [];
  const sources = new Set(lines.flatMap(({ fromFundId }) => (fromFundId ? [fromFundId] : [])));
  return [...sources].map((fundId) => ({
    item: {
      put: { ...fundVoucherKey(fundId, order.voucher), orderId: order.id },
      condition: absent,
    },
    refused: "voucher_taken",
  }));
};

const opened = (
  { id, terms, payingAccount = null }: OpenedFund,
  transfers: readonly Transfer[],
  { at }: OrderDecision,
): Fund => ({
  ...emptyFund(id, terms, at),
  payingAccount,
  ...balancesOf(transfers),
});

/** Closes a fund in the write that empties it, on the condition that it holds what was read. */
const closing = (fund: Fund, moved: readonly Transfer[]): TransactionItem => {
  const [first, ...others] = moved;
  const change = first
    ? balanceUpdate([first, ...others]).change
    : { update: "SET", expression: "attribute_exists(PK)" };
  return {
    update: fundKey(fund.id),
    change: {
      update: `${change.update}${first ? "," : ""} #open = :closed`,
      expression: `${change.expression} AND #availableFen = :seen`,
      names: { ...change.names, "#open": "open", "#availableFen": "availableFen" },
      values: { ...change.values, ":closed": false, ":seen": fund.availableFen },
    },
  };
};

const balanceParts = (booking: Booking, decision: OrderDecision): readonly Part[] => {
  const { order, lines, opens, funds } = booking;
  const transfers = transfersOfOrder({ ...order, lines }, decision);
  const ofFund = (id: FundId): readonly Transfer[] =>
    transfers.filter(({ fundId }) => fundId === id);
  const isNew = new Set(opens.map(({ id }) => id));
  const closed = order.kind === "close" ? new Set(lines.map(({ fromFundId }) => fromFundId)) : null;
  const touched = new Set<FundId>(transfers.map(({ fundId }) => fundId));
  for (const id of closed ?? []) if (id) touched.add(id);
  const parts = opens.flatMap((fund): readonly Part[] =>
    fundPuts(opened(fund, ofFund(fund.id), decision)).map((item) => ({ item, refused: "moved" })),
  );
  for (const id of touched) {
    const fund = funds.find((one) => one.id === id);
    const [first, ...others] = ofFund(id);
    if (fund && closed?.has(id)) parts.push({ item: closing(fund, ofFund(id)), refused: "moved" });
    else if (first && !isNew.has(id)) {
      parts.push({ item: balanceUpdate([first, ...others]), refused: "no_money" });
    }
  }
  return [
    ...transfers.map((transfer): Part => ({
      item: transferPut(transfer),
      refused: "voucher_taken",
    })),
    ...parts,
  ];
};

/** An order about terms changes a fund that is there, on its terms as they were read, or opens it. */
const termsParts = (
  { order, opens, funds }: Booking,
  decision: OrderDecision,
): readonly Part[] | null =>
  order.kind === "terms"
    ? opens.flatMap(({ id, terms }) => {
        const before = funds.find((fund) => fund.id === id);
        const items = before
          ? termsUpdates(before, terms)
          : fundPuts(emptyFund(id, terms, decision.at));
        return items.map((item): Part => ({ item, refused: "moved" }));
      })
    : null;

/** Whether a place to go on from is one of this list; what somebody typed in its stead begins anew. */
const goesOn = (which: "open" | "done", after: string): boolean => {
  try {
    const { PK, SK, queueKey, queueSort, ...others } = JSON.parse(
      Buffer.from(after, "base64url").toString(),
    ) as Record<string, unknown>;
    return (
      queueKey === fundOrderQueueKey(which) &&
      [PK, SK, queueSort].every((part) => typeof part === "string" && part !== "") &&
      Object.keys(others).length === 0
    );
  } catch {
    return false;
  }
};

const outcomeOf = (order: FundOrder | null, { by }: OrderDecision): BookOutcome => {
  if (order?.status === "booked" && order.decidedBy === by) return "already_booked";
  return order?.status === "proposed" && order.proposedBy === by ? "own_order" : "decided";
};

export const createFundOrders = (table: Table): FundOrders => {
  const get = async (id: string): Promise<FundOrder | null> => {
    const row = await getRow(table, fundOrderKey(id));
    return row && orderOf(row);
  };
  return {
    get,
    propose: (order) => putRow(table, orderRow(order), absent),
    list: async (which, limit, after) => {
      const page = await queryPage(table, {
        IndexName: "queue",
        KeyConditionExpression: "queueKey = :list",
        values: { ":list": fundOrderQueueKey(which) },
        ScanIndexForward: which === "open",
        Limit: limit,
        ...(after !== undefined && goesOn(which, after) ? { after } : {}),
      });
      const rows = await Promise.all(
        page.rows.map(({ PK }) => get((PK as string).slice(fundOrderKey("").PK.length))),
      );
      return { rows: rows.filter((order) => order !== null), next: page.next };
    },
    book: async (booking, decision) => {
      const parts = [
        orderPart(booking, decision),
        ...voucherParts(booking),
        ...(termsParts(booking, decision) ?? balanceParts(booking, decision)),
      ];
      const outcome = await transact(
        table,
        parts.map(({ item }) => item),
      );
      if (outcome.kind === "committed") return "booked";
      const first = parts.find((_part, index) => outcome.failed[index]);
      return first === undefined || first === parts[0]
        ? outcomeOf(await get(booking.order.id), decision)
        : first.refused;
    },
    cancel: async (id, decision, reason) => {
      const change = decided(id, decision, "cancelled");
      const row = await updateRow(table, fundOrderKey(id), {
        ...change,
        update: `${change.update}, cancelReason = :reason`,
        values: { ...change.values, ":reason": reason },
      });
      return row !== null;
    },
  };
};
