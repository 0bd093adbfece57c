/** Counting by an index, without fetching what is counted. */
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { QueryInput, Table } from "./client.ts";

/** How many rows a query would find; none of them is fetched. */
export const countRows = async (
  table: Table,
  { values, ...input }: QueryInput,
): Promise<number> => {
  let count = 0;
  let from: QueryCommandInput["ExclusiveStartKey"];
  do {
    const found = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ...input,
        Select: "COUNT",
        ExpressionAttributeValues: marshall(values),
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    count += found.Count ?? 0;
    from = found.LastEvaluatedKey;
  } while (from);
  return count;
};
