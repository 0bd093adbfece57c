/** An HTTP endpoint that speaks the AWS JSON protocol (1.0 and 1.1), on this machine only. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An error as the service names it; the SDK makes the exception of that name of it. */
export class AwsError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export type AwsAction = (input: Readonly<Record<string, unknown>>) => Promise<object> | object;

export interface AwsEndpoint {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** More than any service's own limit, which the action itself names. */
const bodyMaxBytes = 4_194_304;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((bytes += chunk.length) > bodyMaxBytes)
      throw new AwsError("ValidationException", "too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const inputOf = (body: string): Readonly<Record<string, unknown>> => {
  try {
    const input: unknown = JSON.parse(body === "" ? "{}" : body);
    if (typeof input === "object" && input !== null) return input as Record<string, unknown>;
  } catch {
    // Answered below, with the same words as for any other text that is no object.
  }
  throw new AwsError("SerializationException", "the body is no JSON object");
};

const answer = (response: ServerResponse, status: number, type: string, body: object): void => {
  response.writeHead(status, { "content-type": type });
  response.end(JSON.stringify(body));
};

/** The other users of a machine can reach its ports; without the run's own key they are refused. */
const refuseStrangers = (request: IncomingMessage, accessKeyId: string): void => {
  if (request.headers.authorization?.includes(`Credential=${accessKeyId}/`) === true) return;
  throw new AwsError("UnrecognizedClientException", "the security token is invalid");
};

/** Starts an endpoint with the given actions, named as in the x-amz-target header after the dot. */
export const startAwsEndpoint = async (input: {
  readonly accessKeyId: string;
  readonly actions: Readonly<Record<string, AwsAction>>;
}): Promise<AwsEndpoint> => {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const type = request.headers["content-type"] ?? "application/x-amz-json-1.1";
    try {
      const body = await readBody(request);
      refuseStrangers(request, input.accessKeyId);
      const target = request.headers["x-amz-target"];
      const name = typeof target === "string" ? target.slice(target.lastIndexOf(".") + 1) : "";
      const action = Object.hasOwn(input.actions, name) ? input.actions[name] : undefined;
      if (!action) throw new AwsError("UnknownOperationException", `no operation ${name}`);
      answer(response, 200, type, await action(inputOf(body)));
    } catch (error) {
      const known = error instanceof AwsError;
      const name = known ? error.name : "InternalServerException";
      const message = error instanceof Error ? error.message : "unknown";
      answer(response, known ? 400 : 500, type, { __type: name, message });
    }
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** A text of the input. @throws AwsError ValidationException when it is missing. */
export const textOf = (input: Readonly<Record<string, unknown>>, name: string): string => {
  const value = input[name];
  if (typeof value === "string" && value !== "") return value;
  throw new AwsError("ValidationException", `${name} is missing`);
};
