import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { ensureTable } from "#infra/local/table.ts";
import { table } from "#infra/manifest.ts";
import { clientFor, temporaryDirectory } from "./fixtures.ts";

const connect = async (dataDir: string | null) => {
  const database = await startDynamoDb(dataDir);
  onTestFinished(database.stop);
  return { database, client: new DynamoDBClient(clientFor(database.url)) };
};

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

const within = async (ms: number, holds: () => boolean): Promise<boolean> => {
  for (const untilMs = Date.now() + ms; Date.now() < untilMs;) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return holds();
};

test("the table of the manifest is made once, with its keys and its sparse indexes", async () => {
  const { client } = await connect(null);

  expect(await ensureTable(client, "songnuan", table)).toBe(true);
  expect(await ensureTable(client, "songnuan", table)).toBe(false);

  const { Table } = await client.send(new DescribeTableCommand({ TableName: "songnuan" }));
  expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(["PK", "SK"]);
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).toSorted()).toEqual(
    table.indexes.map(({ name }) => name).toSorted(),
  );
  expect(Table?.BillingModeSummary?.BillingMode ?? "PAY_PER_REQUEST").toBe("PAY_PER_REQUEST");
});

test("an index that a newer manifest has is added to the table that is there, and filled", async () => {
  const { client } = await connect(null);
  const [ledger, ...others] = table.indexes.toReversed();
  if (!ledger) throw new Error("the manifest has no index");
  await ensureTable(client, "songnuan", { ...table, indexes: others });
  const keys = { PK: "A", SK: "B", [ledger.partitionKey]: "central", [ledger.sortKey]: "1" };
  const Item = Object.fromEntries(Object.entries(keys).map(([key, S]) => [key, { S }]));
  await client.send(new PutItemCommand({ TableName: "songnuan", Item }));

  expect(await ensureTable(client, "songnuan", table)).toBe(false);

  const found = await client.send(
    new QueryCommand({
      TableName: "songnuan",
      IndexName: ledger.name,
      KeyConditionExpression: `${ledger.partitionKey} = :fund`,
      ExpressionAttributeValues: { ":fund": { S: "central" } },
    }),
  );
  expect(found.Count).toBe(1);
});

test("two databases in memory know nothing of each other", async () => {
  const [one, other] = await Promise.all([connect(null), connect(null)]);

  await ensureTable(one.client, "songnuan", table);

  expect(await ensureTable(other.client, "songnuan", table)).toBe(true);
});

test("a database dies with its run on kill -9, and the next run finds what was written", async () => {
  const dataDir = temporaryDirectory();
  const script = `
    const { startDynamoDb } = await import("#infra/local/dynamodb.ts");
    const { ensureTable } = await import("#infra/local/table.ts");
    const { table } = await import("#infra/manifest.ts");
    const { DynamoDBClient, PutItemCommand } = await import("@aws-sdk/client-dynamodb");
    const database = await startDynamoDb(${JSON.stringify(dataDir)});
    const client = new DynamoDBClient({ endpoint: database.url, region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" } });
    await ensureTable(client, "songnuan", table);
    await client.send(new PutItemCommand({ TableName: "songnuan",
      Item: { PK: { S: "A" }, SK: { S: "B" }, kept: { S: "yes" } } }));
    console.log("written");`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(createInterface({ input: run.stdout }), "line");
  const pid = Number(readFileSync(join(dataDir, "table.pid"), "utf8"));
  expect(isAlive(pid)).toBe(true);

  run.kill("SIGKILL");
  const { client } = await connect(dataDir);

  expect(await within(2_000, () => !isAlive(pid))).toBe(true);
  const { Item } = await client.send(
    new GetItemCommand({ TableName: "songnuan", Key: { PK: { S: "A" }, SK: { S: "B" } } }),
  );
  expect(Item?.["kept"]?.S).toBe("yes");
}, 20_000);

test("a database that ends by itself is told", async () => {
  const dataDir = temporaryDirectory();
  const { database, client } = await connect(dataDir);
  await ensureTable(client, "songnuan", table);

  process.kill(Number(readFileSync(join(dataDir, "table.pid"), "utf8")), "SIGKILL");

  await expect(database.ended).resolves.toContain("has ended");
  const write = client.send(
    new PutItemCommand({ TableName: "songnuan", Item: { PK: { S: "A" }, SK: { S: "B" } } }),
  );
  await expect(write).rejects.toThrow();
});
