import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What the API is given: as much as the pages for workers, and the records of its own. */
export type Uses = Pick<
  Dependencies,
  | "apiClients"
  | "apiRequests"
  | "archive"
  | "cases"
  | "clock"
  | "directory"
  | "mailer"
  | "notices"
  | "oversight"
  | "papers"
  | "policy"
  | "random"
  | "siteUrl"
  | "uploadOrigin"
  | "vault"
  | "workflow"
>;
