import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "make-export",
  purpose: "Writes a table that finance asked for, and takes down its rows, sum and hash.",
  trigger: { kind: "object", bucket: "files", prefix: "exports/requests/" },
  grants: { table: "read-write", files: "read-write" },
  timeoutSeconds: 900,
  memoryMb: 512,
});
