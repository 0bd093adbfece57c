import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "announce-outcome",
  purpose: "Ends the notice, makes the award payable, and tells the applicant the outcome.",
  trigger: { kind: "task" },
  grants: { table: "read-write", mail: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
