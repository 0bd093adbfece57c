import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What the approver's pages may touch: no bank files. */
export type Uses = Omit<
  Dependencies,
  "files" | "batches" | "allocations" | "apiClients" | "apiRequests" | "feedback"
>;
