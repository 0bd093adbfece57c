import { noAdditions } from "#shared/kernel/calendar.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBatchStore } from "#shared/adapters/dynamodb/batch-store.ts";
import { rowsUnder } from "#shared/adapters/dynamodb/client.ts";
import type { Application } from "#shared/domain/application.ts";
import { moveBatch } from "#shared/domain/disbursement.ts";
import { enterBatch, settlePaid } from "#shared/domain/settlement.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import {
  cardOf,
  createBatch,
  faultOf,
  loadBatch,
  loadCase,
  openFund,
  reserveCase,
  startDisbursementWorld,
  type DisbursementWorld,
} from "#test/support/disbursement-world.ts";
import { checker, maker, monday } from "#test/support/disbursement.ts";

let world: DisbursementWorld;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const payee = { name: "王甲", bankName: "示例银行", cardNumber: cardOf(1) };

test("a batch is kept as it was written, and a stale writer is refused", async () => {
  const { uses } = world;
  const batch = await createBatch(uses, await openFund(uses, "kept", 1));

  const store = createBatchStore(uses.table, uses.vault);
  expect(await store.get(batch.id)).toEqual(batch);
  const moved = moveBatch(batch, { type: "assembled", at: monday, by: null });
  if (moved.kind === "refused") throw new Error(moved.code);
  expect(await uses.batches.update(batch, moved.batch)).toBe(true);
  expect(await uses.batches.update(batch, moved.batch)).toBe(false);
  expect(await loadBatch(uses, batch.id)).toEqual(moved.batch);
  expect(await uses.batches.create(batch)).toBe("taken");
});

test("the store itself refuses a maker as checker, whatever the code before it let through", async () => {
  const { uses } = world;
  const batch = await createBatch(uses, await openFund(uses, "own", 1));

  expect(await uses.batches.update(batch, { ...batch, version: 2, checkerId: maker })).toBe(false);
  expect(await uses.batches.update(batch, { ...batch, version: 2, checkerId: checker })).toBe(true);
});

test("one case enters one batch, however many try at the same time", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "one", 10_000);
  const application = await reserveCase(uses, fundId);
  const batches = await Promise.all([1, 2, 3, 4].map(() => createBatch(uses, fundId)));

  const outcomes = await Promise.all(
    batches.map((batch) => {
      const entered = enterBatch(application, batch, monday);
      if (!entered) throw new Error("the case is payable");
      return uses.batches.addItems(batch.id, [{ ...entered, payee }]);
    }),
  );

  expect(outcomes.flat().toSorted()).toEqual(["committed", "stale", "stale", "stale"]);
  const items = await Promise.all(batches.map(({ id }) => uses.batches.items(id)));
  expect(items.flat()).toHaveLength(1);
});

test("count and sum rise with the items, and nothing enters a batch that is fixed", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "fixed", 50_000);
  const batch = await createBatch(uses, fundId);
  const first = await reserveCase(uses, fundId);
  const second = await reserveCase(uses, fundId);
  const entries = [first, second].map((application) => {
    const entered = enterBatch(application, batch, monday);
    if (!entered) throw new Error("the case is payable");
    return { ...entered, payee };
  });

  expect(await uses.batches.addItems(batch.id, entries.slice(0, 1))).toEqual(["committed"]);
  const filled = await loadBatch(uses, batch.id);
  expect(filled).toMatchObject({ count: 1, sumFen: 500_000, version: 2 });

  const fixed = moveBatch(filled, { type: "assembled", at: monday, by: null });
  if (fixed.kind === "refused") throw new Error(fixed.code);
  expect(await uses.batches.update(filled, fixed.batch)).toBe(true);
  expect(await uses.batches.addItems(batch.id, entries.slice(1))).toEqual(["stale"]);
  expect((await loadCase(uses, second.id)).status).toBe("reserved");
});

