/** The table, and transactions on it that are retried only where a retry can't change their meaning. */
import { randomUUID } from "node:crypto";
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type AttributeValue,
  type QueryCommandInput,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { StoreContended } from "#shared/kernel/errors.ts";
import { attributesOf, valuesOf, withoutNulls } from "./attribute-values.ts";
import { readPlainly } from "./plain-reads.ts";
import { readTogether } from "./read-together.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";

/** A row as plain values; absent and null are the same, and null is not stored. */
export type Row = Readonly<Record<string, unknown>>;
export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export interface Table {
  readonly name: string;
  readonly client: DynamoDBClient;
}

export const tableFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Table => {
  const client = new DynamoDBClient({ maxAttempts: 5 });
  // Requests are not logged: without it the SDK doesn't walk through each of them for what must not be.
  client.middlewareStack.remove("loggerMiddleware");
  readPlainly(client);
  return { name: environment["TABLE_NAME"] ?? "", client };
};

export const toItem = (row: Row): Record<string, AttributeValue> => attributesOf(withoutNulls(row));
export const fromItem = (item: Record<string, AttributeValue>): Row => valuesOf(item);

const readOne = async (table: Table, key: Key): Promise<readonly Row[]> => {
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: marshall(key), ConsistentRead: true }),
  );
  return Item ? [fromItem(Item)] : [];
};

const nameOf = ({ PK, SK }: Key): string => `${PK} ${SK}`;
const readers = new WeakMap<Table, (key: Key) => Promise<Row | null>>();

const readerOf = (table: Table): ((key: Key) => Promise<Row | null>) => {
  const known = readers.get(table);
  if (known) return known;
  const read = readTogether<Key, Row & Key>(
    async (keys) => {
      const [only] = keys;
      const rows = keys.length === 1 && only ? readOne(table, only) : getRows(table, keys);
      return (await rows) as readonly (Row & Key)[];
    },
    nameOf,
    rowsAtOnceMax,
  );
  readers.set(table, read);
  return read;
};

/** Strongly consistent: what is read here may be decided on. Rows asked for in one moment are read with one call. */
export const getRow = (table: Table, key: Key): Promise<Row | null> => readerOf(table)(key);

/** A condition with its values; names that DynamoDB reserves are written as #name. */
export interface Condition {
  readonly expression: string;
  readonly values?: Row;
  readonly names?: Readonly<Record<string, string>>;
}

export const absent: Condition = { expression: "attribute_not_exists(PK)" };

const conditionInput = (condition: Condition | undefined) =>
  condition
    ? {
        ConditionExpression: condition.expression,
        ...(condition.values
          ? {
              ExpressionAttributeValues: marshall(condition.values, {
                removeUndefinedValues: true,
              }),
            }
          : {}),
        ...(condition.names ? { ExpressionAttributeNames: { ...condition.names } } : {}),
      }
    : {};

const onlyIf = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** @returns false when the condition didn't hold. */
export const putRow = async (
  table: Table,
  row: Row & Key,
  condition?: Condition,
): Promise<boolean> =>
  onlyIf(
    table.client.send(
      new PutItemCommand({
        TableName: table.name,
        Item: toItem(row),
        ...conditionInput(condition),
      }),
    ),
  );

export interface RowUpdate extends Condition {
  readonly update: string;
}

const updateInput = (update: RowUpdate) => ({
  UpdateExpression: update.update,
  ...(update.expression ? { ConditionExpression: update.expression } : {}),
  ...(update.values
    ? { ExpressionAttributeValues: marshall(update.values, { removeUndefinedValues: true }) }
    : {}),
  ...(update.names ? { ExpressionAttributeNames: { ...update.names } } : {}),
});

/** @returns the row afterwards, or null when the condition didn't hold. */
export const updateRow = async (table: Table, key: Key, update: RowUpdate): Promise<Row | null> => {
  try {
    const { Attributes } = await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: marshall(key),
        ReturnValues: "ALL_NEW",
        ...updateInput(update),
      }),
    );
    return fromItem(Attributes ?? {});
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
};

export type QueryInput = Pick<
  QueryCommandInput,
  "IndexName" | "KeyConditionExpression" | "ExpressionAttributeNames" | "ScanIndexForward" | "Limit"
> & { readonly values: Row; readonly after?: string };

