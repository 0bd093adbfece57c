/** A request and a response as pages see them: no trace of API Gateway, so a page can be tested as a function. */
import type { Locale } from "../kernel/text.ts";

export interface PageRequest {
  readonly method: "GET" | "POST";
  /** Decoded segments of the path: "/status/SN4K7P2QX9AB" is ["status", "SN4K7P2QX9AB"]. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** Fields of an urlencoded body; the first value of each name. Empty for GET. */
  readonly form: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** For rate limits only; stored as a keyed hash. */
  readonly sourceIp: string;
  /** From the "lang" cookie or query; zh-CN unless en is asked for. */
  readonly locale: Locale;
}

/** Type as usual, or large, with more room and one column (适老大字版). */
export type TextSize = "normal" | "large";

export interface PageResponse {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole Set-Cookie values. */
  readonly cookies?: readonly string[];
}

export const htmlPage = (
  status: number,
  body: string,
  cookies: readonly string[] = [],
): PageResponse => ({
  status,
  body,
  contentType: "text/html; charset=utf-8",
  cookies,
});

/** After a POST, so that reloading doesn't send it again. `path` must be one of ours, from paths.ts. */
export const redirect = (path: string, cookies: readonly string[] = []): PageResponse => ({
  status: 303,
  body: "",
  headers: { location: path },
  cookies,
});

/** A cookie for this site only. `__Host-` binds it to the host; browsers take it on localhost too. */
export const cookie = (name: string, value: string, maxAgeSeconds: number): string =>
  `__Host-${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;

export const endCookie = (name: string): string =>
  `__Host-${name}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;

export const cookieOf = (request: PageRequest, name: string): string | undefined =>
  request.cookies[`__Host-${name}`];
