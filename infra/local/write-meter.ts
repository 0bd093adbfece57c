/**
 * Counts DynamoDB's write units by application: stands between SDK and database, asks the database for the
 * figure with each write, and changes nothing else.
 */
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export interface WriteUnits {
  readonly total: number;
  /** Units of requests that name no application. */
  readonly unattributed: number;
  readonly byApplication: Readonly<Record<string, number>>;
}

export interface WriteMeter {
  readonly url: string;
  readonly read: () => WriteUnits;
  readonly stop: () => Promise<void>;
}

const writes: ReadonlySet<string> = new Set([
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
]);

const applicationPattern = /SN[0-9A-HJKMNP-TV-Z]{10}/gu;
const partitionKeyPattern = /"PK":\{"S":"(?<key>[^"]*)"\}/gu;

const applicationsIn = (text: string): readonly string[] => [
  ...new Set(text.match(applicationPattern)),
];

/** The applications whose rows are written; if no key names one, those the request speaks of at all. */
const applicationsOf = (body: string): readonly string[] => {
  const keys = [...body.matchAll(partitionKeyPattern)].map((match) => match.groups?.["key"] ?? "");
  const inKeys = applicationsIn(keys.join(" "));
  return inKeys.length > 0 ? inKeys : applicationsIn(body);
};

interface Capacity {
  readonly CapacityUnits?: number;
}

const unitsOf = (answer: string): number => {
  const { ConsumedCapacity = [] } = JSON.parse(answer) as {
    readonly ConsumedCapacity?: Capacity | readonly Capacity[];
  };
  const figures: readonly Capacity[] = [ConsumedCapacity].flat();
  return figures.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
};

const readAll = async (stream: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Starts a meter in front of the database at `databaseUrl`; give its `url` to the SDK instead. */
export const startWriteMeter = async (databaseUrl: string): Promise<WriteMeter> => {
  const units = new Map<string, number>();
  let total = 0;
  let unattributed = 0;
  const count = (body: string, answer: string): void => {
    const used = unitsOf(answer);
    const applications = applicationsOf(body);
    total += used;
    if (applications.length === 0) unattributed += used;
    for (const id of applications) {
      units.set(id, (units.get(id) ?? 0) + used / applications.length);
    }
  };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    let body = await readAll(request);
    if (writes.has(operation)) {
      const asked = { ...(JSON.parse(body.toString()) as object), ReturnConsumedCapacity: "TOTAL" };
      body = Buffer.from(JSON.stringify(asked));
    }
    const headers = { ...request.headers, "content-length": String(body.length) };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(databaseUrl, { method: "POST", headers }, resolve).on("error", reject).end(body);
    });
    const bytes = await readAll(answer);
    if (writes.has(operation) && answer.statusCode === 200) {
      count(body.toString(), bytes.toString());
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    read: () => ({ total, unattributed, byApplication: Object.fromEntries(units) }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
