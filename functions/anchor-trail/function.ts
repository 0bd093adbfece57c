import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "anchor-trail",
  purpose: "Anchors the day's trail under one root, and mails the root to the auditors.",
  // Half an hour after the day's end: what began on it is written by then.
  trigger: { kind: "job", schedule: { kind: "daily", at: "00:30" } },
  grants: { table: "read-write", files: "read-write", mail: true },
  timeoutSeconds: 900,
  memoryMb: 1024,
});
