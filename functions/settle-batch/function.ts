import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "settle-batch",
  purpose:
    "Reads the bank's return line by line: paid settles, failed waits for the card to be mended.",
  trigger: { kind: "task" },
  grants: { table: "read-write", files: "read", mail: true },
  timeoutSeconds: 300,
  memoryMb: 512,
});
