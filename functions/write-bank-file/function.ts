import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "write-bank-file",
  purpose: "Writes the batch's bank file and locks it.",
  trigger: { kind: "task" },
  grants: { table: "read-write", files: "read-write" },
  timeoutSeconds: 300,
  memoryMb: 512,
});
