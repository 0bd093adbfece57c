import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "assemble-batch",
  purpose: "Gathers a fund's payable cases into a batch.",
  trigger: { kind: "task" },
  grants: { table: "read-write" },
  timeoutSeconds: 300,
  memoryMb: 512,
});