/** One page; `next` goes on where it ended. Reads of the table itself are strong, of an index they can't be. */
export const queryPage = async (
  table: Table,
  { values, after, ...input }: QueryInput,
): Promise<{ readonly rows: readonly Row[]; readonly next: string | null }> => {
  const result = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ...input,
      ExpressionAttributeValues: marshall(values),
      ...(input.IndexName === undefined ? { ConsistentRead: true } : {}),
      ...(after === undefined
        ? {}
        : {
            ExclusiveStartKey: marshall(
              JSON.parse(Buffer.from(after, "base64url").toString()) as Row,
            ),
          }),
    }),
  );
  const last = result.LastEvaluatedKey;
  return {
    rows: (result.Items ?? []).map(fromItem),
    next: last ? Buffer.from(JSON.stringify(fromItem(last))).toString("base64url") : null,
  };
};

/** Every row of a query, a page at a time. */
export async function* queryRows(table: Table, input: QueryInput): AsyncGenerator<Row> {
  let after = input.after;
  for (;;) {
    const page = await queryPage(table, after === undefined ? input : { ...input, after });
    yield* page.rows;
    if (page.next === null) return;
    after = page.next;
  }
}

/** Every row under a partition key whose sort key begins with a prefix. */
export const rowsUnder = async (
  table: Table,
  PK: string,
  prefix: string,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const row of queryRows(table, {
    KeyConditionExpression: "PK = :pk AND begins_with(SK, :prefix)",
    values: { ":pk": PK, ":prefix": prefix },
  })) {
    rows.push(row);
  }
  return rows;
};

export type TransactionItem =
  | { readonly put: Row & Key; readonly condition?: Condition }
  | { readonly update: Key; readonly change: RowUpdate }
  /** Only if a row that is not written says so. */
  | { readonly check: Key; readonly condition: Condition };

const toTransactItem = (table: Table, item: TransactionItem): TransactWriteItem => {
  const TableName = table.name;
  if ("put" in item) {
    return { Put: { TableName, Item: toItem(item.put), ...conditionInput(item.condition) } };
  }
  if ("update" in item) {
    return { Update: { TableName, Key: marshall(item.update), ...updateInput(item.change) } };
  }
  const { condition, check } = item;
  return {
    ConditionCheck: {
      TableName,
      Key: marshall(check),
      ...conditionInput(condition),
      ConditionExpression: condition.expression,
    },
  };
};

const triesMax = 10;
const firstWaitMs = 25;
const lastWaitMs = 800;

/** Reasons that say nothing about our conditions: another writer was at it, or the table was busy. */
const passing = new Set([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

const isContended = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).every(
    ({ Code }) => Code === "None" || passing.has(Code ?? ""),
  ) &&
  (error.CancellationReasons ?? []).some(({ Code }) => passing.has(Code ?? ""));

export type TransactionOutcome =
  | { readonly kind: "committed" }
  /** For each item in order, whether its own condition failed. */
  | { readonly kind: "refused"; readonly failed: readonly boolean[] };

/**
 * Writes all or nothing. The SDK doesn't retry a cancelled transaction; it is retried here, with full jitter,
 * only when every reason is a conflict or a throttle, with the same payload and token. A failed condition is
 * an answer, not an error.
 * @throws StoreContended when other writers kept it out for all tries.
 */
export const transact = async (
  table: Table,
  items: readonly TransactionItem[],
): Promise<TransactionOutcome> => {
  const TransactItems = items.map((item) => toTransactItem(table, item));
  // One token for all tries of this call: a lost reply is then harmless. A later call is another token, so that
  // it meets the conditions, which hold for ever, and learns that its work was done before.
  const ClientRequestToken = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await table.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
      return { kind: "committed" };
    } catch (error) {
      if (isContended(error)) {
        if (attempt >= triesMax)
          throw new StoreContended("a transaction was kept out by others", error);
        const ceilingMs = Math.min(lastWaitMs, firstWaitMs * 2 ** attempt);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * ceilingMs));
      } else if (error instanceof TransactionCanceledException) {
        const reasons = error.CancellationReasons ?? [];
        if (!reasons.some(({ Code }) => Code === "ConditionalCheckFailed")) throw error;
        return {
          kind: "refused",
          failed: items.map((_, index) => reasons[index]?.Code === "ConditionalCheckFailed"),
        };
      } else throw error;
    }
  }
};
