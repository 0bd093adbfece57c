import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "request-approval",
  purpose: "Asks the approver of the case's tier by mail, and keeps the waiting execution's token.",
  trigger: { kind: "task" },
  grants: { table: "read-write", workflow: true, mail: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
