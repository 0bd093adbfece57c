import { afterAll, beforeAll, expect, test } from "vitest";
import { payeesOf } from "#shared/casework/payees.ts";
import {
  openFund,
  reserveCase,
  sendBatch,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";

let world: DisbursementWorld;

beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

test("the payees of a batch come by reference, each as one by one", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "payees", 100_000);
  const cases = [
    await reserveCase(uses, fundId, { applicantName: "王一" }),
    await reserveCase(uses, fundId, { applicantName: "王二" }),
  ];
  const { id } = await sendBatch(uses, fundId);
  const items = await uses.batches.items(id);
  const payees = await payeesOf(uses, items);
  expect([...payees.values()].map(({ name }) => name).toSorted()).toEqual(["王一", "王二"]);
  for (const item of items) {
    const { salt } = cases.find((one) => one.id === item.applicationId)!;
    expect(payees.get(item.reference)).toEqual(await uses.batches.payee(item, salt));
  }
  // Without its case's salt nobody reads a payee any more.
  await expect(uses.batches.payees(items, new Map())).rejects.toThrow();
});
