import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "remind-approvers",
  purpose: "Reminds approvers of decisions whose limit is near, once and with the same link.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "08:30" } },
  grants: { table: "read-write", mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
