import { expect, test } from "vitest";
import {
  apiClientProblems,
  apiKeyIn,
  apiKeyOf,
  apiScopes,
  apiScopeTitles,
} from "#shared/domain/api-client.ts";

const key = apiKeyOf("x".repeat(43));

test.each([
  [`Bearer ${key}`, key],
  [`bearer   ${key}`, key],
  [key, null],
  [`Basic ${key}`, null],
  [`Bearer ${key}x`, null],
  [`Bearer ${key} ${key}`, null],
  ["Bearer", null],
  [undefined, null],
])("%s holds the key %s", (header, expected) => {
  expect(apiKeyIn(header)).toBe(expected);
});

const good = { name: "示例市民App", scopes: apiScopes, callsPerMinute: 600 };

test("a client has a name, something it may do, and a number of calls", () => {
  expect(apiClientProblems(good)).toEqual([]);
  expect(apiClientProblems({ name: "", scopes: [], callsPerMinute: Number.NaN })).toEqual([
    "name_required",
    "scopes_required",
    "calls_not_a_count",
  ]);
  expect(apiClientProblems({ ...good, name: "好".repeat(61) })).toEqual(["name_too_long"]);
  for (const callsPerMinute of [0, -1, 1.5, 6_001]) {
    expect(apiClientProblems({ ...good, callsPerMinute })).toEqual(["calls_not_a_count"]);
  }
});

test("every scope is said in both languages", () => {
  for (const scope of apiScopes) {
    expect(apiScopeTitles[scope].zh).toMatch(/\p{Script=Han}/u);
    expect(apiScopeTitles[scope].en).not.toBe("");
  }
});
