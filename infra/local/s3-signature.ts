/** Signature Version 4 as S3 checks it: of a presigned address, and of a form's policy. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

const algorithm = "AWS4-HMAC-SHA256";

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** Reads "<key id>/<date>/<region>/s3/aws4_request". @returns null when it isn't of this key or not for S3. */
const scopeOf = (credential: string, key: AccessKey): Scope | null => {
  const [id, date, region, service, end, ...more] = credential.split("/");
  if (id !== key.id || service !== "s3" || end !== "aws4_request" || more.length > 0) return null;
  return date && region ? { date, region, service } : null;
};

const signature = (key: AccessKey, scope: Scope, text: string): string => {
  const parts = [scope.date, scope.region, scope.service, "aws4_request"];
  const signingKey = parts.reduce<string | Buffer>(hmac, `AWS4${key.secret}`);
  return hmac(signingKey, text).toString("hex");
};

const same = (given: string, expected: string): boolean => {
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, Buffer.from(expected));
};

/** Whether a form's policy was signed with this key. `fields` have lower-case names. */
export const isPolicySigned = (fields: ReadonlyMap<string, string>, key: AccessKey): boolean => {
  const scope = scopeOf(fields.get("x-amz-credential") ?? "", key);
  if (!scope || fields.get("x-amz-algorithm") !== algorithm) return false;
  return same(
    fields.get("x-amz-signature") ?? "",
    signature(key, scope, fields.get("policy") ?? ""),
  );
};

/** As RFC 3986 encodes; encodeURIComponent leaves four characters more. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const dateOf = (amzDate: string): number =>
  Date.parse(
    amzDate.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/u, "$1-$2-$3T$4:$5:$6Z"),
  );

/**
 * Checks a presigned address as it stands in the browser.
 * @param host the host it was signed for, which a proxy in between may have changed.
 * @param atMs real time: the SDK signs with the machine's clock, not with the movable one.
 */
export const checkPresigned = (
  request: { readonly method: string; readonly host: string; readonly path: string },
  query: URLSearchParams,
  key: AccessKey,
  atMs: number,
): "valid" | "expired" | "invalid" => {
  const scope = scopeOf(query.get("X-Amz-Credential") ?? "", key);
  const amzDate = query.get("X-Amz-Date") ?? "";
  const seconds = Number(query.get("X-Amz-Expires"));
  if (!scope || query.get("X-Amz-Algorithm") !== algorithm) return "invalid";
  if (query.get("X-Amz-SignedHeaders") !== "host" || !Number.isInteger(seconds)) return "invalid";
  const canonicalQuery = [...query]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join("&");
  const canonical = [
    request.method,
    request.path,
    canonicalQuery,
    `host:${request.host}`,
    "",
    "host",
    "UNSIGNED-PAYLOAD",
  ].join("\n");
  const text = [
    algorithm,
    amzDate,
    `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  if (!same(query.get("X-Amz-Signature") ?? "", signature(key, scope, text))) return "invalid";
  return dateOf(amzDate) + seconds * 1000 > atMs ? "valid" : "expired";
};
