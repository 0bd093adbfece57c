import { afterAll, beforeAll, expect, test } from "vitest";
import { lateReturnsIn } from "#shared/adapters/dynamodb/late-returns.ts";
import { paymentHoldsIn } from "#shared/adapters/dynamodb/payment-holds.ts";
import type { LateReturn } from "#shared/domain/disbursement.ts";
import type { PaymentHold } from "#shared/domain/payment-hold.ts";
import { anItem, checker, maker, monday } from "#test/support/disbursement.ts";
import { startStore } from "#test/support/store.ts";

let store: Awaited<ReturnType<typeof startStore>>;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const hold: PaymentHold = {
  id: "aaaaaaaaaaaaaaaaaaaaaa",
  subject: { kind: "programme", programmeId: "golden-autumn" },
  by: maker,
  at: monday,
  reason: "王某反映的情况待核实",
  release: null,
};

test("a hold is put once, its words are sealed, and only another person releases it, once", async () => {
  const holds = paymentHoldsIn(store.table, store.vault);
  expect(await Promise.all([1, 2, 3].map(() => holds.putPaymentHold(hold)))).toContain(true);
  expect(await holds.paymentHolds()).toEqual([hold]);
  const release = { at: monday, words: "已核实" };
  expect(await holds.releasePaymentHold(hold, { ...release, by: maker })).toBe(false);
  const tries = await Promise.all(
    [1, 2].map(() => holds.releasePaymentHold(hold, { ...release, by: checker })),
  );
  expect(tries.toSorted()).toEqual([false, true]);
  expect(await holds.paymentHolds()).toEqual([{ ...hold, release: { ...release, by: checker } }]);
});

test("that a payment came back is said of a paid item only", async () => {
  const returns = lateReturnsIn(store.table, store.vault);
  const said: LateReturn = { voucher: "V", failureCode: "other", by: maker, at: monday };
  expect(await returns.noteLateReturn(anItem(404), said)).toBe(false);
  expect(await returns.dropLateReturn(anItem(404), said)).toBe(false);
});
