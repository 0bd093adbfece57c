import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "request-authorisation",
  purpose: "Keeps the waiting execution's token until a second person authorises the batch.",
  trigger: { kind: "task" },
  grants: { table: "read-write", workflow: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
