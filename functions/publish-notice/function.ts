import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "publish-notice",
  purpose: "Publishes a case's notice, once and checked, and says until when it stands.",
  trigger: { kind: "task" },
  grants: { table: "read-write" },
  timeoutSeconds: 30,
  memoryMb: 256,
});
