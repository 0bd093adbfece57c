/** The fixed stack around pages: API Gateway's event in, safe headers out, and no error ever shown raw. */
import middy from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type { Locale } from "#shared/kernel/text.ts";
import { faultPage, refusedPage } from "#shared/web/error-page.ts";
import type { PageRequest, PageResponse } from "#shared/web/page.ts";
import { fieldsOfError, log } from "./logging.ts";

const bodyMaxBytes = 262_144;
const fieldsMax = 300;

/** Pages load nothing from elsewhere and run no inline script; uploads post straight to the paper store. */
const securityHeaders = (uploadOrigin: string): Readonly<Record<string, string>> => ({
  "content-security-policy": `default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self' ${uploadOrigin}; frame-ancestors 'none'; base-uri 'none'`,
  // No address leaves this site, and browsers still name themselves as the sender of its own forms; with
  // no-referrer they send "Origin: null", which a form posted from elsewhere can send as well.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "cache-control": "no-store",
});

const segmentsOf = (rawPath: string): readonly string[] | null => {
  try {
    return rawPath.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
};

const pairsOf = (encoded: string): Record<string, string> => {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  let fields = 0;
  for (const [name, value] of new URLSearchParams(encoded)) {
    if ((fields += 1) > fieldsMax) break;
    pairs[name] ??= value;
  }
  return pairs;
};

const cookiesOf = (event: APIGatewayProxyEventV2): Record<string, string> => {
  const cookies: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const cookie of event.cookies ?? []) {
    const at = cookie.indexOf("=");
    if (at > 0) cookies[cookie.slice(0, at).trim()] ??= cookie.slice(at + 1).trim();
  }
  return cookies;
};

const localeOf = (
  query: Readonly<Record<string, string>>,
  cookies: Readonly<Record<string, string>>,
): Locale => ((query["lang"] ?? cookies["__Host-lang"]) === "en" ? "en" : "zh-CN");

const methods = { allow: "GET, HEAD, POST" };

const readRequest = (event: APIGatewayProxyEventV2): PageRequest | PageResponse => {
  const method = event.requestContext.http.method.toUpperCase();
  const query = pairsOf(event.rawQueryString);
  const cookies = cookiesOf(event);
  const locale = localeOf(query, cookies);
  if (method === "OPTIONS") return { status: 204, body: "", headers: methods };
  if (method !== "GET" && method !== "HEAD" && method !== "POST") {
    return { ...refusedPage(405, locale), headers: methods };
  }
  const path = segmentsOf(event.rawPath);
  if (!path) return refusedPage(400, locale);
  const body = event.body
    ? Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8")
    : Buffer.alloc(0);
  if (body.length > bodyMaxBytes) return refusedPage(413, locale);
  const type = event.headers["content-type"] ?? "";
  if (
    method === "POST" &&
    body.length > 0 &&
    !type.startsWith("application/x-www-form-urlencoded")
  ) {
    return refusedPage(415, locale);
  }
  return {
    method: method === "POST" ? "POST" : "GET",
    path,
    query,
    form: method === "POST" ? pairsOf(body.toString("utf8")) : {},
    cookies,
    headers: event.headers as Record<string, string>,
    sourceIp: event.requestContext.http.sourceIp,
    locale,
  };
};

/** A form posted from another site is refused, whatever cookies it carries: browsers name the sender's origin. */
const crossSite = (request: PageRequest, siteUrl: string): boolean => {
  if (request.method !== "POST") return false;
  const fetchSite = request.headers["sec-fetch-site"];
  if (fetchSite !== undefined) return fetchSite !== "same-origin" && fetchSite !== "none";
  const origin = request.headers["origin"];
  return origin !== undefined && origin !== new URL(siteUrl).origin;
};

const answer = (
  response: PageResponse,
  head: boolean,
  uploadOrigin: string,
): APIGatewayProxyStructuredResultV2 => {
  const { body } = response;
  const binary = typeof body !== "string";
  return {
    statusCode: response.status,
    headers: {
      ...securityHeaders(uploadOrigin),
      "content-type": response.contentType ?? "text/html; charset=utf-8",
      ...response.headers,
    },
    ...(response.cookies && response.cookies.length > 0 ? { cookies: [...response.cookies] } : {}),
    body: head ? "" : typeof body === "string" ? body : Buffer.from(body).toString("base64"),
    isBase64Encoded: binary && !head,
  };
};

/**
 * Wraps the pages of one function. Bad requests are answered here, so that a page sees only well-formed ones;
 * whatever a page throws is logged by name and shown as a page that says what was kept and what to do.
 */
export const pageHandler = (
  page: { readonly name: string; readonly siteUrl: string; readonly uploadOrigin: string },
  respond: (request: PageRequest) => Promise<PageResponse>,
): ((event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>) => {
  const wrapped = middy(async (event: APIGatewayProxyEventV2) => {
    const head = event.requestContext.http.method.toUpperCase() === "HEAD";
    const request = readRequest(event);
    if ("status" in request) return answer(request, head, page.uploadOrigin);
    if (crossSite(request, page.siteUrl)) {
      return answer(refusedPage(403, request.locale), head, page.uploadOrigin);
    }
    try {
      return answer(await respond(request), head, page.uploadOrigin);
    } catch (error) {
      log.error("page failed", {
        function: page.name,
        route: request.path[0] ?? "",
        ...fieldsOfError(error),
      });
      return answer(faultPage(request.locale), head, page.uploadOrigin);
    }
  });
  return (event) => wrapped(event, {} as Context);
};
