/** A request as an API Gateway HTTP API hands it to a function (payload 2.0), and the function's answer back. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import type { RouteMatch } from "./router.ts";

/** API Gateway takes 10 MB in a request; Lambda gives back at most 6 MB. */
export const requestMaxBytes = 10_000_000;
const responseMaxBytes = 6_291_556;

const textTypes = /^(?:text\/|application\/(?:json|javascript|xml)\b)/u;

/** Headers as the event has them: lower-case names, several values with commas between, cookies apart. */
const headersOf = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headersDistinct)) {
    if (name !== "cookie" && value) headers[name] = value.join(",");
  }
  return headers;
};

const queryOf = (rawQueryString: string): Record<string, string> => {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
};

/** The event of a request. The body is Base64 unless its type is text, as API Gateway does with forms too. */
export const gatewayEvent = (
  request: IncomingMessage,
  body: Buffer,
  route: RouteMatch,
  now: Instant,
): APIGatewayProxyEventV2 => {
  const [rawPath = "/", rawQueryString = ""] = (request.url ?? "/").split("?", 2);
  const headers = headersOf(request);
  const cookies = request.headers.cookie?.split(/;\s*/u).filter(Boolean) ?? [];
  const isText = textTypes.test(headers["content-type"] ?? "");
  const query = queryOf(rawQueryString);
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    ...(rawQueryString === "" ? {} : { queryStringParameters: query }),
    ...(Object.keys(route.pathParameters).length > 0
      ? { pathParameters: { ...route.pathParameters } }
      : {}),
    ...(body.length > 0 ? { body: body.toString(isText ? "utf8" : "base64") } : {}),
    isBase64Encoded: body.length > 0 && !isText,
    requestContext: {
      accountId: "000000000000",
      apiId: "embedded",
      domainName: headers["host"]?.split(":")[0] ?? "localhost",
      domainPrefix: "embedded",
      http: {
        method: request.method ?? "GET",
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: crypto.randomUUID(),
      routeKey: route.routeKey,
      stage: "$default",
      time: now,
      timeEpoch: msOfInstant(now),
    },
  };
};

/** Sends a function's answer. A text answer without a type is JSON, as API Gateway has it. */
export const sendResult = (
  response: ServerResponse,
  result: APIGatewayProxyStructuredResultV2,
  isHead: boolean,
): void => {
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded ? "base64" : "utf8");
  if (body.length > responseMaxBytes)
    throw new Error("the answer is larger than Lambda gives back");
  response.statusCode = result.statusCode ?? 200;
  response.setHeader("content-type", "application/json");
  for (const [name, value] of Object.entries(result.headers ?? {})) {
    response.setHeader(name, String(value));
  }
  if (result.cookies && result.cookies.length > 0) response.setHeader("set-cookie", result.cookies);
  if (!isHead) response.setHeader("content-length", body.length);
  response.end(isHead ? undefined : body);
};
