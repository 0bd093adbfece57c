import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { fundKey, fundListKey } from "#shared/adapters/dynamodb/keys.ts";
import { limitsOf } from "#shared/domain/account-limits.ts";
import { plainTerms, type Fund } from "#shared/domain/fund.ts";
import type { FundOrder, OrderLine } from "#shared/domain/fund-order.ts";
import { reservedUnder } from "#shared/domain/fund-fit.ts";
import { balancesOf, fundFault, type Transfer } from "#shared/domain/ledger.ts";
import { approveFrom } from "#shared/domain/reservation.ts";
import { closingLinesNow, openedByClose } from "#shared/domain/year-end.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { BookOutcome } from "#shared/ports/fund-orders.ts";
import { aCase, aFund, anApproval, commonPolicy, deciding, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const maker = "ST0000MAKE" as StaffId;
const checker = "ST0000CHEK" as StaffId;
const decision = { by: checker, at: addMinutes(monday, 5) };
let orders = 0;

const anOrder = (lines: readonly OrderLine[], changes: Partial<FundOrder> = {}): FundOrder => ({
  id: `O20260720-${String((orders += 1)).padStart(6, "0")}`,
  kind: "allot",
  voucher: `V-${orders}`,
  reason: "test",
  lines,
  opens: [],
  formula: null,
  proposedAt: monday,
  proposedBy: maker,
  status: "proposed",
  decidedAt: null,
  decidedBy: null,
  cancelReason: null,
  ...changes,
});

const line = (from: string | null, to: string | null, amount: number): OrderLine => ({
  fromFundId: from as FundId | null,
  toFundId: to as FundId | null,
  amountFen: yuan(amount),
});

const book = async (order: FundOrder, by = checker): Promise<BookOutcome> => {
  const { lines, opens } = order;
  const funds = await store.funds.all();
  return store.fundOrders.book({ order, lines, opens, funds }, { ...decision, by });
};

const openFund = async (id: string, changes: Partial<Fund> = {}): Promise<FundId> => {
  expect(await store.funds.open({ ...aFund(id), ...changes })).toBe(true);
  return id as FundId;
};

const fundWith = async (id: string, amount: number, changes: Partial<Fund> = {}) => {
  const fundId = await openFund(id, changes);
  const order = anOrder([line(null, id, amount)], { kind: "income" });
  await store.fundOrders.propose(order);
  expect(await book(order)).toBe("booked");
  return fundId;
};

const loadFund = async (id: string): Promise<Fund> => {
  const fund = await store.funds.get(id as FundId);
  if (!fund) throw new Error(`no fund ${id}`);
  return fund;
};

const transfersIn = async (id: string): Promise<readonly Transfer[]> => {
  const found: Transfer[] = [];
  for await (const transfer of store.funds.transfers(id as FundId, "2026-07", "2026-12")) {
    found.push(transfer);
  }
  return found;
};

/** The row says what its transfers say. */
const expectSound = async (...ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    const fund = await loadFund(id);
    expect(fundFault(fund), id).toBeNull();
    const { grantedFen, availableFen, reservedFen, paidFen } = fund;
    const sums = { grantedFen, availableFen, reservedFen, paidFen };
    expect(balancesOf(await transfersIn(id)), id).toEqual(sums);
  }
};

const reserve = async (number: number, fund: Fund, mayUseReserve = false) => {
  const application = aCase(number);
  await putRow(store.table, applicationRow(application));
  const approval = anApproval(application);
  await store.cases.putApproval(approval, null);
  const context = deciding(application);
  const approving = approveFrom(context, fund);
  if (!approving) throw new Error("a case before its last approver can be approved");
  return store.cases.commit({
    ...approving,
    usedLink: { approval, decision: "approve", at: context.now },
    accountLimits: limitsOf(commonPolicy, null),
    reservedUnder: reservedUnder(fund, mayUseReserve),
  });
};

test("whoever proposes an order never authorises it: the store itself refuses", async () => {
  await openFund("own");
  const order = anOrder([line(null, "own", 100)], { kind: "income" });
  await store.fundOrders.propose(order);
  expect(await book(order, maker)).toBe("own_order");
  expect((await loadFund("own")).grantedFen).toBe(0);
  expect((await store.fundOrders.get(order.id))?.status).toBe("proposed");
  expect(await book(order)).toBe("booked");
});

