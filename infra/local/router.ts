/** Picks the function of a request from the routes of the manifest, as an API Gateway HTTP API does. */
import type { FunctionDefinition, Route } from "#shared/lambda/definition.ts";

export interface RouteMatch {
  readonly functionName: string;
  /** "ANY /apply/{path+}" */
  readonly routeKey: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => RouteMatch | null;

interface Candidate {
  readonly functionName: string;
  readonly routeKey: Route;
  readonly method: string;
  readonly segments: readonly string[];
}

const segmentsOf = (path: string): readonly string[] => path.split("/").slice(1);

const isGreedy = (segment: string): boolean => /^\{.+\+\}$/u.test(segment);
const isVariable = (segment: string): boolean => /^\{.+\}$/u.test(segment);
const variableName = (segment: string): string => segment.replaceAll(/[{}+]/gu, "");

/** A literal goes before a variable, a variable before the rest of the path, a method before ANY. */
const rankOf = ({ method, segments }: Candidate): readonly number[] => [
  ...segments.map((segment) => (isGreedy(segment) ? 0 : isVariable(segment) ? 1 : 2)),
  method === "ANY" ? 0 : 1,
];

const compareRanks = (one: readonly number[], other: readonly number[]): number => {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (other[at] ?? -1) - (one[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** @returns what the variables stand for, or null when the path is another one. */
const match = (
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | null => {
  const found: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const given = path[at];
    if (given === undefined) return null;
    if (isGreedy(segment)) {
      const rest = path.slice(at).join("/");
      return rest === "" ? null : { ...found, [variableName(segment)]: rest };
    }
    if (isVariable(segment)) {
      if (given === "") return null;
      found[variableName(segment)] = given;
    } else if (segment !== given) return null;
  }
  return pattern.length === path.length ? found : null;
};

/** A router over the pages of the manifest. HEAD goes where GET goes. */
export const createRouter = (functions: readonly FunctionDefinition[]): Router => {
  const candidates: readonly Candidate[] = functions.flatMap(({ name, trigger }) =>
    trigger.kind === "page"
      ? trigger.routes.map((routeKey) => {
          const [method = "", path = ""] = routeKey.split(" ");
          return { functionName: name, routeKey, method, segments: segmentsOf(path) };
        })
      : [],
  );
  const ranked = candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate) }))
    .toSorted((one, other) => compareRanks(one.rank, other.rank));
  return (method, path) => {
    const wanted = method === "HEAD" ? "GET" : method;
    const segments = segmentsOf(path);
    for (const { candidate } of ranked) {
      if (candidate.method !== "ANY" && candidate.method !== wanted) continue;
      const pathParameters = match(candidate.segments, segments);
      if (pathParameters) {
        return {
          functionName: candidate.functionName,
          routeKey: candidate.routeKey,
          pathParameters,
        };
      }
    }
    return null;
  };
};
