/** Money of a year from its source to the next year: in, down by formula, out to a household, closed, carried over. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, caseOf, decideAt, linkOf, startCity } from "#test/support/city.ts";
import { postAsIs, signIn } from "#test/support/desk.ts";
import {
  authoriseOrderAtDesk,
  bringIn,
  orderByHand,
  orderIdOn,
  sendOrder,
} from "#test/support/fund-orders.ts";
import { balancesOf, endNotice, expectBooksFit, payOut, statusOf } from "#test/support/journey.ts";

let city: Embedded;
let maker: Visitor;
let checker: Visitor;
beforeAll(async () => {
  city = await startCity();
});
/** A session lasts for hours, and a journey for months. */
const signInBoth = async (): Promise<void> => {
  maker = await signIn(city, "admin");
  checker = await signIn(city, "authoriser");
};
beforeEach(signInBoth);
afterAll(() => city.stop());

const terms = (id: string, changes: Readonly<Record<string, string>> = {}) => ({
  id,
  nameZh: `${id} 助学资金`,
  nameEn: `${id} schooling`,
  source: "central",
  unit: "",
  year: "2026",
  useOrder: "1",
  carryOver: "yes",
  "programme_golden-autumn": "yes",
  files: "filed",
  ...changes,
});

let papers = 0;

/** Opens a fund as two people do. */
const openFund = async (id: string, changes: Readonly<Record<string, string>> = {}) => {
  const voucher = `设〔2026〕${(papers += 1)}号`;
  const fields = { ...terms(id, changes), voucher };
  const proposed = await sendOrder(maker, paths.desk("funds", "terms"), fields);
  return authoriseOrderAtDesk(checker, orderIdOn(proposed));
};

const transfersOf = async (id: string): Promise<readonly Transfer[]> => {
  const found: Transfer[] = [];
  for await (const one of city.dependencies.funds.transfers(id as FundId, "2026-07", "2027-12")) {
    found.push(one);
  }
  return found;
};

test("money in, down by formula, out of the earmarked fund, closed and carried over: the books fit throughout", async () => {
  await openFund("edu-2026");
  await openFund("edu-east-2026", { unit: "chengdong" });
  await openFund("edu-west-2026", { unit: "chengxi" });
  const applied = await applyWith(city, "golden-autumn");
  await bringIn({ maker, checker }, "edu-2026", "财〔2026〕1号", "40000");

  // By formula: what is kept back stays, the rest goes by the households on file.
  const formula = `${paths.desk("funds", "formula")}?fund=edu-2026&kept=10000`;
  const shown = wordsOf((await maker.get(formula)).html);
  expect(shown).toContain("在档户数");
  const proposed = await sendOrder(maker, formula, { voucher: "下〔2026〕1号" });
  const orderId = orderIdOn(proposed);
  expect(wordsOf(proposed.html)).toContain("结果一致");
  expect((await balancesOf(city, "edu-2026")).availableFen).toBe(yuan(40_000));
  await authoriseOrderAtDesk(checker, orderId);
  const order = await city.dependencies.fundOrders.get(orderId);
  const households = order?.formula?.shares.map((share) => share.households) ?? [];
  const all = households.reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(0);
  const east = await balancesOf(city, "edu-east-2026");
  const west = await balancesOf(city, "edu-west-2026");
  expect(east.grantedFen + west.grantedFen).toBe(yuan(30_000));
  expect(Math.abs(east.grantedFen - (yuan(30_000) * (households[0] ?? 0)) / all)).toBeLessThan(100);
  expect(await balancesOf(city, "edu-2026")).toMatchObject({ grantedFen: yuan(10_000) });

  // The award comes out of the fund whose earmark fits; the west's is passed over, and the approver sees why.
  await decideAt(city, applied, "station");
  const link = await linkOf(city, applied, "district");
  const page = wordsOf((await maker.get(new URL(link).pathname)).html);
  expect(page).toMatch(/按现在的余额，由这项资金列支： ?edu-2026 助学资金/u);
  await decideAt(city, applied, "district");
  await endNotice(city, applied);
  expect(await caseOf(city, applied)).toMatchObject({ fundId: "edu-2026", status: "reserved" });

  // The year ends with the award still reserved: it is paid all the same, and the rest is carried over.
  await signInBoth();
  const close = await sendOrder(maker, `${paths.desk("funds", "year-end")}?year=2026`, {
    voucher: "结〔2026〕1号",
  });
  await authoriseOrderAtDesk(checker, orderIdOn(close));
  const awarded = (await caseOf(city, applied)).amountFen;
  expect(await balancesOf(city, "edu-2026")).toMatchObject({
    availableFen: 0,
    reservedFen: awarded,
  });
  expect((await city.dependencies.funds.get("edu-2027" as FundId))?.year).toBe(2027);
  expect((await balancesOf(city, "edu-2027")).availableFen).toBe(yuan(10_000) - awarded);
  await payOut(city, "edu-2026");
  expect(await statusOf(city, applied)).toBe("paid");
  expect(await balancesOf(city, "edu-2026")).toMatchObject({ reservedFen: 0, paidFen: awarded });

  const ids = ["edu-2026", "edu-east-2026", "edu-west-2026"];
  const moved = (
    await Promise.all([...ids, ...ids.map((id) => id.replace("2026", "2027"))].map(transfersOf))
  ).flat();
  const sum = (kind: string): number =>
    moved.reduce((total, one) => total + (one.kind === kind ? one.amountFen : 0), 0);
  expect(sum("allot_in")).toBe(sum("allot_out"));
  await expectBooksFit(city, [applied]);
});

