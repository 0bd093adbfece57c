import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { ensureTable } from "#infra/local/table.ts";
import { startWriteMeter } from "#infra/local/write-meter.ts";
import { table } from "#infra/manifest.ts";
import { clientFor } from "./fixtures.ts";

const metered = async () => {
  const database = await startDynamoDb(null);
  const meter = await startWriteMeter(database.url);
  onTestFinished(async () => {
    await meter.stop();
    await database.stop();
  });
  const client = new DynamoDBClient(clientFor(meter.url));
  await ensureTable(client, "songnuan", table);
  return { meter, client };
};

const put = (PK: string, SK: string) => ({
  Put: { TableName: "songnuan", Item: { PK: { S: PK }, SK: { S: SK } } },
});

test("write units count for the application whose rows are written", async () => {
  const { meter, client } = await metered();
  const TableName = "songnuan";

  await client.send(new PutItemCommand(put("APP#SN0000000001", "META").Put));
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [put("APP#SN0000000002", "META"), put("FUND#central", "BAL")],
    }),
  );
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { PK: { S: "FUNDS" }, SK: { S: "x" } },
      UpdateExpression: "SET a = :a",
      ExpressionAttributeValues: { ":a": { N: "1" } },
    }),
  );
  await client.send(new GetItemCommand({ TableName, Key: { PK: { S: "FUNDS" }, SK: { S: "x" } } }));

  expect(meter.read()).toEqual({
    total: 6,
    unattributed: 1,
    byApplication: { SN0000000001: 1, SN0000000002: 4 },
  });
});

test("a request that names two applications is split evenly, and a refused one costs what the service says", async () => {
  const { meter, client } = await metered();

  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [put("APP#SN0000000001", "META"), put("APP#SN0000000002", "META")],
    }),
  );
  const refused = client.send(
    new PutItemCommand({
      ...put("APP#SN0000000001", "META").Put,
      ConditionExpression: "attribute_not_exists(PK)",
    }),
  );

  await expect(refused).rejects.toThrow("conditional");
  expect(meter.read().byApplication).toEqual({ SN0000000001: 2, SN0000000002: 2 });
});

test("a row that points at an application without carrying its id in a key counts for it", async () => {
  const { meter, client } = await metered();

  await client.send(
    new PutItemCommand({
      TableName: "songnuan",
      Item: { PK: { S: "LINK#abc" }, SK: { S: "L" }, applicationId: { S: "SN0000000003" } },
    }),
  );

  expect(meter.read()).toEqual({
    total: 1,
    unattributed: 0,
    byApplication: { SN0000000003: 1 },
  });
});
