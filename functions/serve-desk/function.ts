import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "serve-desk",
  purpose: "Pages for handlers, finance, administrators and auditors.",
  trigger: { kind: "page", routes: ["ANY /desk", "ANY /desk/{path+}"] },
  grants: {
    table: "read-write",
    papers: "read-write",
    files: "read-write",
    workflow: true,
    mail: true,
  },
  timeoutSeconds: 29,
  memoryMb: 512,
});
