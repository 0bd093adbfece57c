import { afterAll, beforeAll, expect, test } from "vitest";
import { instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { aPayingAccount } from "#test/support/bank.ts";
import { openFund } from "#test/support/disbursement-world.ts";
import { startStore } from "#test/support/store.ts";

let store: Awaited<ReturnType<typeof startStore>>;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const at = instant("2026-07-20T01:00:00Z");
const change = (number: number, accountName: string) => ({
  number,
  at,
  by: "ST0000ADMN" as StaffId,
  account: aPayingAccount({ accountName }),
});

test("a change stands on the fund and in its history, with balances and terms as they were", async () => {
  const fundId = await openFund({ funds: store.funds, clock: { now: () => at } }, "account", 100);
  const before = await store.funds.get(fundId);
  expect(before?.payingAccount).toBeNull();
  expect(await store.payingAccounts.changes(fundId)).toEqual([]);

  expect(await store.payingAccounts.set(fundId, change(1, "示例市总工会"))).toBe("committed");
  expect(await store.funds.get(fundId)).toEqual({
    ...before,
    payingAccount: aPayingAccount({ accountName: "示例市总工会" }),
  });
  expect(await store.payingAccounts.set(fundId, change(2, "示例市总工会专户"))).toBe("committed");
  expect(await store.payingAccounts.changes(fundId)).toEqual([
    change(1, "示例市总工会"),
    change(2, "示例市总工会专户"),
  ]);
});

test("of two changes of one number one wins, and the fund says what its history says", async () => {
  const fundId = await openFund({ funds: store.funds, clock: { now: () => at } }, "race", 100);
  const names = Array.from({ length: 8 }, (_one, index) => `账户${index}`);
  const outcomes = await Promise.all(
    names.map((name) => store.payingAccounts.set(fundId, change(1, name))),
  );
  expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
  const [only, ...others] = await store.payingAccounts.changes(fundId);
  expect(others).toEqual([]);
  expect((await store.funds.get(fundId))?.payingAccount).toEqual(only?.account);
});

test("an account of a fund that isn't there is nothing to be set", async () => {
  await expect(store.payingAccounts.set("nowhere" as never, change(1, "无"))).rejects.toThrow();
  expect(await store.payingAccounts.changes("nowhere" as never)).toEqual([]);
});
