import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What the pages for workers are given. */
export type Uses = Pick<
  Dependencies,
  | "clock"
  | "policy"
  | "random"
  | "vault"
  | "cases"
  | "directory"
  | "archive"
  | "feedback"
  | "notices"
  | "oversight"
  | "mailer"
  | "papers"
  | "workflow"
  | "siteUrl"
  | "uploadOrigin"
>;
