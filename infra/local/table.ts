/** The manifest's table in the embedded database: made when it is missing, else as it was left. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type GlobalSecondaryIndex,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { setTimeout as sleep } from "node:timers/promises";
import type { IndexDefinition } from "#infra/manifest.ts";

export interface TableDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly timeToLive: string;
  readonly indexes: readonly IndexDefinition[];
}

const activeTries = 200;

const keySchema = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: "HASH" as const },
  { AttributeName: sortKey, KeyType: "RANGE" as const },
];

const indexOf = (index: IndexDefinition): GlobalSecondaryIndex => ({
  IndexName: index.name,
  KeySchema: keySchema(index.partitionKey, index.sortKey),
  Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.include] },
});

/** @returns null when there is no such table. */
const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | null> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table ?? null;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw error;
  }
};

const waitUntilActive = async (client: DynamoDBClient, name: string): Promise<void> => {
  for (let tries = 0; tries < activeTries; tries += 1) {
    const table = await describe(client, name);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    const states = [table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
    if (states.every((status) => status === "ACTIVE")) return;
    await sleep(10);
  }
  throw new Error(`the table ${name} does not become active`);
};

const attributesOf = (names: readonly string[]) =>
  [...new Set(names)].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));

const createTable = async (
  client: DynamoDBClient,
  name: string,
  table: TableDefinition,
): Promise<void> => {
  const keys = [table, ...table.indexes].flatMap((of) => [of.partitionKey, of.sortKey]);
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: keySchema(table.partitionKey, table.sortKey),
        AttributeDefinitions: attributesOf(keys),
        GlobalSecondaryIndexes: table.indexes.map(indexOf),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
};

/** A newer manifest may have an index that a table made by an older one lacks; it is filled from the rows. */
const addMissingIndexes = async (
  client: DynamoDBClient,
  name: string,
  { indexes }: TableDefinition,
  present: TableDescription,
): Promise<void> => {
  const there = new Set((present.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName));
  for (const index of indexes) {
    if (there.has(index.name)) continue;
    await client.send(
      new UpdateTableCommand({
        TableName: name,
        AttributeDefinitions: attributesOf([index.partitionKey, index.sortKey]),
        GlobalSecondaryIndexUpdates: [{ Create: indexOf(index) }],
      }),
    );
    await waitUntilActive(client, name);
  }
};

/** Makes sure of the table and its indexes. @returns true when the table was missing. */
export const ensureTable = async (
  client: DynamoDBClient,
  name: string,
  table: TableDefinition,
): Promise<boolean> => {
  const present = await describe(client, name);
  if (present?.TableStatus === "ACTIVE") {
    await addMissingIndexes(client, name, table, present);
    return false;
  }
  await createTable(client, name, table);
  await waitUntilActive(client, name);
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: table.timeToLive },
    }),
  );
  return true;
};
