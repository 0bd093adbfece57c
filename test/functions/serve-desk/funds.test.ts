import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { startCity } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { bringIn, orderByHand } from "#test/support/fund-orders.ts";
import { faultOf, loadCase, openFund, reserveCase } from "#test/support/disbursement-world.ts";

let city: Embedded;
let admin: Visitor;
let authoriser: Visitor;
let officer: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
  authoriser = await signIn(city, "authoriser");
  officer = await signIn(city, "finance");
});
afterAll(() => city.stop());

/** Money in, as one orders it; the form comes back when something is wrong with it. */
const order = (fundId: string, voucher: string, amount: string) =>
  orderByHand(admin, "income", fundId, { voucher, amount });

/** The same, authorised by the second person. */
const grant = (fundId: string, voucher: string, amount: string) =>
  bringIn({ maker: admin, checker: authoriser }, fundId, voucher, amount);

test("money coming in is booked once for its voucher, and shows in the ledger", async () => {
  const fundId = await openFund(city.dependencies, "grants", 100);
  expect((await grant(fundId, "拨款〔2026〕12号", "50000.25")).status).toBe(200);
  const booked = await officer.get(paths.desk("funds", fundId));
  // The ledger runs from the month's opening to what the fund now holds.
  expect(wordsOf(booked.html)).toContain("拨款〔2026〕12号 +50,000.25 50,100.25 0.00 0.00");
  expect(wordsOf(booked.html)).toContain("月末 50,100.25 0.00 0.00");
  expect(wordsOf(booked.html)).toContain("人民币伍万零壹佰元贰角伍分");

  const again = await grant(fundId, "拨款〔2026〕12号", "50000.25");
  expect(again.status).toBe(409);
  expect(await city.dependencies.funds.get(fundId)).toMatchObject({
    grantedFen: 5_010_025,
    availableFen: 5_010_025,
  });
  expect(await faultOf(city.dependencies, fundId)).toBeNull();
});

test.each([
  "0",
  "-1",
  "1e9",
  "0.001",
  "NaN",
  "１００",
  "1,000",
  "9007199254740992",
  "Infinity",
  "",
])(
  "an amount typed as %j is sent back with what was typed, and nothing is booked",
  async (amount) => {
    const page = await order("union", "V-1", amount);
    expect(page.status).toBe(422);
    expect(wordsOf(page.html)).toContain("50000.00");
    const kept = Object.fromEntries(formTo(page, "/orders/new").fields);
    expect(kept).toMatchObject({ voucher: "V-1", amount });
  },
);

test("each fund shows what it holds, is for and moved this month; another month's ledger is empty", async () => {
  const fundId = await openFund(city.dependencies, "shown", 1_000);
  const list = wordsOf((await officer.get(paths.desk("funds"))).html);
  expect(list).toContain("拨入＝可用＋已预留＋已发放");
  expect(list).toContain(
    "shown 工会经费 · 市总工会（全市） 已发放 0.00 元 已预留 0.00 元 可用 1,000.00 元 累计拨入 1,000.00 元 本月变动 拨入 1,000.00 元 ×1",
  );
  const before = await officer.get(`${paths.desk("funds", fundId)}?month=2026-06`);
  expect(wordsOf(before.html)).toContain("账目 2026-06");
  expect(wordsOf(before.html)).toContain("这个月没有账目。");
  for (const month of ["2026-13", "<b>", "9999-99"]) {
    const asked = `${paths.desk("funds", fundId)}?month=${encodeURIComponent(month)}&page=-7`;
    expect(wordsOf((await officer.get(asked)).html)).toContain("账目 2026-07");
  }
});

test("a voucher number that is none is sent back, markup and all, as text", async () => {
  const page = await order("union", "<img src=x onerror=alert(1)>", "5");
  expect(page.status).toBe(422);
  expect(page.html).not.toContain("<img");
  expect((await order("union", "", "5")).status).toBe(422);
  expect((await order("union", "=1+1", "5")).status).toBe(422);
});

test("cases that wait for money have it as soon as it is booked, the longest waiting first", async () => {
  const { cases } = city.dependencies;
  const fundId = await openFund(city.dependencies, "waiting", 0.01);
  const reserved = await reserveCase(
    city.dependencies,
    await openFund(city.dependencies, "w2", 9_000),
  );
  const waiting = { ...reserved, version: 3, status: "waiting_for_funds" as const, fundId: null };
  const event = {
    applicationId: reserved.id,
    version: 3,
    type: "approved_without_funds" as const,
    from: "reserved" as const,
    to: "waiting_for_funds" as const,
    at: city.clock.now(),
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  await cases.commit({ step: { before: reserved, after: { ...waiting, cycle: 2 }, event } });
  expect((await loadCase(city.dependencies, reserved.id)).status).toBe("waiting_for_funds");

  await grant(fundId, "G-9", "6000");
  const moved = await loadCase(city.dependencies, reserved.id);
  expect(["reserved", "public_notice"]).toContain(moved.status);
  expect(moved.fundId).not.toBeNull();
  expect(await faultOf(city.dependencies, moved.fundId as FundId)).toBeNull();
});
