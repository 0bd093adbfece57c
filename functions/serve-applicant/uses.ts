import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What the pages for workers are given. */
export type Uses = Pick<
  Dependencies,
  | "clock"
  | "random"
  | "vault"
  | "cases"
  | "directory"
  | "papers"
  | "workflow"
  | "siteUrl"
  | "uploadOrigin"
>;