test("nobody authorises what they ordered, also not by a post of their own; withdrawn, it is over", async () => {
  const proposed = await orderByHand(maker, "return", "union", { voucher: "退-1", amount: "5" });
  const id = orderIdOn(proposed);
  expect(proposed.forms.some(({ action }) => action.endsWith("/authorise"))).toBe(false);
  const address = paths.desk("funds", "orders", id, "authorise");
  expect((await postAsIs(maker, address, {})).status).toBe(403);

  const nothing = await maker.send(proposed, formTo(proposed, "/cancel"), { cancelReason: " " });
  expect(nothing.status).toBe(422);
  const over = await maker.send(proposed, formTo(proposed, "/cancel"), { cancelReason: "填错" });
  expect(wordsOf(over.html)).toContain("已撤销");
  expect((await postAsIs(checker, address, {})).status).toBe(409);
  await expectBooksFit(city, []);
});

test("an order for more than is available, and terms that can't be read, come back with what was typed", async () => {
  const page = await orderByHand(maker, "return", "union", { voucher: "退-2", amount: "99999999" });
  expect(page.status).toBe(422);
  expect(wordsOf(page.html)).toContain("可用余额不够");
  expect(Object.fromEntries(formTo(page, "/orders/new").fields)).toMatchObject({
    voucher: "退-2",
    amount: "99999999",
  });
  for (const [field, typed, says] of [
    ["id", "Ünion", "资金编号请用小写字母"],
    ["id", "union", "这个编号已有资金"],
    ["nameZh", "", "请填名称"],
    ["source", "elsewhere", "请选择资金来源"],
    ["unit", "nowhere", "请从列表中选择单位"],
    ["year", "26", "年度请填四位数字"],
    ["perAward", "1,000", "金额请填数字"],
    ["useOrder", "0", "使用次序请填1到999"],
  ] as const) {
    const answer = await sendOrder(maker, paths.desk("funds", "terms"), {
      ...terms("fresh"),
      voucher: "设-9",
      [field]: typed,
    });
    expect(answer.status, field).toBe(422);
    expect(wordsOf(answer.html), field).toContain(says);
    const kept = Object.fromEntries(formTo(answer, "/terms").fields);
    // A choice that was never offered can't be shown as chosen.
    if (field !== "source" && field !== "unit") expect(kept[field], field).toBe(typed);
  }
});
