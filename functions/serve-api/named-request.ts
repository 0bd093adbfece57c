/**
 * A request with an idempotency key is answered once: the second of two gets the first one's answer. Only what was
 * done is kept. What was refused changed nothing, so its key is free again; and whoever died over a request is
 * followed by whoever sends it next, to the same end.
 */
import type { ApiClient } from "#shared/domain/api-client.ts";
import type { ApiRequest } from "#shared/lambda/api-handler.ts";
import { problemResponse, type ApiProblem } from "#shared/web/api-problem.ts";
import type { PageResponse } from "#shared/web/page.ts";
import type { NamedRequest } from "./operation.ts";
import type { Uses } from "./uses.ts";

interface Arrived {
  readonly request: ApiRequest;
  readonly client: ApiClient;
  readonly key: string;
  readonly body: unknown;
}

const waitSeconds = 1;

const replayed = (kept: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): PageResponse => ({
  ...kept,
  contentType: "application/json",
  headers: { ...kept.headers, "idempotency-replayed": "true" },
});

export const inOrderOfArrival = async (
  uses: Uses,
  { request, client, key, body }: Arrived,
  run: (named: NamedRequest) => Promise<PageResponse>,
): Promise<PageResponse> => {
  const { apiRequests, clock, siteUrl, vault } = uses;
  const refuse = (problem: ApiProblem): PageResponse =>
    problemResponse(problem, { siteUrl, locale: request.locale });
  // Keyed hashes: what a person typed can't be told from them.
  const name = await vault.sign("api-request", `${client.id}|${key}`);
  const content = JSON.stringify([request.method, request.path, body]);
  const contentHash = await vault.sign("api-content", content);
  const begun = await apiRequests.begin({ key: name, contentHash }, clock.now());
  switch (begun.kind) {
    case "answered":
      return replayed(begun.answer);
    case "in_flight":
      return refuse({
        code: "request_in_flight",
        headers: { "retry-after": String(waitSeconds) },
      });
    case "another_request":
      return refuse({ code: "key_reused" });
    case "begun":
  }
  let response: PageResponse | undefined;
  try {
    response = await run({ key: name, firstAt: begun.firstAt });
    if (response.status < 300 && typeof response.body === "string") {
      const { status, headers = {} } = response;
      await apiRequests.answered(name, { status, headers, body: response.body });
    }
    return response;
  } finally {
    if (!response || response.status >= 300) await apiRequests.release(name);
  }
};
