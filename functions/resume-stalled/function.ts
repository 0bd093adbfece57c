import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "resume-stalled",
  purpose:
    "Signals again what was decided but not acknowledged, and starts executions that are missing.",
  trigger: { kind: "job", schedule: { kind: "every", minutes: 5 } },
  grants: { table: "read", workflow: true },
  timeoutSeconds: 60,
  memoryMb: 256,
});
