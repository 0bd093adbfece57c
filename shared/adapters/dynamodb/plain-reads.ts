/**
 * Rows as they came over the wire, past the SDK's own reading of them: it walks through every attribute of every row by
 * its schema, and a batch reads some hundred thousand rows. What else an answer says, and every error, it reads as ever.
 */
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";

type Rows = readonly Readonly<Record<string, AttributeValue>>[];

/** What an answer to a read holds. */
interface ReadAnswer {
  Items?: Rows;
  Responses?: Readonly<Record<string, Rows>>;
}

interface HttpAnswer {
  readonly statusCode: number;
  body: Uint8Array | AsyncIterable<Uint8Array>;
}

const reads: ReadonlySet<string> = new Set(["QueryCommand", "BatchGetItemCommand"]);

const bytesOf = async (body: HttpAnswer["body"]): Promise<Uint8Array> => {
  if (body instanceof Uint8Array) return body;
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
};

const kept = "plainRows";

/**
 * Takes the rows out of a read's answer before the SDK reads it, and puts them into its result afterwards. Bytes in them
 * are base64 then, which `valuesOf` knows.
 */
export const readPlainly = ({ middlewareStack }: DynamoDBClient): void => {
  middlewareStack.add(
    (next, context) => async (given) => {
      const result = await next(given);
      const response = result.response as HttpAnswer;
      if (response.statusCode !== 200 || !reads.has(context.commandName ?? "")) return result;
      const { Items, Responses, ...rest } = JSON.parse(
        Buffer.from(await bytesOf(response.body)).toString(),
      ) as ReadAnswer;
      context[kept] = { ...(Items ? { Items } : {}), ...(Responses ? { Responses } : {}) };
      response.body = Buffer.from(JSON.stringify(rest));
      return result;
    },
    // Innermost: it meets the answer before the SDK does.
    { step: "deserialize", priority: "low", name: "takeRows" },
  );
  middlewareStack.add(
    (next, context) => async (given) => {
      const result = await next(given);
      Object.assign(result.output as ReadAnswer, context[kept] as ReadAnswer | undefined);
      return result;
    },
    { step: "deserialize", priority: "high", name: "giveRows" },
  );
};
