import { afterAll, beforeAll, expect, test } from "vitest";
import {
  authoriseOrder,
  bookingProblem,
  freshOrderId,
  isAboveIn,
  proposalProblem,
  proposeOrder,
} from "#shared/casework/fund-orders.ts";
import { formulaInputs, fundsBelow } from "#shared/casework/allotment-inputs.ts";
import { fundClaimOf, mayUseReserve } from "#shared/casework/fund-claim.ts";
import { closingLines } from "#shared/domain/year-end.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { FundOrder } from "#shared/domain/fund-order.ts";
import { parseOrderId, type FundId, type StaffId, type UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, aFund, organisation } from "#test/support/cases.ts";
import { balancesOf, grantTo, startCaseworkWorld } from "#test/support/casework-world.ts";

type World = Awaited<ReturnType<typeof startCaseworkWorld>>;
let world: World;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const maker = "ST0000MAKE" as StaffId;
const checker = "ST0000CHEK" as StaffId;

const fund = (id: string, unitId: string | null): Fund => ({
  ...aFund(id, "UNION"),
  unitId: unitId as UnitId | null,
});

const loadOrder = async (id: string): Promise<FundOrder> => {
  const order = await world.uses.fundOrders.get(id);
  if (!order) throw new Error(`no order ${id}`);
  return order;
};

test("the city's own funds stand over all, an office's over those below it, and none over itself", () => {
  const isAbove = isAboveIn(organisation);
  const [city, east, spring, metal] = [
    fund("c", null),
    fund("e", "east"),
    fund("s", "spring"),
    fund("m", "metal"),
  ];
  expect([isAbove(city, east), isAbove(city, spring), isAbove(east, spring)]).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    [isAbove(east, city), isAbove(metal, spring), isAbove(spring, east), isAbove(city, city)].some(
      Boolean,
    ),
  ).toBe(false);
});

test("of an office and one beneath it the upper one is allotted to, and each office by one fund", () => {
  const city = fund("c", null);
  const below = fundsBelow(organisation, city, [
    city,
    fund("east", "east"),
    fund("east-2", "east"),
    fund("spring", "spring"),
    { ...fund("shut", "metal"), open: false },
    { ...fund("other-year", "metal"), year: 2025 },
    { ...fund("steel", "steel") },
  ]);
  expect(below.map(({ id }) => id)).toEqual(["east", "steel"]);
});

test("a formula looks at files that count today, and at L", async () => {
  await grantTo(world.uses, "formula", "CENTRAL", 1_000);
  await world.uses.funds.open({ ...aFund("formula-east"), unitId: "east" as UnitId });
  const from = await world.uses.funds.get("formula" as FundId);
  if (!from) throw new Error("the fund is open");
  const inputs = await formulaInputs(world.uses, from, yuan(100));
  expect(inputs).toMatchObject({ potFen: yuan(1_000), keptBackFen: yuan(100) });
  expect(inputs.shares).toMatchObject([
    { unitId: "east", toFundId: "formula-east", households: 0, livingStandardFen: yuan(1_062) },
  ]);
});

test("a close takes what is left when it is booked, whatever moved since it was proposed, and sweeps what is late", async () => {
  const { uses } = world;
  const id = await grantTo(uses, "late-2026", "UNION", 100);
  // The demo's helper opens funds without a year: this one gets its year by an order about its terms.
  const before = await uses.funds.get(id);
  if (!before) throw new Error("the fund is open");
  const termsId = freshOrderId(uses);
  expect(parseOrderId(termsId)).toBe(termsId);
  const none = { reason: "test", lines: [], opens: [], formula: null };
  await proposeOrder(
    uses,
    {
      ...none,
      kind: "terms",
      voucher: "T-1",
      opens: [{ id, terms: { ...before, year: 2026 } }],
    },
    { id: termsId, by: maker },
  );
  expect(await authoriseOrder(uses, await loadOrder(termsId), checker)).toBe("booked");

  const close = async (voucher: string) => {
    const orderId = freshOrderId(uses);
    const lines = closingLines(await uses.funds.all(), 2026);
    await proposeOrder(
      uses,
      { ...none, kind: "close", voucher, lines },
      { id: orderId, by: maker },
    );
    return orderId;
  };
  const first = await close("C-1");
  await grantTo(uses, "late-2026", "UNION", 23);
  expect(await authoriseOrder(uses, await loadOrder(first), maker)).toBe("own_order");
  expect(await authoriseOrder(uses, await loadOrder(first), checker)).toBe("booked");
  expect(await authoriseOrder(uses, await loadOrder(first), checker)).toBe("already_booked");
  expect((await balancesOf(uses, "late-2027")).available).toBe(123);
  expect(await balancesOf(uses, "late-2026")).toMatchObject({ available: 0, fault: null });

  // Money that comes back after the close is swept by closing again, into the fund that is there.
  await grantTo(uses, "late-2026", "UNION", 7);
  const second = await close("C-2");
  expect(await authoriseOrder(uses, await loadOrder(second), checker)).toBe("booked");
  expect((await balancesOf(uses, "late-2027")).available).toBe(130);
  expect(closingLines(await uses.funds.all(), 2026)).toEqual([]);
});

test("what is wrong with an order is told when it is proposed, and again before it is authorised", async () => {
  const { uses } = world;
  await grantTo(uses, "told", "SWN", 10);
  const lines = [{ fromFundId: "told" as FundId, toFundId: null, amountFen: yuan(11) }];
  expect(await proposalProblem(uses, { kind: "return", lines })).toBe("not_enough");
  expect(await proposalProblem(uses, { kind: "close", lines: [] })).toBe("no_lines");
  expect(await proposalProblem(uses, { kind: "terms", lines: [] })).toBeNull();
  const id = freshOrderId(uses);
  const order = { kind: "return", voucher: "W-1", reason: "x", lines, opens: [], formula: null };
  await proposeOrder(uses, { ...order, kind: "return" }, { id, by: maker });
  const proposed = await loadOrder(id);
  expect(await bookingProblem(uses, proposed, await uses.funds.all())).toBe("not_enough");
  expect(await authoriseOrder(uses, proposed, checker)).toBe("no_money");
});

test("a case claims on its office, the decision's year, and the reserve only with a fast track", async () => {
  const { uses } = world;
  const application = aCase(900, { fundOrder: ["CENTRAL"] });
  const limited = {
    ...aFund("limited"),
    limits: { perAwardMaxFen: null, perPersonYearMaxFen: yuan(1) },
  };
  const claim = await fundClaimOf(uses, application, [limited]);
  expect(claim).toMatchObject({ year: 2026, mayUseReserve: false, personYearFen: {} });
  expect(mayUseReserve({ ...application, programmeId: "emergency" })).toBe(true);
});
