/**
 * A call from its first header to its answer, in a fixed order: who calls, whether they may, how often; then what
 * they sent; then whether it was answered before. Whoever may not call learns nothing but that.
 */
import { caseOpenedBy } from "#shared/casework/access-code.ts";
import { overLimit } from "#shared/casework/rate-limit.ts";
import { apiKeyIn, isInForce, type ApiClient } from "#shared/domain/api-client.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { ApiRequest } from "#shared/lambda/api-handler.ts";
import { log } from "#shared/lambda/logging.ts";
import { problemResponse, type ApiError, type ApiProblem } from "#shared/web/api-problem.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { programmeById } from "#workflows/registry.ts";
import { readBody } from "./body.ts";
import { inOrderOfArrival } from "./named-request.ts";
import type { Answer, Call, Operation } from "./operation.ts";
import type { Uses } from "./uses.ts";
import { matches, versionOf } from "./version.ts";

export const accessCodeHeader = "Songnuan-Access-Code";

type Step<Result> = { readonly kind: "ok"; readonly value: Result } | Refusal;
interface Refusal {
  readonly kind: "problem";
  readonly problem: ApiProblem;
}

const problem = (code: ApiProblem["code"], more: Omit<ApiProblem, "code"> = {}): Refusal => ({
  kind: "problem",
  problem: { code, ...more },
});

const clientOf = async (
  { apiClients, vault }: Uses,
  { headers }: ApiRequest,
): Promise<ApiClient | null> => {
  const key = apiKeyIn(headers["authorization"]);
  const client = key && (await apiClients.byKey(vault.digest(key)));
  return client && isInForce(client) ? client : null;
};

/** Who calls, if they may call this and haven't called too often. */
const admit = async (
  uses: Uses,
  request: ApiRequest,
  { scope }: Operation,
): Promise<Step<ApiClient>> => {
  const client = await clientOf(uses, request);
  if (!client) return problem("key_missing", { headers: { "www-authenticate": "Bearer" } });
  const limit = { name: "api-client", max: client.callsPerMinute, minutes: 1 };
  const minutes = await overLimit(uses, limit, client.id);
  if (minutes !== null) {
    return problem("too_many_requests", { headers: { "retry-after": String(minutes * 60) } });
  }
  return client.scopes.includes(scope)
    ? { kind: "ok", value: client }
    : problem("scope_missing", { reason: scope });
};

const headerMissing = (header: string, detail: ApiError["detail"]): Refusal =>
  problem("header_invalid", { errors: [{ header, code: "wrong_form", detail }] });

const unknownParameter = {
  zh: "没有这个参数，或者给了不止一次",
  en: "There is no such parameter, or it came more than once",
};

const readQuery = (
  { query }: ApiRequest,
  { query: known = [] }: Operation,
): Step<Readonly<Record<string, string>>> => {
  const wrong = [...query].filter(([name, values]) => !known.includes(name) || values.length > 1);
  if (wrong.length > 0) {
    const errors = wrong.slice(0, 20).map(([name]) => ({
      parameter: name.slice(0, 80),
      code: "unknown",
      detail: unknownParameter,
    }));
    return problem("query_invalid", { errors });
  }
  return {
    kind: "ok",
    value: Object.fromEntries([...query].map(([name, values]) => [name, values[0] ?? ""])),
  };
};

/** The case of the address, where its access code came along: no such case and a wrong code are one answer. */
const openCase = async (
  uses: Uses,
  request: ApiRequest,
  typedId: string,
): Promise<Step<Call["own"]>> => {
  const code = request.headers[accessCodeHeader.toLowerCase()] ?? "";
  const own = await caseOpenedBy(uses, typedId, code.slice(0, 64));
  return own ? { kind: "ok", value: own } : problem("not_found");
};

/** Whether the caller knows the case as it stands. */
const checkVersion = async (
  { uses, own }: Pick<Call, "uses" | "own">,
  { headers }: ApiRequest,
  { ofVersion }: Operation,
): Promise<Refusal | null> => {
  const header = headers["if-match"];
  if (!own) return null;
  if (header === undefined) return ofVersion ? problem("version_missing") : null;
  return matches(header, await versionOf(uses, own)) ? null : problem("version_stale");
};

