/** The fixed stack around pages: API Gateway's event in, safe headers out, and no error ever shown raw. */
import { gzipSync } from "node:zlib";
import middy from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import type { Locale } from "#shared/kernel/text.ts";
import { faultPage, refusedPage } from "#shared/web/error-page.ts";
import { inTextSize } from "#shared/web/layout.ts";
import { cookie, type PageRequest, type PageResponse, type TextSize } from "#shared/web/page.ts";
import { fieldsOfError, log } from "./logging.ts";

const bodyMaxBytes = 262_144;
const fieldsMax = 300;

/**
 * Pages run no inline script, and load nothing from elsewhere but papers, which come from the paper store and go
 * straight to it, by a form or by our script. blob: is a photo that the script shows before it is sent.
 */
const securityHeaders = (uploadOrigin: string): Readonly<Record<string, string>> => ({
  "content-security-policy": `default-src 'none'; style-src 'self'; img-src 'self' blob: ${uploadOrigin}; script-src 'self'; connect-src 'self' ${uploadOrigin}; form-action 'self' ${uploadOrigin}; frame-ancestors 'none'; base-uri 'none'`,
  // No address leaves this site, and browsers still name themselves as the sender of its own forms; with
  // no-referrer they send "Origin: null", which a form posted from elsewhere can send as well.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "cache-control": "no-store",
});

export const segmentsOf = (rawPath: string): readonly string[] | null => {
  try {
    return rawPath.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
};

export const pairsOf = (encoded: string): Record<string, string> => {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  let fields = 0;
  for (const [name, value] of new URLSearchParams(encoded)) {
    if ((fields += 1) > fieldsMax) break;
    pairs[name] ??= value;
  }
  return pairs;
};

export const cookiesOf = (event: APIGatewayProxyEventV2): Record<string, string> => {
  const cookies: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of event.cookies ?? []) {
    const at = pair.indexOf("=");
    if (at > 0) cookies[pair.slice(0, at).trim()] ??= pair.slice(at + 1).trim();
  }
  return cookies;
};

export const localeOf = (
  query: Readonly<Record<string, string>>,
  cookies: Readonly<Record<string, string>>,
): Locale => ((query["lang"] ?? cookies["__Host-lang"]) === "en" ? "en" : "zh-CN");

const textSizeOf = (
  query: Readonly<Record<string, string>>,
  cookies: Readonly<Record<string, string>>,
): TextSize => ((query["text"] ?? cookies["__Host-text"]) === "large" ? "large" : "normal");

/** What a reader may choose in an address, on every page, and what it may be. */
const choices = { lang: ["zh-CN", "en"], text: ["normal", "large"] } as const;

const choiceSeconds = 365 * 86_400;

/** A language or a size of type that was chosen in the address is kept in the reader's own browser. */
const chosenCookies = (query: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(choices).flatMap(([name, values]) => {
    const chosen = values.find((value) => value === query[name]);
    return chosen === undefined ? [] : [cookie(name, chosen, choiceSeconds)];
  });

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

/**
 * Style and script are sent small to whoever reads gzip. Pages are not: they carry secrets beside what was typed,
 * and the length of a packed page would give them away (BREACH).
 */
const isPacked = (contentType: string, headers: APIGatewayProxyEventV2["headers"]): boolean =>
  /^(?:text\/(?:css|javascript)|image\/svg)/u.test(contentType) &&
  /\bgzip\b/u.test(headers["accept-encoding"] ?? "");

const packed = { "content-encoding": "gzip", vary: "accept-encoding" } as const;

export const answer = (
  response: PageResponse,
  event: APIGatewayProxyEventV2,
  uploadOrigin: string,
): APIGatewayProxyStructuredResultV2 => {
  const head = event.requestContext.http.method.toUpperCase() === "HEAD";
  const contentType = response.contentType ?? "text/html; charset=utf-8";
  const query = pairsOf(event.rawQueryString);
  const cookies = [...(response.cookies ?? []), ...chosenCookies(query)];
  const packs = isPacked(contentType, event.headers);
  const body =
    typeof response.body === "string" && contentType.startsWith("text/html")
      ? inTextSize(response.body, textSizeOf(query, cookiesOf(event)))
      : packs
        ? gzipSync(response.body)
        : response.body;
  return {
    statusCode: response.status,
    headers: {
      ...securityHeaders(uploadOrigin),
      "content-type": contentType,
      ...response.headers,
      ...(packs ? packed : {}),
    },
    ...(cookies.length > 0 ? { cookies } : {}),
    body: head ? "" : typeof body === "string" ? body : Buffer.from(body).toString("base64"),
    isBase64Encoded: typeof body !== "string" && !head,
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
    const request = readRequest(event);
    if ("status" in request) return answer(request, event, page.uploadOrigin);
    if (crossSite(request, page.siteUrl)) {
      return answer(refusedPage(403, request.locale), event, page.uploadOrigin);
    }
    try {
      return answer(await respond(request), event, page.uploadOrigin);
    } catch (error) {
      log.error("page failed", {
        function: page.name,
        route: request.path[0] ?? "",
        ...fieldsOfError(error),
      });
      return answer(faultPage(request.locale), event, page.uploadOrigin);
    }
  });
  return (event) => wrapped(event, {} as Context);
};
