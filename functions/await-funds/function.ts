import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "await-funds",
  purpose: "Keeps the waiting execution's token until money arrives.",
  trigger: { kind: "task" },
  grants: { table: "read-write", workflow: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
