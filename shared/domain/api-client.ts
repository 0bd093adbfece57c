/** Programs of others that speak with the JSON API: a city's own app, a service hall's terminal. Pure. */
import type { Instant } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Text } from "../kernel/text.ts";

/** What a client may do. A case besides needs its own access code, whatever the scopes. */
export type ApiScope =
  | "programmes:read"
  | "applications:read"
  | "applications:write"
  | "notices:read"
  | "notices:write";

export const apiScopeTitles: Readonly<Record<ApiScope, Text>> = {
  "programmes:read": {
    zh: "读取救助项目、问题和所需材料",
    en: "Read programmes, their questions and papers",
  },
  "applications:write": {
    zh: "为申请人提交申请、补充、更正、撤回、申请复议",
    en: "Apply, send papers, correct, withdraw and appeal for an applicant",
  },
  "applications:read": {
    zh: "凭查询码读取案件进度和结果",
    en: "Read a case's progress and outcome by its access code",
  },
  "notices:read": { zh: "读取公示", en: "Read public notices" },
  "notices:write": { zh: "对公示提出异议", en: "Object to a public notice" },
};

export const apiScopes = Object.keys(apiScopeTitles) as readonly ApiScope[];

export interface ApiClient {
  /** "CL" and eight characters; it stands in logs and addresses, and opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Calls a minute, all of the client's together. */
  readonly callsPerMinute: number;
  /** Of the key, which is kept nowhere. */
  readonly keyHash: string;
  readonly createdAt: Instant;
  readonly createdBy: StaffId;
  readonly revokedAt: Instant | null;
  readonly revokedBy: StaffId | null;
}

/** Random bytes of a key: it can't be guessed, so that a plain hash of it is enough. */
export const apiKeyBytes = 32;
const keyPrefix = "snk_";

/** A new key from its random bytes, as base64url: the prefix lets a leaked one be found by a search for it. */
export const apiKeyOf = (base64url: string): string => `${keyPrefix}${base64url}`;

const keyPattern = /^snk_[\w-]{43}$/u;

/** The key of an `Authorization` header. @returns null when there is none, or what can be no key of ours. */
export const apiKeyIn = (authorization: string | undefined): string | null => {
  const key = /^Bearer +(?<key>\S+)$/iu.exec(authorization ?? "")?.groups?.["key"] ?? "";
  return keyPattern.test(key) ? key : null;
};

export const isInForce = ({ revokedAt }: ApiClient): boolean => revokedAt === null;

export const clientNameMax = 60;
export const callsPerMinuteMax = 6_000;

export type ApiClientProblem =
  | "name_required"
  | "name_too_long"
  | "scopes_required"
  | "calls_not_a_count";

/** Why a client can't be made like this; every problem at once. */
export const apiClientProblems = ({
  name,
  scopes,
  callsPerMinute,
}: Pick<ApiClient, "name" | "scopes" | "callsPerMinute">): readonly ApiClientProblem[] => [
  ...(name === "" ? (["name_required"] as const) : []),
  ...(Array.from(name).length > clientNameMax ? (["name_too_long"] as const) : []),
  ...(scopes.length === 0 ? (["scopes_required"] as const) : []),
  ...(Number.isInteger(callsPerMinute) && callsPerMinute >= 1 && callsPerMinute <= callsPerMinuteMax
    ? []
    : (["calls_not_a_count"] as const)),
];
