import { afterAll, beforeAll, expect, test } from "vitest";
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { putRow, type Table } from "#shared/adapters/dynamodb/client.ts";
import { getRows, rowsAtOnceMax } from "#shared/adapters/dynamodb/rows-by-key.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const key = (number: number) => ({ PK: `ROW#${number}`, SK: "R" });

test("rows are read by key, as many as one read takes; those that aren't there are left out", async () => {
  for (let number = 0; number < 99; number += 1) {
    await putRow(store.table, { ...key(number), number });
  }
  const keys = Array.from({ length: rowsAtOnceMax }, (_, number) => key(number));
  const rows = await getRows(store.table, keys);
  expect(rows.map((row) => row["number"] as number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 99 }, (_, number) => number),
  );
  expect(await getRows(store.table, [])).toEqual([]);
});

/** A table under load: it answers one key at a time, or none at all. */
const busy = (answersOne: boolean): Table =>
  ({
    ...store.table,
    client: {
      send: async (command: BatchGetItemCommand) => {
        const asked = command.input.RequestItems?.[store.table.name]?.Keys ?? [];
        const taken = answersOne ? asked.slice(0, 1) : [];
        const left = asked.slice(taken.length);
        const answer =
          taken.length === 0
            ? { Responses: {} }
            : await store.table.client.send(
                new BatchGetItemCommand({ RequestItems: { [store.table.name]: { Keys: taken } } }),
              );
        const UnprocessedKeys = left.length === 0 ? {} : { [store.table.name]: { Keys: left } };
        return { ...answer, UnprocessedKeys };
      },
    },
  }) as unknown as Table;

test("what the table left out under load is read again, and a table that answers nothing is an error", async () => {
  const rows = await getRows(busy(true), [key(1), key(2), key(3)]);
  expect(rows.map((row) => row["number"])).toEqual([1, 2, 3]);
  await expect(getRows(busy(false), [key(1)])).rejects.toThrow(/no reads/u);
});
