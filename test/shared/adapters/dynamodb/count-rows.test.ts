import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { countRows } from "#shared/adapters/dynamodb/count-rows.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

test("rows of a list are counted over as many pages as there are, and no others", async () => {
  // Rows of 8 KB: more than a page of the index.
  const text = "x".repeat(8_000);
  const put = (queueKey: string, index: number): Promise<boolean> => {
    const key = { PK: `${queueKey}-${index}`, SK: "S" };
    return putRow(store.table, { ...key, text, queueKey, queueSort: `day${index % 2}` });
  };
  await Promise.all(Array.from({ length: 300 }, (_, index) => put("counted", index)));
  await put("other", 1);
  const counted = (from: string): Promise<number> =>
    countRows(store.table, {
      IndexName: "queue",
      KeyConditionExpression: "queueKey = :list AND queueSort >= :from",
      values: { ":list": "counted", ":from": from },
    });
  expect(await counted("day0")).toBe(300);
  expect(await counted("day1")).toBe(150);
  expect(await counted("day2")).toBe(0);
});
