/** Fund orders: proposed by one person, authorised and booked by another; a close is worked out anew when booked. */
import { branchAbove } from "#shared/domain/acceptance.ts";
import { closingLinesNow, openedByClose } from "#shared/domain/year-end.ts";
import type { Fund } from "#shared/domain/fund.ts";
import {
  orderProblem,
  type FundOrder,
  type IsAbove,
  type OrderProblem,
} from "#shared/domain/fund-order.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { newOrderId, type StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { BookOutcome } from "#shared/ports/fund-orders.ts";

type Uses = Pick<Dependencies, "clock" | "directory" | "fundOrders" | "funds" | "random">;

/** What a person lays down of an order. */
export type ProposedOrder = Pick<
  FundOrder,
  "kind" | "voucher" | "reason" | "lines" | "opens" | "formula"
>;

/** Which fund stands over which: by the offices they belong to; the city's own stand over every office's. */
export const isAboveIn =
  (organisation: Organisation): IsAbove =>
  (above, below) => {
    if (below.unitId === null || above.unitId === below.unitId) return false;
    if (above.unitId === null) return true;
    return branchAbove(organisation, below.unitId).some(({ id }) => id === above.unitId);
  };

/** Whether an order moves money by its lines, and isn't worked out by the rules of a close. */
const movesByLines = ({ kind }: Pick<FundOrder, "kind">): boolean =>
  kind !== "close" && kind !== "terms";

/** What is wrong with an order that is being proposed, or null. */
export const proposalProblem = async (
  uses: Pick<Uses, "directory" | "funds">,
  order: Pick<FundOrder, "kind" | "lines">,
): Promise<OrderProblem | null> => {
  if (order.kind === "terms") return null;
  if (order.kind === "close") return order.lines.length === 0 ? "no_lines" : null;
  const organisation = await uses.directory.organisation();
  return orderProblem(order, await uses.funds.all(), isAboveIn(organisation));
};

const idBytes = 6;

/** A number for a new order: put into its form, so that the form sent twice is one order. */
export const freshOrderId = ({ clock, random }: Pick<Uses, "clock" | "random">): string =>
  newOrderId(localDateOf(clock.now()), random(idBytes));

/** Puts an order before a second person. @returns false when its number is taken: the form was sent before. */
export const proposeOrder = (
  { clock, fundOrders }: Pick<Uses, "clock" | "fundOrders">,
  proposed: ProposedOrder,
  { id, by }: { readonly id: string; readonly by: StaffId },
): Promise<boolean> =>
  fundOrders.propose({
    ...proposed,
    id,
    proposedAt: clock.now(),
    proposedBy: by,
    status: "proposed",
    decidedAt: null,
    decidedBy: null,
    cancelReason: null,
  });

/** Money that moves while a close is booked: so often the balances are read again. */
const closingTriesMax = 8;

/**
 * Books an order as the second person. Of a close the lines are what is left now: awards and releases that came
 * between are in it, and nothing comes between reading and booking. Run again it changes nothing.
 */
export const authoriseOrder = async (
  uses: Pick<Uses, "clock" | "fundOrders" | "funds">,
  order: FundOrder,
  by: StaffId,
): Promise<BookOutcome> => {
  let outcome: BookOutcome = "moved";
  for (let attempt = 1; outcome === "moved" && attempt <= closingTriesMax; attempt += 1) {
    const funds = await uses.funds.all();
    const lines = order.kind === "close" ? closingLinesNow(order.lines, funds) : order.lines;
    const opens = order.kind === "close" ? openedByClose(lines, funds) : order.opens;
    outcome = await uses.fundOrders.book(
      { order, lines, opens, funds },
      { by, at: uses.clock.now() },
    );
    // Only what is left in a year's funds may change on the way; other terms were authorised as they were shown.
    if (order.kind !== "close") return outcome;
  }
  return outcome;
};

/** What would keep an order from being booked now, for whoever authorises it; null when nothing is seen. */
export const bookingProblem = async (
  uses: Pick<Uses, "directory">,
  order: FundOrder,
  funds: readonly Fund[],
): Promise<OrderProblem | null> =>
  movesByLines(order)
    ? orderProblem(order, funds, isAboveIn(await uses.directory.organisation()))
    : null;
