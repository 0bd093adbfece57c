import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "audit-ledger",
  purpose: "Recomputes every balance from its transfers and raises an alarm at any difference.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "02:00" } },
  grants: { table: "read-write" },
  timeoutSeconds: 300,
  memoryMb: 256,
});
