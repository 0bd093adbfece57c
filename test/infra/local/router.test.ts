import { expect, test } from "vitest";
import { createRouter } from "#infra/local/router.ts";
import { functions } from "#infra/manifest.ts";
import type { Route } from "#shared/lambda/definition.ts";
import { definitionOf } from "./fixtures.ts";

const routerOf = (routes: Readonly<Record<string, readonly Route[]>>) =>
  createRouter(
    Object.entries(routes).map(([name, paths]) =>
      definitionOf(name, { kind: "page", routes: paths }),
    ),
  );

const router = routerOf({
  start: ["GET /"],
  apply: ["ANY /apply", "ANY /apply/{path+}"],
  form: ["GET /apply/{programme}/form", "POST /apply/{programme}"],
  list: ["GET /apply/list"],
});

test.each([
  ["GET", "/", "start", "GET /"],
  ["HEAD", "/", "start", "GET /"],
  ["GET", "/apply", "apply", "ANY /apply"],
  ["GET", "/apply/list", "list", "GET /apply/list"],
  ["POST", "/apply/list", "form", "POST /apply/{programme}"],
  ["GET", "/apply/winter", "apply", "ANY /apply/{path+}"],
  ["GET", "/apply/winter/form", "form", "GET /apply/{programme}/form"],
  ["DELETE", "/apply/a/b/c", "apply", "ANY /apply/{path+}"],
])("%s %s goes to %s", (method, path, functionName, routeKey) => {
  expect(router(method, path)).toMatchObject({ functionName, routeKey });
});

test.each([
  ["POST", "/"],
  ["GET", "/other"],
  ["GET", "/apply/"],
  ["GET", "//"],
])("%s %s goes nowhere", (method, path) => {
  expect(router(method, path)).toBeNull();
});

test("variables carry what stands in their place, still encoded", () => {
  expect(router("GET", "/apply/a%20b/form")?.pathParameters).toEqual({ programme: "a%20b" });
  expect(router("PUT", "/apply/a/b%2Fc")?.pathParameters).toEqual({ path: "a/b%2Fc" });
});

test("every page of the manifest is reached by its own routes", () => {
  const manifest = createRouter(functions);
  for (const { name, trigger } of functions) {
    if (trigger.kind !== "page") continue;
    for (const routeKey of trigger.routes) {
      const [method = "", path = ""] = routeKey.split(" ");
      const concrete = path.replaceAll(/\{\w+\+\}/gu, "a/b").replaceAll(/\{\w+\}/gu, "a");
      const found = manifest(method === "ANY" ? "POST" : method, concrete);
      expect(found).toMatchObject({ functionName: name, routeKey });
    }
  }
});
