import { defineFunction } from "#shared/lambda/definition.ts";

export const definition = defineFunction({
  name: "convert-photo",
  purpose: "Turns a phone's HEIC photo, once it has landed, into a JPEG that every browser shows.",
  trigger: { kind: "object", bucket: "papers", prefix: "incoming/" },
  grants: { papers: "read-write" },
  timeoutSeconds: 60,
  // The largest photo takes 60 megapixels of four bytes, twice; the memory also sets the share of a processor.
  memoryMb: 2048,
});
