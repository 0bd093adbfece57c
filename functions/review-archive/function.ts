import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "review-archive",
  purpose: "Tells offices of hardship files that run out, and of households due to be looked at.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "08:30" } },
  grants: { table: "read-write", mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
