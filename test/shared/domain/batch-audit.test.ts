import { expect, test } from "vitest";
import { batchFindings, paymentOf, type BatchLook } from "#shared/domain/batch-audit.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aBatch, aReservedCase, anItem, checker, maker } from "#test/support/disbursement.ts";
import type { BatchId } from "#shared/kernel/ids.ts";

const { id: batchId } = aBatch();

const paidItem = anItem(1, { status: "paid" });
const readyItem = anItem(2);
const cases = new Map(
  [
    aReservedCase(1, { status: "paid", batchId }),
    aReservedCase(2, { status: "batched", batchId }),
  ].map((one) => [one.id, { ...one, amountFen: yuan(5000) }] as const),
);

const look = (changes: Partial<BatchLook> = {}): BatchLook => ({
  batch: aBatch({
    status: "sent",
    makerId: maker,
    checkerId: checker,
    count: 2,
    sumFen: yuan(10_000),
    fileKey: "batches/x.csv",
    fileSha256: "hash",
    itemsSha256: "lock",
  }),
  items: [paidItem, readyItem],
  cases,
  postedFen: new Map([[paymentOf(paidItem), yuan(5000)]]),
  lockSha256: "lock",
  ...changes,
});

const codes = (changes: Partial<BatchLook>): readonly string[] =>
  batchFindings(look(changes)).map(({ code }) => code);

test("a batch in which all agree has no finding", () => {
  expect(batchFindings(look())).toEqual([]);
});

test("each thing that can be wrong with a batch has its own name", () => {
  const { batch } = look();
  const wrong: readonly (readonly [string, Partial<BatchLook>])[] = [
    ["batch_count", { batch: { ...batch, count: 3 } }],
    ["batch_sum", { batch: { ...batch, sumFen: yuan(1) } }],
    ["batch_file", { batch: { ...batch, fileSha256: null } }],
    ["batch_lock", { lockSha256: "another" }],
    ["batch_people", { batch: { ...batch, checkerId: maker } }],
    ["batch_people", { batch: { ...batch, checkerId: null } }],
    ["batch_open_item", { batch: { ...batch, status: "closed" } }],
    ["item_transfer", { postedFen: new Map() }],
    ["item_transfer", { postedFen: new Map([[paymentOf(paidItem), yuan(1)]]) }],
  ];
  for (const [code, changes] of wrong) expect(codes(changes), code).toEqual([code]);
});

test("an item whose case stands elsewhere, in another batch, or at another amount is found", () => {
  const withCase = (changes: Parameters<typeof aReservedCase>[1]) => {
    const changed = aReservedCase(2, {
      status: "batched",
      batchId,
      amountFen: yuan(5000),
      ...changes,
    });
    return codes({ cases: new Map([...cases, [changed.id, changed]]) });
  };
  expect(withCase({ status: "reserved" })).toEqual(["item_differs"]);
  expect(withCase({ batchId: "B20260101-000000" as BatchId })).toEqual(["item_twice"]);
  expect(withCase({ amountFen: yuan(4000) })).toEqual(["item_differs"]);
});

test("a payment in two batches is found by the one its case doesn't name; an advance that was left behind isn't", () => {
  const elsewhere = aReservedCase(1, { status: "paid", batchId: "B20260101-000000" as BatchId });
  expect(codes({ cases: new Map([...cases, [elsewhere.id, elsewhere]]) })).toEqual(["item_twice"]);
  const later = aReservedCase(1, { status: "in_approval", batchId: null, cycle: 2 });
  expect(codes({ cases: new Map([...cases, [later.id, later]]) })).toEqual([]);
});

test("one payment under two references of one batch is found", () => {
  const twice = [paidItem, { ...paidItem, reference: "x-2" }];
  expect(codes({ items: twice })).toContain("item_twice");
});

test("what came back later was paid all the same; what is void or failed asks for nothing", () => {
  expect(codes({ items: [{ ...paidItem, status: "returned" }, readyItem] })).toEqual([]);
  const gone = [
    { ...paidItem, status: "voided" as const },
    { ...readyItem, status: "failed" as const },
  ];
  expect(codes({ items: gone, cases: new Map(), postedFen: new Map() })).toEqual([]);
});

test("of one batch no more is told than somebody reads", () => {
  const items = Array.from({ length: 50 }, (_, number) => anItem(number));
  expect(batchFindings(look({ items, cases: new Map() }))).toHaveLength(20);
});