test("an order is booked once, however often and by how many it is authorised at once", async () => {
  await openFund("once");
  const order = anOrder([line(null, "once", 100)], { kind: "income" });
  await store.fundOrders.propose(order);
  const people = Array.from({ length: 32 }, (_, index) => `ST${index % 4}` as StaffId);
  const outcomes = await Promise.all(people.map((by) => book(order, by)));
  expect(outcomes.filter((outcome) => outcome === "booked")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "already_booked")).toHaveLength(7);
  expect(outcomes.filter((outcome) => outcome === "decided")).toHaveLength(24);
  expect((await loadFund("once")).grantedFen).toBe(yuan(100));
  await expectSound("once");
});

test("the same form sent twice is one order, and a voucher is booked once whatever the order", async () => {
  await openFund("twice");
  const order = anOrder([line(null, "twice", 100)], { kind: "income", voucher: "拨〔2026〕1号" });
  expect(await store.fundOrders.propose(order)).toBe(true);
  expect(await store.fundOrders.propose({ ...order, reason: "again" })).toBe(false);
  expect(await book(order)).toBe("booked");
  const again = anOrder([line(null, "twice", 100)], { kind: "income", voucher: order.voucher });
  await store.fundOrders.propose(again);
  expect(await book(again)).toBe("voucher_taken");
  expect((await loadFund("twice")).grantedFen).toBe(yuan(100));
});

test("a paper that allots money out of a fund does so once", async () => {
  await fundWith("paper", 1_000);
  await openFund("paper-east", { unitId: "east" as UnitId });
  const voucher = "总工财〔2026〕12号";
  const first = anOrder([line("paper", "paper-east", 300)], { voucher });
  const second = anOrder([line("paper", "paper-east", 300)], { voucher });
  await store.fundOrders.propose(first);
  await store.fundOrders.propose(second);
  expect(await book(first)).toBe("booked");
  expect(await book(second)).toBe("voucher_taken");
  expect(await loadFund("paper")).toMatchObject({ availableFen: yuan(700), grantedFen: yuan(700) });
  expect((await loadFund("paper-east")).grantedFen).toBe(yuan(300));
  await expectSound("paper", "paper-east");
});

test("24 lines are booked as one: both sides under one voucher, and what went out came in", async () => {
  await fundWith("wide", 10_000);
  const ids = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      openFund(`wide-${index}`, { unitId: "east" as UnitId }),
    ),
  );
  const order = anOrder(ids.map((id, index) => line("wide", id, 100 + index)));
  await store.fundOrders.propose(order);
  expect(await book(order)).toBe("booked");
  const out = (await transfersIn("wide")).filter(({ kind }) => kind === "allot_out");
  const into = (await Promise.all(ids.map(transfersIn))).flat();
  const sum = (transfers: readonly Transfer[]): number =>
    transfers.reduce((total, { amountFen }) => total + amountFen, 0);
  expect(sum(out)).toBe(sum(into));
  expect(sum(out)).toBe(yuan(24 * 100 + 276));
  expect(new Set([...out, ...into].map(({ voucher }) => voucher))).toEqual(
    new Set([order.voucher]),
  );
  await expectSound("wide", ...ids);
});

test("a budget isn't lowered beneath what is reserved: nothing of the order is booked then", async () => {
  const fundId = await fundWith("beneath", 6_000);
  expect(await reserve(501, await loadFund(fundId))).toBe("committed");
  const order = anOrder([line(fundId, null, 1_000.01)], { kind: "return" });
  await store.fundOrders.propose(order);
  expect(await book(order)).toBe("no_money");
  expect((await store.fundOrders.get(order.id))?.status).toBe("proposed");
  const fitting = anOrder([line(fundId, null, 1_000)], { kind: "return" });
  await store.fundOrders.propose(fitting);
  expect(await book(fitting)).toBe("booked");
  expect(await loadFund(fundId)).toMatchObject({
    grantedFen: yuan(5_000),
    availableFen: 0,
    reservedFen: yuan(5_000),
  });
  await expectSound(fundId);
});

test("a withdrawn order is never booked, a booked one never withdrawn; of both at once one wins", async () => {
  await fundWith("withdrawn", 100);
  const order = anOrder([line("withdrawn", null, 10)], { kind: "return" });
  await store.fundOrders.propose(order);
  expect(await store.fundOrders.cancel(order.id, { ...decision, by: maker }, "wrong fund")).toBe(
    true,
  );
  expect(await book(order)).toBe("decided");
  for (let round = 0; round < 8; round += 1) {
    const raced = anOrder([line("withdrawn", null, 1)], { kind: "return" });
    await store.fundOrders.propose(raced);
    const [booked, cancelled] = await Promise.all([
      book(raced),
      store.fundOrders.cancel(raced.id, { ...decision, by: maker }, "late"),
    ]);
    expect(booked === "booked").toBe(!cancelled);
    expect(await store.fundOrders.cancel(raced.id, decision, "again")).toBe(false);
  }
  await expectSound("withdrawn");
});

