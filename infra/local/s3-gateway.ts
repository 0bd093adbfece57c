/**
 * The way of browsers to S3 through the one port: `<site>/s3/<bucket>`. Only presigned addresses and signed
 * upload forms pass, checked as S3 checks them, since the store behind checks nothing.
 */
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { readMultipartForm } from "./multipart-form.ts";
import { checkPresigned, isPolicySigned, type AccessKey } from "./s3-signature.ts";
import { faultOfForm } from "./s3-policy.ts";

export const s3Mount = "/s3";

export interface S3Gateway {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

interface GatewayInput {
  /** The store behind, on this machine. */
  readonly storeUrl: string;
  /** The site's public address; redirects after an upload go nowhere else. */
  readonly siteUrl: string;
  readonly key: AccessKey;
  readonly buckets: readonly string[];
  /** Told of each object that a browser has sent. */
  readonly landed?: (bucket: string, key: string) => void;
}

/** The store takes 11 MiB in one request; a larger body is read to its end, so that the browser shows the answer. */
const bodyMaxBytes = 11_000_000;
const drainMaxBytes = 100_000_000;

/** A paper is somebody else's file on this site's own origin: it must never run as a page of it. */
const safeHeaders = {
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cache-control": "private, no-store",
};

/**
 * A browser's own PDF viewer doesn't start in a sandbox. It runs the file apart from any site, and nothing but it
 * may be loaded here.
 */
const pdfHeaders = {
  ...safeHeaders,
  "content-security-policy":
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

const escapeXml = (text: string): string =>
  text.replaceAll(/[<>&"']/gu, (character) => `&#${character.charCodeAt(0)};`);

const fault = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { ...safeHeaders, "content-type": "application/xml" });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`,
  );
};

/** @returns null when the body is longer than the store takes. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyMaxBytes) chunks.push(chunk);
    if (bytes > drainMaxBytes) break;
  }
  return bytes > bodyMaxBytes ? null : Buffer.concat(chunks);
};

const encodedKey = (key: string): string => key.split("/").map(encodeURIComponent).join("/");

/** Where the browser goes after its upload, with what S3 adds to it. @returns null for anywhere but our site. */
const redirectOf = (
  fields: ReadonlyMap<string, string>,
  stored: { readonly bucket: string; readonly key: string; readonly etag: string },
  siteUrl: string,
): string | null => {
  const wanted = fields.get("success_action_redirect");
  if (wanted === undefined || !URL.canParse(wanted)) return null;
  const url = new URL(wanted);
  if (url.origin !== new URL(siteUrl).origin) return null;
  for (const [name, value] of Object.entries(stored)) url.searchParams.set(name, value);
  return url.href;
};

const takeUpload = async (
  input: GatewayInput,
  bucket: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await readBody(request);
  if (!body) {
    return fault(response, 400, "EntityTooLarge", "Your proposed upload exceeds the maximum size");
  }
  const form = readMultipartForm(body, request.headers["content-type"] ?? "");
  const key = form?.fields.get("key");
  if (!form || key === undefined || key === "") {
    return fault(
      response,
      400,
      "MalformedPOSTRequest",
      "The body is no form with a key and a file",
    );
  }
  if (!isPolicySigned(form.fields, input.key)) {
    return fault(response, 403, "SignatureDoesNotMatch", "The policy's signature does not match");
  }
  const broken = faultOfForm(form.fields, bucket, form.file.length, Date.now());
  if (broken) return fault(response, broken.status, broken.code, broken.message);
  const stored = await fetch(`${input.storeUrl}/${bucket}/${encodedKey(key)}`, {
    method: "PUT",
    headers: { "content-type": form.fields.get("content-type") ?? "binary/octet-stream" },
    body: new Uint8Array(form.file),
  });
  if (!stored.ok) return fault(response, 500, "InternalError", "The file could not be stored");
  input.landed?.(bucket, key);
  const etag = stored.headers.get("etag") ?? "";
  const location = redirectOf(form.fields, { bucket, key, etag }, input.siteUrl);
  const status = form.fields.get("success_action_status");
  if (location !== null) response.writeHead(303, { ...safeHeaders, location });
  else response.writeHead(status === "200" || status === "201" ? Number(status) : 204, safeHeaders);
  response.end();
};

/** A presigned address may say how the answer is to be named and shown; the store behind doesn't know these. */
const overridesOf = (query: URLSearchParams): Record<string, string> => {
  const overrides: Record<string, string> = {};
  for (const name of ["content-type", "content-disposition", "content-language"]) {
    const value = query.get(`response-${name}`);
    if (value !== null && !/[\p{Cc}]/u.test(value)) overrides[name] = value;
  }
  return overrides;
};

const passedOn: readonly string[] = [
  "content-type",
  "content-length",
  "content-range",
  "content-disposition",
  "etag",
  "last-modified",
  "accept-ranges",
];

const sendObject = (
  input: GatewayInput,
  target: { readonly path: string; readonly query: URLSearchParams },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { range } = request.headers;
    const behind = httpRequest(
      `${input.storeUrl}${target.path}`,
      { method: request.method ?? "GET", headers: range === undefined ? {} : { range } },
      (answer) => {
        const isPdf = target.query.get("response-content-type") === "application/pdf";
        const headers: Record<string, string> = { ...(isPdf ? pdfHeaders : safeHeaders) };
        for (const name of passedOn) {
          const value = answer.headers[name];
          if (typeof value === "string") headers[name] = value;
        }
        const status = answer.statusCode ?? 500;
        response.writeHead(
          status,
          status < 300 ? { ...headers, ...overridesOf(target.query) } : headers,
        );
        answer.pipe(response);
        answer.on("end", resolve).on("error", reject);
      },
    );
    behind.on("error", reject).end();
  });

/** A gateway for the given buckets; it answers in S3's own words, which browsers show as they are. */
export const createS3Gateway = (input: GatewayInput): S3Gateway => ({
  handle: async (request, response) => {
    const [rawPath = "", rawQuery = ""] = (request.url ?? "").split("?", 2);
    const path = rawPath.slice(s3Mount.length);
    const bucket = path.split("/")[1] ?? "";
    const method = request.method ?? "";
    if (!input.buckets.includes(bucket)) {
      return fault(response, 404, "NoSuchBucket", "The specified bucket does not exist");
    }
    if (method === "POST" && /^\/[^/]+\/?$/u.test(path)) {
      return takeUpload(input, bucket, request, response);
    }
    const query = new URLSearchParams(rawQuery);
    const signed = { method, host: new URL(input.siteUrl).host, path: rawPath };
    const isRead = (method === "GET" || method === "HEAD") && /^\/[^/]+\/[^/]/u.test(path);
    const verdict = isRead ? checkPresigned(signed, query, input.key, Date.now()) : "invalid";
    if (verdict === "expired") return fault(response, 403, "AccessDenied", "Request has expired");
    if (verdict === "invalid") return fault(response, 403, "AccessDenied", "Access Denied");
    return sendObject(input, { path, query }, request, response);
  },
});
