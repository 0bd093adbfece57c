import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "reserve-waiting",
  purpose:
    "Reserves funds for cases that wait for money, and finishes allocations that were cut off.",
  trigger: { kind: "job", schedule: { kind: "every", minutes: 15 } },
  grants: { table: "read-write", workflow: true },
  timeoutSeconds: 60,
  memoryMb: 256,
});