test("256 orders and reservations at once on one fund: only what it holds leaves it", async () => {
  const fundId = await fundWith("storm", 5_000 * 64);
  await openFund("storm-east", { unitId: "east" as UnitId });
  const fund = await loadFund(fundId);
  const made = Array.from({ length: 128 }, () => anOrder([line(fundId, "storm-east", 5_000)]));
  await Promise.all(made.map((order) => store.fundOrders.propose(order)));
  const outcomes = await Promise.all([
    ...made.map((order) => book(order)),
    ...Array.from({ length: 128 }, (_, index) => reserve(2_000 + index, fund)),
  ]);
  const won = outcomes.filter((outcome) => outcome === "booked" || outcome === "committed");
  expect(won).toHaveLength(64);
  expect(outcomes.filter((outcome) => outcome === "no_money")).toHaveLength(192);
  const left = await loadFund(fundId);
  expect(left.availableFen).toBe(0);
  const { grantedFen } = await loadFund("storm-east");
  expect(left.reservedFen + grantedFen).toBe(yuan(5_000 * 64));
  await expectSound(fundId, "storm-east");
}, 60_000);

test("an ordinary award leaves the reserve line in the fund, emergency relief may use it", async () => {
  const fundId = await fundWith("line", 6_000, { reserveLineFen: yuan(1_000.01) });
  const fund = await loadFund(fundId);
  expect(await reserve(601, fund)).toBe("no_money");
  expect(await reserve(602, fund, true)).toBe("committed");
  expect((await loadFund(fundId)).availableFen).toBe(yuan(1_000));
});

test("terms that changed since they were read keep an award from being reserved under the old ones", async () => {
  const fundId = await fundWith("terms", 10_000);
  const read = await loadFund(fundId);
  const terms = { ...plainTerms("CENTRAL"), reserveLineFen: yuan(6_000), useOrder: 7 };
  const order = anOrder([], { kind: "terms", opens: [{ id: fundId, terms }] });
  await store.fundOrders.propose(order);
  expect(await book(order)).toBe("booked");
  expect(await loadFund(fundId)).toMatchObject({
    ...terms,
    termsVersion: 1,
    availableFen: yuan(10_000),
  });
  expect(await reserve(611, read)).toBe("no_money");
  expect(await reserve(612, await loadFund(fundId), true)).toBe("committed");
  // A change made over terms that are not there any more is refused.
  const stale = anOrder([], { kind: "terms", opens: [{ id: fundId, terms }] });
  await store.fundOrders.propose(stale);
  const { opens, lines } = stale;
  expect(await store.fundOrders.book({ order: stale, lines, opens, funds: [read] }, decision)).toBe(
    "moved",
  );
  await expectSound(fundId);
});

test("an order opens a fund once, with its terms", async () => {
  const terms = {
    ...plainTerms("DONATION"),
    unitId: "east" as UnitId,
    year: 2026,
    earmark: { programmes: ["x"], categories: null, files: "filed" as const, purpose: "助学" },
  };
  const opens = [{ id: "donor-2026" as FundId, terms }];
  const first = anOrder([], { kind: "terms", opens });
  const second = anOrder([], { kind: "terms", opens });
  await store.fundOrders.propose(first);
  await store.fundOrders.propose(second);
  const asRead = (order: FundOrder) =>
    store.fundOrders.book({ order, lines: [], opens, funds: [] }, decision);
  expect([await asRead(first), await asRead(second)]).toEqual(["booked", "moved"]);
  expect(await loadFund("donor-2026")).toMatchObject({ ...terms, grantedFen: 0, open: true });
});

/** Books a close as it is booked at the desk, by what the funds hold when they are read. */
const bookClose = async (order: FundOrder, read: readonly Fund[]): Promise<BookOutcome> => {
  const lines = closingLinesNow(order.lines, read);
  const opens = openedByClose(lines, read);
  return store.fundOrders.book({ order, lines, opens, funds: read }, decision);
};

