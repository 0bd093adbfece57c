/** The JSON API: which operation an address asks for, and the pages that describe them. */
import { inOneRequest } from "#shared/casework/remembered-organisation.ts";
import { apiHandler, type ApiRequest } from "#shared/lambda/api-handler.ts";
import { problemResponse, type ApiProblem } from "#shared/web/api-problem.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { answerCall } from "./call.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import type { Uses } from "./uses.ts";

interface Found {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

const isParameter = (part: string): boolean => part.startsWith(":");

const fits = ({ path }: Operation, segments: readonly string[]): boolean =>
  path.length === segments.length &&
  path.every((part, index) => isParameter(part) || part === segments[index]);

const paramsOf = ({ path }: Operation, segments: readonly string[]): Found["params"] =>
  Object.fromEntries(
    path.flatMap((part, index) =>
      isParameter(part) ? [[part.slice(1), segments[index] ?? ""]] : [],
    ),
  );

const v1 = async (
  uses: Uses,
  request: ApiRequest,
  segments: readonly string[],
): Promise<PageResponse> => {
  const refuse = (problem: ApiProblem): PageResponse =>
    problemResponse(problem, { siteUrl: uses.siteUrl, locale: request.locale });
  const here = operations.filter((operation) => fits(operation, segments));
  const operation = here.find(({ method }) => method === request.method);
  if (operation) {
    return answerCall(inOneRequest(uses), request, operation, paramsOf(operation, segments));
  }
  if (here.length === 0) return refuse({ code: "not_found" });
  const methods = here.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return refuse({ code: "method_not_allowed", headers: { allow: methods.join(", ") } });
};

/** The document and its pages are read when somebody asks for them: a call doesn't wait for either. */
const describe = async (
  { siteUrl }: Uses,
  request: ApiRequest,
  segments: readonly string[],
): Promise<PageResponse | null> => {
  const [first, second] = segments;
  const { pageLocale } = request;
  if (first === undefined) {
    return (await import("./pages/reference.ts")).referencePage(siteUrl, pageLocale);
  }
  if (first === "openapi.json" && segments.length === 1) {
    const { openApiResponse } = await import("./document/openapi.ts");
    return openApiResponse(siteUrl, request.query.has("lang") ? pageLocale : request.locale);
  }
  return first === "problems" && second !== undefined && segments.length === 2
    ? (await import("./pages/problem.ts")).problemPage(second, pageLocale)
    : null;
};

const respond = async (uses: Uses, request: ApiRequest): Promise<PageResponse> => {
  const [, first, ...rest] = request.path;
  if (first === "v1") return v1(uses, request, rest);
  const { siteUrl } = uses;
  const { locale } = request;
  if (request.method !== "GET") {
    const problem = { code: "method_not_allowed", headers: { allow: "GET, HEAD" } } as const;
    return problemResponse(problem, { siteUrl, locale });
  }
  const described = await describe(uses, request, request.path.slice(1));
  return described ?? problemResponse({ code: "not_found" }, { siteUrl, locale });
};

export const createHandler = (uses: Uses) =>
  apiHandler({ name: "serve-api", siteUrl: uses.siteUrl }, (request) => respond(uses, request));
