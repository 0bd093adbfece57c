/** Reading many rows of the table at once, by their keys. */
import { BatchGetItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { invariant } from "#shared/kernel/assert.ts";
import type { Key, Row, Table } from "./client.ts";

/** What one BatchGetItem takes. */
export const rowsAtOnceMax = 100;

const unreadTriesMax = 10;

/**
 * Reads rows by key, strongly, and again what the table left out under load; those that are there, in no order. At
 * most `rowsAtOnceMax` keys, each once.
 */
export const getRows = async (table: Table, keys: readonly Key[]): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let left = keys.map((key) => marshall(key));
  for (let tries = 0; left.length > 0; tries += 1) {
    invariant(tries < unreadTriesMax, "the table answers no reads");
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetItemCommand({
        RequestItems: { [table.name]: { Keys: left, ConsistentRead: true } },
      }),
    );
    rows.push(...(Responses?.[table.name] ?? []).map((item) => unmarshall(item)));
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return rows;
};