const programmeOfCall = ({ own, params }: Call): EveryProgramme | null =>
  programmeById(own?.programmeId ?? params["programmeId"] ?? "") ?? null;

const bodyOf = (request: ApiRequest, call: Call, operation: Operation): Step<unknown> => {
  if (!operation.body) return { kind: "ok", value: undefined };
  const body = request.body();
  if (body.kind === "refused") return { kind: "problem", problem: body.problem };
  const read = readBody(
    operation.body({ programme: programmeOfCall(call) }),
    body.kind === "none" ? {} : body.value,
  );
  return read.kind === "read"
    ? { kind: "ok", value: read.value }
    : problem("invalid", { errors: read.errors });
};

const keyPattern = /^[\u0021-\u007E]{8,128}$/u;
const keyWanted = {
  zh: "请带上 Idempotency-Key：8到128个可见ASCII字符，每个新请求换一个",
  en: "Send an Idempotency-Key of 8 to 128 visible ASCII characters, a new one for each request",
};

/** The call as it goes on, or what keeps it from going on. */
const prepare = async (
  uses: Uses,
  request: ApiRequest,
  operation: Operation,
  params: Call["params"],
): Promise<Step<{ readonly call: Call; readonly body: unknown; readonly key: string | null }>> => {
  const admitted = await admit(uses, request, operation);
  if (admitted.kind === "problem") return admitted;
  if (!request.acceptsJson) return problem("not_acceptable");
  const query = readQuery(request, operation);
  if (query.kind === "problem") return query;
  const key = request.headers["idempotency-key"] ?? null;
  if (operation.once && (key === null || !keyPattern.test(key))) {
    return headerMissing("Idempotency-Key", keyWanted);
  }
  const own = operation.ofCase
    ? await openCase(uses, request, params["applicationId"] ?? "")
    : { kind: "ok" as const, value: null };
  if (own.kind === "problem") return own;
  const call: Call = {
    uses,
    client: admitted.value,
    locale: request.locale,
    params,
    query: query.value,
    own: own.value,
    named: null,
  };
  const body = bodyOf(request, call, operation);
  if (body.kind === "problem") return body;
  return {
    kind: "ok",
    value: { call, body: body.value, key: operation.once ? key : null },
  };
};

const rendered = ({ siteUrl }: Uses, { locale }: ApiRequest, answer: Answer): PageResponse =>
  answer.kind === "problem"
    ? problemResponse(answer.problem, { siteUrl, locale })
    : {
        status: answer.status,
        contentType: "application/json",
        headers: { "content-language": locale, vary: "Accept-Language", ...answer.headers },
        body: JSON.stringify(answer.body),
      };

/** Every call of a client is taken down, without anything that it was about but the case's reference. */
const takeDown = (
  operation: Operation,
  call: Call | null,
  response: PageResponse,
  startedMs: number,
): void =>
  log.info("api call", {
    function: "serve-api",
    route: operation.id,
    method: operation.method,
    status: response.status,
    durationMs: Math.round(performance.now() - startedMs),
    ...(call ? { clientId: call.client.id } : {}),
    ...(call?.own ? { applicationId: call.own.id } : {}),
  });

/** Answers a call of an operation. */
export const answerCall = async (
  uses: Uses,
  request: ApiRequest,
  operation: Operation,
  params: Call["params"],
): Promise<PageResponse> => {
  const startedMs = performance.now();
  const prepared = await prepare(uses, request, operation, params);
  if (prepared.kind === "problem") {
    const response = rendered(uses, request, prepared);
    takeDown(operation, null, response, startedMs);
    return response;
  }
  const { call, body, key } = prepared.value;
  const run = async (named: Call["named"]): Promise<PageResponse> => {
    const stale = await checkVersion(call, request, operation);
    const answer = stale ?? (await operation.answer({ ...call, named }, body));
    return rendered(uses, request, answer);
  };
  const response =
    key === null
      ? await run(null)
      : await inOrderOfArrival(uses, { request, client: call.client, key, body }, run);
  takeDown(operation, call, response, startedMs);
  return response;
};