test("a close empties and closes the year's funds in one write, by the balances that were read", async () => {
  await fundWith("dues-2026", 6_000, { year: 2026 });
  await fundWith("gift-2026", 300, { year: 2026, carryOver: false });
  const stale = [await loadFund("dues-2026"), await loadFund("gift-2026")];
  expect(await reserve(701, await loadFund("dues-2026"))).toBe("committed");
  const order = anOrder([line("dues-2026", "dues-2027", 6_000), line("gift-2026", null, 300)], {
    kind: "close",
  });
  await store.fundOrders.propose(order);
  expect(await bookClose(order, stale)).toBe("moved");
  expect((await loadFund("gift-2026")).open).toBe(true);

  const read = [await loadFund("dues-2026"), await loadFund("gift-2026")];
  expect(await bookClose(order, read)).toBe("booked");
  expect(await loadFund("dues-2026")).toMatchObject({
    open: false,
    availableFen: 0,
    reservedFen: yuan(5_000),
    grantedFen: yuan(5_000),
  });
  expect(await loadFund("dues-2027")).toMatchObject({ availableFen: yuan(1_000), year: 2027 });
  expect(await loadFund("gift-2026")).toMatchObject({ open: false, grantedFen: 0 });
  expect((await store.fundOrders.get(order.id))?.lines).toEqual([
    line("dues-2026", "dues-2027", 1_000),
    line("gift-2026", null, 300),
  ]);
  expect(await reserve(702, await loadFund("dues-2026"))).toBe("no_money");
  await expectSound("dues-2026", "dues-2027", "gift-2026");
});

test("18 funds are closed and 18 opened in one transaction", async () => {
  const ids = Array.from({ length: 18 }, (_, index) => `many${index + 10}-2026`);
  for (const id of ids) await fundWith(id, 10, { year: 2026 });
  const read = await Promise.all(ids.map(loadFund));
  const order = anOrder(
    ids.map((id) => line(id, id.replace("2026", "2027"), 10)),
    { kind: "close" },
  );
  await store.fundOrders.propose(order);
  expect(await bookClose(order, read)).toBe("booked");
  const next = ids.map((id) => id.replace("2026", "2027"));
  expect((await Promise.all(next.map(loadFund))).every(({ open: isOpen }) => isOpen)).toBe(true);
  await expectSound(...ids, ...next);
});

test("orders that wait are listed the oldest first, decided ones the newest first, page by page", async () => {
  const at = (minutes: number) => addMinutes(monday, minutes);
  const made = [3, 1, 2].map((minutes) =>
    anOrder([line(null, "own", 1)], { kind: "income", proposedAt: at(minutes) }),
  );
  for (const order of made) await store.fundOrders.propose(order);
  const open = (await store.fundOrders.list("open", 500)).rows.map(({ id }) => id);
  const [third, first, second] = made.map(({ id }) => open.indexOf(id));
  expect([first, second, third].every((place) => (place ?? -1) >= 0)).toBe(true);
  expect((first ?? 0) < (second ?? 0) && (second ?? 0) < (third ?? 0)).toBe(true);
  const last = made[0];
  if (!last) throw new Error("three orders were made");
  await store.fundOrders.cancel(last.id, { by: checker, at: at(90_000) }, "x");
  const page = await store.fundOrders.list("done", 1);
  expect(page.rows.map(({ id }) => id)).toEqual([last.id]);
  const after = page.next;
  if (after === null) throw new Error("more orders were decided");
  expect((await store.fundOrders.list("done", 1, after)).rows[0]?.id).not.toBe(last.id);
  // A place that somebody made up, or that of the other list, begins anew.
  const other = Buffer.from('{"queueKey":"x"}').toString("base64url");
  const { next: ofOpen } = await store.fundOrders.list("open", 1);
  for (const place of ["x", "", "null", other, ofOpen ?? "x"]) {
    expect((await store.fundOrders.list("done", 1, place)).rows[0]?.id).toBe(last.id);
  }
});

test("a fund from before there were terms has those of its kind", async () => {
  const id = "former" as FundId;
  const { code, name, openedAt } = aFund(id, "SWN");
  const zero = { grantedFen: 0, availableFen: 0, reservedFen: 0, paidFen: 0 };
  await putRow(store.table, { ...fundListKey(id), code });
  await putRow(store.table, { ...fundKey(id), id, code, name, openedAt, open: true, ...zero });
  expect(await store.funds.get(id)).toEqual(aFund(id, "SWN"));
});
