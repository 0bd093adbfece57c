import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromItem, putRow, queryPage, type Table } from "#shared/adapters/dynamodb/client.ts";
import { readPlainly } from "#shared/adapters/dynamodb/plain-reads.ts";
import { getRows } from "#shared/adapters/dynamodb/rows-by-key.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
let plain: Table;

const row = (number: number) => ({
  PK: "PLAIN",
  SK: `ROW#${number}`,
  text: "款",
  number: -12,
  yes: true,
  bytes: new Uint8Array([0, 1, 254, 255]),
  list: ["a", 2, { inner: null }],
});

beforeAll(async () => {
  store = await startStore();
  const { config } = store.table.client;
  const client = new DynamoDBClient({
    endpoint: config.endpoint!,
    region: config.region,
    credentials: config.credentials,
  });
  readPlainly(client);
  plain = { name: store.table.name, client };
  for (const number of [1, 2, 3]) await putRow(plain, row(number));
});

afterAll(async () => {
  plain.client.destroy();
  await store.stop();
});

const query = (table: Table, after?: string) =>
  queryPage(table, {
    KeyConditionExpression: "PK = :pk",
    values: { ":pk": "PLAIN" },
    Limit: 2,
    ...(after === undefined ? {} : { after }),
  });

test("rows read plainly are the rows that the SDK reads, page by page", async () => {
  const [first, theirs] = [await query(plain), await query(store.table)];
  expect(first).toEqual(theirs);
  expect(first.rows).toEqual([row(1), row(2)]);
  expect(first.rows[0]?.["bytes"]).toBeInstanceOf(Uint8Array);
  const rest = await query(plain, first.next!);
  expect(rest).toEqual({ rows: [row(3)], next: null });
});

test("many rows by key, too, and one by one as ever", async () => {
  const keys = [1, 2, 9].map((number) => ({ PK: "PLAIN", SK: `ROW#${number}` }));
  const rows = await getRows(plain, keys);
  expect(rows.toSorted((a, b) => String(a["SK"]).localeCompare(String(b["SK"])))).toEqual([
    row(1),
    row(2),
  ]);
  const { Item } = await plain.client.send(
    new GetItemCommand({ TableName: plain.name, Key: { PK: { S: "PLAIN" }, SK: { S: "ROW#3" } } }),
  );
  expect(fromItem(Item!)).toEqual(row(3));
});

test("an error is the SDK's own", async () => {
  const asked = new QueryCommand({
    TableName: "nowhere",
    KeyConditionExpression: "PK = :pk",
    ExpressionAttributeValues: { ":pk": { S: "x" } },
  });
  await expect(plain.client.send(asked)).rejects.toThrow(ResourceNotFoundException);
});
