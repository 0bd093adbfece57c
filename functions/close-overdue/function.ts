import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "close-overdue",
  purpose:
    "Ends what applicants didn't answer by its deadline, with a reason; what approvers didn't passes to others.",
  trigger: { kind: "job", schedule: { kind: "every", minutes: 30 } },
  grants: { table: "read-write", workflow: true, mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
