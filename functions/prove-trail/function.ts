import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "prove-trail",
  purpose: "Exports the whole trail for an auditor who asked for it, and proves the file.",
  trigger: { kind: "object", bucket: "files", prefix: "trail-requests/" },
  grants: { table: "read-write", files: "read-write" },
  timeoutSeconds: 900,
  memoryMb: 2048,
});
