import type { Dependencies } from "#shared/ports/dependencies.ts";

/**
 * What the desk's pages are given: everything, since each role sees another part of it, but the API's own records.
 */
export type Uses = Omit<Dependencies, "apiRequests">;
