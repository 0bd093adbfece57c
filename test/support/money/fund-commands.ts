/** What befalls the funds: money in, between them and back, each proposed by one and booked by another; the year's end. */
import type { FundOrder, OrderLine } from "#shared/domain/fund-order.ts";
import { closingLinesNow, openedByClose, toClose } from "#shared/domain/year-end.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import type { Booking } from "#shared/ports/fund-orders.ts";
import { availableIn, fundIn, must } from "./book.ts";
import { oneOf, people, tick, year, type Command, type Drawn, type World } from "./world.ts";

const amountOf = (what: number): Fen => yuan(1_000 * (1 + (what % 3)));

const proposed = (
  world: World,
  given: Pick<FundOrder, "kind" | "lines">,
  { who, what }: Drawn,
): FundOrder => {
  world.serial += 1;
  return {
    ...given,
    id: `ZJ-${world.run}-${world.serial}`,
    // Few numbers, so that one paper often comes twice.
    voucher: `PZ-${what % 11}`,
    reason: "reason",
    opens: [],
    formula: null,
    proposedAt: tick(world),
    proposedBy: oneOf(people, who) ?? people[0],
    status: "proposed",
    decidedAt: null,
    decidedBy: null,
    cancelReason: null,
  };
};

const propose = (world: World, order: FundOrder) => async () => {
  const isNew = await world.stores.fundOrders.propose(order);
  if (isNew) world.orders.push(order.id);
  return isNew ? "proposed" : "taken";
};

/** Money in, down, up or back; the amounts are at times more than there is. */
export const proposeOrder: Command = async (world, _application, drawn) => {
  const { who, what } = drawn;
  const [from, to] = [oneOf(world.funds, who) ?? null, oneOf(world.funds, what) ?? null];
  const amountFen = amountOf(what);
  const kinds: readonly Pick<FundOrder, "kind" | "lines">[] = [
    { kind: "income", lines: [{ fromFundId: null, toFundId: to, amountFen }] },
    { kind: "return", lines: [{ fromFundId: from, toFundId: null, amountFen }] },
    ...(from === to
      ? []
      : [{ kind: "allot" as const, lines: [{ fromFundId: from, toFundId: to, amountFen }] }]),
  ];
  const kind = oneOf(kinds, who + what);
  return kind ? propose(world, proposed(world, kind, drawn)) : null;
};

const fundsOf = async ({ stores, funds }: World) =>
  (await Promise.all(funds.map((id) => stores.funds.get(id)))).filter((fund) => fund !== null);

/** The year's end: every fund of the year is emptied and closed, or swept once more. */
export const proposeClose: Command = async (world, _application, drawn) => {
  if (drawn.what % 3 !== 0) return null;
  const lines = toClose(await fundsOf(world), year).map(
    ({ id, carryOver, availableFen }): OrderLine => ({
      fromFundId: id,
      toFundId: carryOver ? world.nextYears : null,
      amountFen: availableFen,
    }),
  );
  if (lines.length === 0) return null;
  return propose(world, proposed(world, { kind: "close", lines }, drawn));
};

/** What each line does, in plain sums: out of one pot and into another, or in from outside and out again. */
const bookLines = (world: World, { order, lines }: Pick<Booking, "order" | "lines">): void => {
  for (const { fromFundId, toFundId, amountFen } of lines) {
    if (fromFundId) {
      const from = fundIn(world.book, fromFundId);
      must(availableIn(from) >= amountFen, "I2: moved what a fund doesn't have");
      from.cameIn -= amountFen;
      if (order.kind === "close") from.open = false;
    }
    if (toFundId) fundIn(world.book, toFundId).cameIn += amountFen;
  }
};

/** Somebody books an order, whoever proposed it among those who try; a paper moves money out of a fund once. */
export const bookOrder: Command = async (world, _application, { who, what }) => {
  const id = what % 3 === 0 ? oneOf(world.orders, what) : world.orders.at(-1);
  const order = id === undefined ? null : await world.stores.fundOrders.get(id);
  if (!order) return null;
  const funds = await fundsOf(world);
  const isClose = order.kind === "close";
  const lines = isClose ? closingLinesNow(order.lines, funds) : order.lines;
  const opens = isClose ? openedByClose(lines, funds) : order.opens;
  const by = oneOf(people, who) ?? people[0];
  const booking: Booking = { order, lines, opens, funds };
  const decision = { by, at: tick(world) };
  return async () => {
    const outcome = await world.stores.fundOrders.book(booking, decision);
    if (outcome !== "booked") return outcome;
    must(order.proposedBy !== by, "I30: one person proposed and booked an order");
    must(!world.booked.has(order.id), "I9: one order booked twice");
    must(!world.cancelled.has(order.id), "I9: booked after it was cancelled");
    for (const { fromFundId } of order.kind === "allot" || order.kind === "return" ? lines : []) {
      const paper = `${fromFundId} ${order.voucher}`;
      must(!world.papers.has(paper), "I9: one paper moved money out of a fund twice");
      world.papers.add(paper);
    }
    world.booked.add(order.id);
    for (const fund of opens) world.funds.push(fund.id);
    bookLines(world, booking);
    return outcome;
  };
};

export const cancelOrder: Command = async (world, _application, { who, what }) => {
  const id = oneOf(world.orders, what);
  if (id === undefined) return null;
  const decision = { by: oneOf(people, who) ?? people[0], at: tick(world) };
  return async () => {
    const isDone = await world.stores.fundOrders.cancel(id, decision, "wrong");
    if (isDone) {
      must(!world.booked.has(id), "I9: cancelled after it was booked");
      world.cancelled.add(id);
    }
    return isDone ? "cancelled" : "decided";
  };
};

/** Money in, at once: what a sequence begins with, and what helps it on when a case waits for money. */
export const income: Command = async (world, _application, { who, what }) => {
  const fundId = oneOf(world.funds, who);
  if (!fundId) return null;
  const line = { fromFundId: null, toFundId: fundId, amountFen: amountOf(what) };
  const order = proposed(world, { kind: "income", lines: [line] }, { who, what });
  const by = people.find((one) => one !== order.proposedBy) ?? people[1];
  return async () => {
    await propose(world, order)();
    const booking = { order, lines: order.lines, opens: [], funds: await fundsOf(world) };
    const outcome = await world.stores.fundOrders.book(booking, { by, at: tick(world) });
    if (outcome === "booked") {
      world.booked.add(order.id);
      bookLines(world, booking);
    }
    return outcome;
  };
};
