import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "close-overdue",
  purpose: "Ends what nobody answered by its deadline, with a reason.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "00:30" } },
  grants: { table: "read-write", workflow: true, mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
