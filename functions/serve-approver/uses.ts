import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What the approver's pages may touch: no bank files. */
export type Uses = Omit<
  Dependencies,
  | "files"
  | "trail"
  | "batches"
  | "allocations"
  | "apiClients"
  | "apiRequests"
  | "audit"
  | "feedback"
  | "fundOrders"
  | "exports"
  | "payingAccounts"
>;
