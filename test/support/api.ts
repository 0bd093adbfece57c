/** Programs of others at the JSON API: a key, calls, and a whole application without a page. */
import { createVisitor } from "#infra/local/demo/visitor.ts";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { apiKeyOf, apiScopes, type ApiClient, type ApiScope } from "#shared/domain/api-client.ts";
import type { Answers } from "#shared/domain/form.ts";
import { cardsIn } from "#shared/domain/people-field.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import {
  newApiClientId,
  parseAccessCode,
  parseApplicationId,
  type StaffId,
} from "#shared/kernel/ids.ts";
import { randomBytes, randomUUID } from "node:crypto";
import { aPhoto } from "./photo.ts";

/** A new client's key; it may do everything unless told otherwise. */
export const newClient = async (
  { dependencies }: Pick<Embedded, "dependencies">,
  changes: Partial<ApiClient> & { readonly scopes?: readonly ApiScope[] } = {},
): Promise<{ readonly key: string; readonly client: ApiClient }> => {
  const { apiClients, clock, vault } = dependencies;
  const key = apiKeyOf(randomBytes(32).toString("base64url"));
  const client: ApiClient = {
    id: newApiClientId(randomBytes(8)),
    name: "示例市民App",
    scopes: apiScopes,
    callsPerMinute: 6_000,
    keyHash: vault.digest(key),
    createdAt: clock.now(),
    createdBy: "admin" as StaffId,
    revokedAt: null,
    revokedBy: null,
    ...changes,
  };
  await apiClients.put(client);
  return { key, client };
};

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly contentType: string;
  /** null where there is no body. */
  readonly body: unknown;
}

export interface ApiCall {
  readonly body?: unknown;
  readonly accessCode?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
}

export type Caller = (method: string, path: string, call?: ApiCall) => Promise<ApiAnswer>;

/** Calls with a key; a POST names itself unless told not to. A header given as null is left out. */
export const caller =
  ({ url }: Pick<Embedded, "url">, key: string): Caller =>
  async (method, path, { body, accessCode, headers = {} } = {}) => {
    const all: Readonly<Record<string, string | null>> = {
      authorization: `Bearer ${key}`,
      "accept-language": "zh-CN",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(accessCode === undefined ? {} : { "songnuan-access-code": accessCode }),
      ...(method === "POST" ? { "idempotency-key": randomUUID() } : {}),
      ...headers,
    };
    const sent = Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    );
    const response = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: sent,
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const contentType = response.headers.get("content-type") ?? "";
    const isJson = /^application\/(?:problem\+)?json$/u.test(contentType);
    return {
      status: response.status,
      headers: response.headers,
      contentType,
      body: text !== "" && isJson ? (JSON.parse(text) as unknown) : null,
    };
  };

/** Typed answers as the API takes them. */
export const answersAsJson = (programme: EveryProgramme, answers: Answers) =>
  Object.fromEntries(
    Object.entries(answers)
      .filter(([name, typed]) => typed !== "" && Object.hasOwn(programme.form.fields, name))
      .map(([name, typed]) => [
        name,
        programme.form.fields[name]?.kind === "people" ? cardsIn(typed) : typed,
      ]),
  );

interface Permission {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

let photos = 0;

/** Puts a photo where a permission lets it. */
const putPhoto = async ({ url, fields }: Permission): Promise<void> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  photos += 1;
  form.append("file", new Blob([Buffer.from(aPhoto(photos))], { type: "image/jpeg" }), "x.jpg");
  const response = await fetch(url, { method: "POST", body: form, redirect: "manual" });
  if (response.status !== 303) throw new Error(`a photo was answered with ${response.status}`);
};

const expected = (answer: ApiAnswer, status: number): unknown => {
  if (answer.status === status) return answer.body;
  throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
};

interface CreatedBody {
  readonly application: { readonly id: string };
  readonly accessCode: string;
}

interface PapersBody {
  readonly wanted: readonly { readonly kind: string }[] | null;
}

/** Sends a photo of every paper that a case asks for. */
export const sendPapersByApi = async (
  call: Caller,
  id: string,
  accessCode: string,
): Promise<void> => {
  const path = `applications/${id}/papers`;
  const papers = expected(await call("GET", path, { accessCode }), 200) as PapersBody;
  const kinds = (papers.wanted ?? []).map(({ kind }) => kind);
  if (kinds.length === 0) return;
  const permitted = await call("POST", path, { accessCode, body: { kinds } });
  const { items } = expected(permitted, 201) as { readonly items: readonly Permission[] };
  for (const permission of items) await putPhoto(permission);
};

const keys = new WeakMap<object, Promise<{ readonly key: string }>>();

/** One client for a whole run: calls of tests that aren't about clients. */
const sharedKey = async (city: Embedded): Promise<string> => {
  const known = keys.get(city) ?? newClient(city, { callsPerMinute: 1_000_000 });
  keys.set(city, known);
  return (await known).key;
};

/** Applies as a city's own app would: no page is made. `visitor` isn't signed in; `follow` signs one in. */
export const applyByApi = async (
  city: Embedded,
  programme: EveryProgramme,
  answers: Answers,
): Promise<Applied> => {
  const call = caller(city, await sharedKey(city));
  const given = { programmeId: programme.id, answers: answersAsJson(programme, answers) };
  const created = expected(await call("POST", "applications", { body: given }), 201) as CreatedBody;
  const applicationId = parseApplicationId(created.application.id);
  const accessCode = parseAccessCode(created.accessCode);
  if (!applicationId || !accessCode) throw new Error("no reference and code");
  await sendPapersByApi(call, applicationId, accessCode);
  const path = `applications/${applicationId}/submission`;
  expected(await call("POST", path, { accessCode, body: {} }), 200);
  return { visitor: createVisitor(city.url), applicationId, accessCode };
};
