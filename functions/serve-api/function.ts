import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "serve-api",
  purpose: "The JSON API: what the forms can do, a city's own app can do.",
  trigger: { kind: "page", routes: ["ANY /api", "ANY /api/{path+}"] },
  grants: { table: "read-write", papers: "read-write", workflow: true, mail: true },
  timeoutSeconds: 29,
  memoryMb: 512,
});
