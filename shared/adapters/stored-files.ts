/** Files for tasks, which hand no links to browsers: the signing of those stays out. */
import type { StoredFiles } from "#shared/ports/object-store.ts";
import type { Environment } from "./environment.ts";
import { createStoredFiles, s3FromEnvironment } from "./s3/stored-files.ts";

/** Reads FILES_BUCKET. */
export const storedFilesFromEnvironment = (environment: Environment): StoredFiles =>
  createStoredFiles(s3FromEnvironment(environment), environment["FILES_BUCKET"] ?? "");

/** Papers for what works on them unseen. Reads PAPERS_BUCKET. */
export const storedPapersFromEnvironment = (environment: Environment): StoredFiles =>
  createStoredFiles(s3FromEnvironment(environment), environment["PAPERS_BUCKET"] ?? "");
