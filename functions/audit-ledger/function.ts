import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "audit-ledger",
  purpose:
    "Recomputes balances, cases, accounts and batches each night; a difference alarms and freezes.",
  trigger: { kind: "job", schedule: { kind: "daily", at: "02:00" } },
  grants: { table: "read-write" },
  timeoutSeconds: 900,
  memoryMb: 512,
});
