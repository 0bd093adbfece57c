/** The fixed stack around the JSON API: API Gateway's event in, a bounded request out, and no error ever shown raw. */
import middy from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { Locale } from "#shared/kernel/text.ts";
import { problemResponse, type ApiProblem } from "#shared/web/api-problem.ts";
import { localeAccepted, mediaAccepted } from "#shared/web/negotiation.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { fieldsOfError, log } from "./logging.ts";
import { answer, localeOf, cookiesOf, pairsOf, segmentsOf } from "./page-handler.ts";

const bodyMaxBytes = 65_536;
const depthMax = 10;
const busySeconds = 2;

export type ApiBody =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "refused"; readonly problem: ApiProblem };

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Decoded segments of the path. */
  readonly path: readonly string[];
  /** Each parameter with every value it came with. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Read when it is asked for, so that whoever may not call isn't told of their JSON. */
  readonly body: () => ApiBody;
  /** By Accept-Language, for JSON. */
  readonly locale: Locale;
  /** As pages are read: by address or cookie. */
  readonly pageLocale: Locale;
  readonly acceptsJson: boolean;
}

/** Deeper than any request of ours; a parser of somebody behind us might not survive it. */
const isTooDeep = (value: unknown, depth = 0): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return depth >= depthMax || Object.values(value).some((part) => isTooDeep(part, depth + 1));
};

const unreadable: ApiBody = { kind: "refused", problem: { code: "json_unreadable" } };

const isJson = (type: string): boolean => /^application\/json\s*(?:;|$)/iu.test(type);

const bodyOf = (event: APIGatewayProxyEventV2): ApiBody => {
  const bytes = event.body
    ? Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8")
    : Buffer.alloc(0);
  if (bytes.length === 0) return { kind: "none" };
  if (bytes.length > bodyMaxBytes) return { kind: "refused", problem: { code: "too_large" } };
  if (!isJson(event.headers["content-type"] ?? "")) {
    return { kind: "refused", problem: { code: "type_unsupported" } };
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isTooDeep(value) ? unreadable : { kind: "json", value };
  } catch {
    return unreadable;
  }
};

const queryOf = (encoded: string): ReadonlyMap<string, readonly string[]> => {
  const query = new Map<string, readonly string[]>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
};

const allowed = { allow: "GET, HEAD, POST, PUT" };

const readRequest = (event: APIGatewayProxyEventV2): ApiRequest | ApiProblem => {
  const method = event.requestContext.http.method.toUpperCase();
  if (method !== "GET" && method !== "HEAD" && method !== "POST" && method !== "PUT") {
    return { code: "method_not_allowed", headers: allowed };
  }
  const path = segmentsOf(event.rawPath);
  if (!path) return { code: "address_unreadable" };
  const { headers } = event;
  return {
    method: method === "HEAD" ? "GET" : method,
    path,
    query: queryOf(event.rawQueryString),
    headers,
    body: () => bodyOf(event),
    locale: localeAccepted(headers["accept-language"]),
    pageLocale: localeOf(pairsOf(event.rawQueryString), cookiesOf(event)),
    acceptsJson: mediaAccepted(headers["accept"], "application/json"),
  };
};

/**
 * Wraps the API. Whatever it throws is logged by name and answered with a problem that says nothing of it; a store
 * that other writers keep busy is no fault, and the caller is told when to come again.
 */
export const apiHandler = (
  api: { readonly name: string; readonly siteUrl: string },
  respond: (request: ApiRequest) => Promise<PageResponse>,
): ((event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const { siteUrl } = api;
  const wrapped = middy(async (event: APIGatewayProxyEventV2) => {
    const method = event.requestContext.http.method.toUpperCase();
    const send = (response: PageResponse) => answer(response, event, siteUrl);
    const request = readRequest(event);
    if ("code" in request) {
      const locale = localeAccepted(event.headers["accept-language"]);
      // No headers of CORS: a page of another site has no business here, its server may call.
      if (method === "OPTIONS") return send({ status: 204, body: "", headers: allowed });
      return send(problemResponse(request, { siteUrl, locale }));
    }
    try {
      return send(await respond(request));
    } catch (error) {
      log.error("api failed", { function: api.name, method, ...fieldsOfError(error) });
      const problem: ApiProblem =
        error instanceof StoreContended
          ? { code: "busy", headers: { "retry-after": String(busySeconds) } }
          : { code: "fault" };
      return send(problemResponse(problem, { siteUrl, locale: request.locale }));
    }
  });
  return (event) => wrapped(event, {} as Context);
};
