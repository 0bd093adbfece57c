/**
 * One fault at one call of an AWS client, as the client itself would meet it: an answer of the service read by the
 * SDK's own code, or no answer at all; before the call has had its effect, or after it (the reply is lost).
 */
import { Readable } from "node:stream";

/** What an SDK client is here: something with a stack of middleware and a strategy for trying again. */
export interface Client {
  readonly middlewareStack: {
    readonly add: (middleware: never, options: never) => void;
    readonly remove: (name: string) => boolean;
  };
  readonly config: object;
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
type Handle = (args: { readonly request: Request }) => Promise<{ readonly response: Response }>;
interface Context {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** A call as it was made without faults: which client, which command. */
export interface Call {
  readonly service: "dynamodb" | "s3" | "sfn";
  readonly command: string;
}

export interface FaultKind {
  readonly name: string;
  /** Whether the SDK tries again by itself: then it is met once, and also for all of the SDK's tries. */
  readonly retried: boolean;
  /** The service's answer; an error of the connection is thrown instead. */
  readonly answer: (request: Request) => Response | Error;
  readonly of: (call: Call) => boolean;
}

export interface Fault {
  /** Counted from 1 over all clients. */
  readonly call: number;
  readonly kind: FaultKind;
  readonly when: "before" | "after";
  /** Every try of the SDK meets it, and whoever called gets an error; else only the first try does. */
  readonly lasting: boolean;
}

/** What the SDK's own strategy decides, without its pauses. */
const triesMax = 4;
const unhurried = {
  mode: "standard",
  acquireInitialRetryToken: async () => tokenOf(0),
  refreshRetryTokenForRetry: async (
    token: { readonly getRetryCount: () => number },
    { errorType }: { readonly errorType: string },
  ) => {
    const count = token.getRetryCount() + 1;
    const retries = errorType === "THROTTLING" || errorType === "TRANSIENT";
    if (!retries || count >= triesMax) throw new Error("not tried again");
    return tokenOf(count);
  },
  recordSuccess: () => undefined,
};
const tokenOf = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 });

const invocationOf = ({ headers, body }: Request): string => {
  // A transaction that is tried again by our own code is the same call: it keeps its token.
  const token = typeof body === "string" ? /"ClientRequestToken":"([^"]+)"/u.exec(body) : null;
  return token?.[1] ?? headers["amz-sdk-invocation-id"] ?? "";
};

const serviceOf = (clientName = ""): Call["service"] => {
  if (clientName.startsWith("DynamoDB")) return "dynamodb";
  return clientName.startsWith("S3") ? "s3" : "sfn";
};

/** Watches clients: counts their calls, and lets one of them go wrong. */
export const injectFaults = (clients: readonly Client[]) => {
  let calls: Call[] = [];
  let numbers = new Map<string, number>();
  let fault: Fault | null = null;
  let watching = false;
  let met = 0;
  const numberOf = (invocation: string, call: Call): number => {
    const known = numbers.get(invocation);
    if (known !== undefined) return known;
    calls.push(call);
    numbers.set(invocation, calls.length);
    return calls.length;
  };
  const watched =
    (next: Handle, { clientName, commandName = "" }: Context): Handle =>
    async (args) => {
      if (!watching) return next(args);
      const call = { service: serviceOf(clientName), command: commandName };
      const number = numberOf(invocationOf(args.request), call);
      if (!fault || number !== fault.call || (met > 0 && !fault.lasting)) return next(args);
      met += 1;
      if (fault.when === "after" && met === 1) await drained(await next(args));
      const answer = fault.kind.answer(args.request);
      if (answer instanceof Error) throw answer;
      return { response: answer };
    };
  for (const client of clients) {
    const options = { step: "deserialize", priority: "low", name: "fault", override: true };
    client.middlewareStack.add(watched as never, options as never);
    Object.assign(client.config, { retryStrategy: async () => unhurried });
  }
  return {
    /** Begins to count anew; the fault is met on the way. */
    watch: (next: Fault | null): void => {
      [calls, numbers, fault, met, watching] = [[], new Map(), next, 0, true];
    },
    /** @returns the calls that were made, and how often the fault was met. */
    unwatch: (): { readonly calls: readonly Call[]; readonly met: number } => {
      watching = false;
      return { calls, met };
    },
  };
};

/** A reply that is lost was sent all the same. */
const drained = async ({ response }: { readonly response: Response }): Promise<void> => {
  if (response.body instanceof Readable) for await (const _chunk of response.body);
};

/** An answer as a service of JSON gives it. */
export const jsonAnswer = (statusCode: number, type: string, more: object = {}): Response => ({
  statusCode,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: Readable.from([
    Buffer.from(JSON.stringify({ __type: `aws#${type}`, message: type, Message: type, ...more })),
  ]),
});

/** An answer as S3 gives it. */
export const xmlAnswer = (statusCode: number, code: string): Response => ({
  statusCode,
  headers: { "content-type": "application/xml" },
  body: Readable.from([
    Buffer.from(
      `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
    ),
  ]),
});

export const brokenConnection = (name: string, code: string): Error =>
  Object.assign(new Error(name), { name, code });
