import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "end-notices",
  purpose:
    "Publishes and ends notices after payment, and ends others that their executions forgot.",
  trigger: { kind: "job", schedule: { kind: "every", minutes: 30 } },
  grants: { table: "read-write", workflow: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
