import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "serve-approver",
  purpose: "The page behind an approver's link: the case, and the decision.",
  trigger: { kind: "page", routes: ["ANY /decide/{path+}", "ANY /pin", "ANY /pin/{path+}"] },
  grants: { table: "read-write", papers: "read", workflow: true, mail: true },
  timeoutSeconds: 29,
  memoryMb: 512,
});
