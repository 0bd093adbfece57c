/** The one port: pages of the manifest, the paper store for browsers, and what is there to look at the run. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Clock } from "#shared/ports/runtime.ts";
import { gatewayEvent, requestMaxBytes, sendResult } from "./gateway-event.ts";
import type { Router } from "./router.ts";
import { s3Mount, type S3Gateway } from "./s3-gateway.ts";

export type PageFunction = (
  event: APIGatewayProxyEventV2,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Answers "/dev/…" and "/healthz". */
export type DevPages = (
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
) => Promise<void>;

export interface HttpServer {
  readonly port: number;
  /** Takes no more requests, and waits a moment for those that run. */
  readonly stop: () => Promise<void>;
}

const stopWaitMs = 5_000;

const plain = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
};

const notFoundPage = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>没有这个页面 · Not found</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem}</style>
<main>
<h1>没有这个页面</h1>
<p>请检查网址是否完整。您也可以<a href="/">回到首页</a>。</p>
<p lang="en">There is no such page. Please check the address, or <a href="/">go to the start</a>.</p>
</main>
</html>`;

const notFound = (response: ServerResponse, isHead: boolean): void => {
  response.writeHead(404, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(isHead ? undefined : notFoundPage);
};

/** @returns null when the body is longer than API Gateway takes. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if ((bytes += chunk.length) > requestMaxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** What answers, once the run has started. */
export interface App {
  readonly router: Router;
  readonly page: (functionName: string) => Promise<PageFunction>;
  readonly dev: DevPages;
  readonly s3: S3Gateway;
  readonly clock: Clock;
  /** Told of what a page threw; the reader gets API Gateway's answer. */
  readonly report: (functionName: string, error: unknown) => void;
}

const respond = async (
  app: App,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (path.startsWith(`${s3Mount}/`)) return app.s3.handle(request, response);
  const body = await readBody(request);
  if (!body) {
    response.setHeader("connection", "close");
    return plain(response, 413, "Request Entity Too Large");
  }
  if (path === "/healthz" || path.startsWith("/dev/")) return app.dev(request, response, body);
  const method = request.method ?? "GET";
  const route = app.router(method, path);
  if (!route) return notFound(response, method === "HEAD");
  try {
    const page = await app.page(route.functionName);
    const result = await page(gatewayEvent(request, body, route, app.clock.now()));
    sendResult(response, result, method === "HEAD");
  } catch (error) {
    app.report(route.functionName, error);
    plain(response, 500, "Internal Server Error");
  }
};

/** Answers one request, whatever happens in between. */
const serve = async (
  starting: Promise<App>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const app = await starting.catch(() => null);
  if (!app) return plain(response, 503, "Service Unavailable");
  try {
    await respond(app, request, response);
  } catch (error) {
    app.report("http", error);
    if (response.headersSent) response.destroy();
    else plain(response, 500, "Internal Server Error");
  }
};

/**
 * Listens on one port (0: any free one). It listens before the run has started, so that its address is known;
 * requests wait for `starting`. @throws when the port is taken.
 */
export const startHttp = async (
  address: { readonly host: string; readonly port: number },
  starting: Promise<App>,
): Promise<HttpServer> => {
  const server = createServer((request, response) => void serve(starting, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        const limit = setTimeout(() => server.closeAllConnections(), stopWaitMs);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};
