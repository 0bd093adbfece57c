import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "assess-application",
  purpose: "Applies the programme's rules and puts the case before its first tier.",
  trigger: { kind: "task" },
  grants: { table: "read-write", mail: true },
  timeoutSeconds: 30,
  memoryMb: 256,
});
