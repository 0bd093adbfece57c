/** Requests as no browser sends them: any method, path, header and bytes. */
import { Agent, request } from "node:http";

export interface RawRequest {
  readonly method: string;
  /** Written into the request line as it is. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

const timeoutMs = 20_000;

/** A client of one site. Close it when the tests are done. */
export const createRawClient = (siteUrl: string) => {
  const { hostname, port } = new URL(siteUrl);
  const agent = new Agent({ keepAlive: true });
  const send = ({ method, path, headers, body }: RawRequest): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      // Node frames no body of a GET by itself.
      const length = body ? { "content-length": String(body.length) } : {};
      const sent = request(
        {
          agent,
          hostname,
          port,
          method,
          path,
          headers: { ...headers, ...length },
          timeout: timeoutMs,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString("utf8"),
            });
          });
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("no answer in twenty seconds")));
      sent.on("error", reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
};

export type RawClient = ReturnType<typeof createRawClient>;
