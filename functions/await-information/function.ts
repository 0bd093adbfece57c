import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "await-information",
  purpose: "Asks the applicant for what is missing, and keeps the waiting execution's token.",
  trigger: { kind: "task" },
  grants: { table: "read-write", workflow: true, mail: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
