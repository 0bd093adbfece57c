import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "remind-handlers",
  purpose: "Mails handlers how many cases wait, and the office above when some are late.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "08:30" } },
  grants: { table: "read", mail: true },
  timeoutSeconds: 300,
  memoryMb: 256,
});