test("a stale case doesn't keep the others of its transaction out", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "stale", 200_000);
  const cases: Application[] = [];
  for (let number = 0; number < 26; number += 1) cases.push(await reserveCase(uses, fundId));
  const [first, second] = [await createBatch(uses, fundId), await createBatch(uses, fundId)];
  const entriesOf = (batch: typeof first, chosen: typeof cases) =>
    chosen.map((application) => {
      const entered = enterBatch(application, batch, monday);
      if (!entered) throw new Error("the case is payable");
      return { ...entered, payee };
    });

  await uses.batches.addItems(first.id, entriesOf(first, [cases[3]!, cases[25]!]));
  const outcomes = await uses.batches.addItems(second.id, entriesOf(second, cases));

  expect(outcomes.filter((outcome) => outcome === "stale")).toHaveLength(2);
  expect([outcomes[3], outcomes[25]]).toEqual(["stale", "stale"]);
  expect(await loadBatch(uses, second.id)).toMatchObject({ count: 24, sumFen: 24 * 500_000 });
});

test("a payment is posted once, with the fund's balances in the same write", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "posted", 10_000);
  const batch = await createBatch(uses, fundId);
  const entered = enterBatch(await reserveCase(uses, fundId), batch, monday);
  if (!entered) throw new Error("the case is payable");
  await uses.batches.addItems(batch.id, [{ ...entered, payee }]);
  const application = await loadCase(uses, entered.item.applicationId);
  const word = { batch, returnKey: "r.csv", line: 2, at: uses.clock.now() };
  const settlement = settlePaid(application, entered.item, word, {
    finalNotice: "none",
    noticeWorkingDays: 5,
    fastTrack: null,
    calendar: noAdditions,
  });
  if (!settlement) throw new Error("the case is in the batch");

  const outcomes = await Promise.all(
    [1, 2, 3].map(() => uses.batches.settle([settlement], fundId)),
  );

  expect(outcomes.flat().toSorted()).toEqual(["committed", "stale", "stale"]);
  expect(await uses.funds.get(fundId)).toMatchObject({
    availableFen: 500_000,
    reservedFen: 0,
    paidFen: 500_000,
  });
  expect(await faultOf(uses, fundId)).toBeNull();
  const [item] = await uses.batches.items(batch.id);
  expect(item).toMatchObject({ status: "paid", settledBy: "r.csv#2" });
  expect(await uses.batches.postedFen([item!])).toBe(500_000);
});

test("the payee opens with the case's salt only, and no row holds it in the clear", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "sealed", 10_000);
  const batch = await createBatch(uses, fundId);
  const application = await reserveCase(uses, fundId);
  const entered = enterBatch(application, batch, monday);
  if (!entered) throw new Error("the case is payable");
  await uses.batches.addItems(batch.id, [{ ...entered, payee }]);

  expect(await uses.batches.payee(entered.item, application.salt)).toEqual(payee);
  await expect(uses.batches.payee(entered.item, "another")).rejects.toThrow();
  const rows = JSON.stringify(await rowsUnder(uses.table, `BATCH#${batch.id}`, ""));
  expect(rows).toContain(entered.item.reference);
  expect(rows).not.toContain(payee.cardNumber);
  expect(rows).not.toContain(payee.name);
});

test("waits are kept sealed and by kind, exceptions once for each line, and batches are listed newest first", async () => {
  const { uses } = world;
  const fundId = await openFund(uses, "listed", 1);
  const batch = await createBatch(uses, fundId);
  await uses.batches.putWait(batch.id, "authorisation", "token-1");
  await uses.batches.putWait(batch.id, "bank_return", "token-2");
  await uses.batches.putWait(batch.id, "bank_return", "token-3");
  const line = { line: 7, code: "amount_mismatch", reference: "SN0000000001-1" } as const;
  await uses.batches.putExceptions(batch.id, "batches/x/returns/1.csv", [line]);
  await uses.batches.putExceptions(batch.id, "batches/x/returns/1.csv", [line]);

  expect(await uses.batches.wait(batch.id, "authorisation")).toBe("token-1");
  expect(await uses.batches.wait(batch.id, "bank_return")).toBe("token-3");
  expect(await uses.batches.exceptions(batch.id)).toEqual([
    { ...line, returnKey: "batches/x/returns/1.csv", answer: null },
  ]);
  expect((await uses.batches.list("open", 100)).map(({ id }) => id)).toContain(batch.id);

  const empty = moveBatch(batch, { type: "found_empty", at: monday, by: "x" as StaffId });
  if (empty.kind === "refused") throw new Error(empty.code);
  await uses.batches.update(batch, empty.batch);
  expect((await uses.batches.list("open", 100)).map(({ id }) => id)).not.toContain(batch.id);
  expect((await uses.batches.list("done", 100)).map(({ id }) => id)).toContain(batch.id);
});
