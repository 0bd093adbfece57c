import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "publish-notice",
  purpose: "Says until when the public notice stands.",
  trigger: { kind: "task" },
  grants: { table: "read-write" },
  timeoutSeconds: 30,
  memoryMb: 256,
});
