import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "await-bank-return",
  purpose: "Keeps the waiting execution's token until the bank's return is there.",
  trigger: { kind: "task" },
  grants: { table: "read-write", workflow: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
