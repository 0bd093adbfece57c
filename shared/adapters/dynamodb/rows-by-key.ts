/** Reading many rows of the table at once, by their keys. */
import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { invariant } from "#shared/kernel/assert.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { valuesOf } from "./attribute-values.ts";

/** client.ts's own words for these, said here once more: it reads through this file. */
type Row = Readonly<Record<string, unknown>>;
type Key = Readonly<Record<"PK" | "SK", string>>;
interface Table {
  readonly name: string;
  readonly client: DynamoDBClient;
}

/** What one BatchGetItem takes. */
export const rowsAtOnceMax = 100;

const unreadTriesMax = 10;
const partsAtOnce = 4;

/** Which attributes are wanted, where the whole row isn't. */
export interface Projection {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * Reads rows by key, strongly, and again what the table left out under load; those that are there, in no order. At
 * most `rowsAtOnceMax` keys, each once.
 */
export const getRows = async (
  table: Table,
  keys: readonly Key[],
  only?: Projection,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let left = keys.map((key) => marshall(key));
  for (let tries = 0; left.length > 0; tries += 1) {
    invariant(tries < unreadTriesMax, "the table answers no reads");
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [table.name]: {
            Keys: left,
            ConsistentRead: true,
            ...(only ? { ProjectionExpression: only.expression } : {}),
            ...(only?.names ? { ExpressionAttributeNames: { ...only.names } } : {}),
          },
        },
      }),
    );
    rows.push(...(Responses?.[table.name] ?? []).map(valuesOf));
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return rows;
};

/** Any number of rows by key, each once; those that are there, in no order. */
export const getManyRows = async (
  table: Table,
  keys: readonly Key[],
  only?: Projection,
): Promise<readonly Row[]> => {
  const parts = Array.from({ length: Math.ceil(keys.length / rowsAtOnceMax) }, (_part, index) =>
    keys.slice(index * rowsAtOnceMax, (index + 1) * rowsAtOnceMax),
  );
  return (await inParallel(parts, partsAtOnce, (part) => getRows(table, part, only))).flat();
};
