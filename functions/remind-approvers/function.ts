import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "remind-approvers",
  purpose:
    "Mails approvers what waits for them, as one digest, or reminds of a decision that is due.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "08:30" } },
  grants: { table: "read-write", mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
