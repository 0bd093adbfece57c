/** The two buckets of files, and where browsers send files to. */
import type { ObjectStore } from "#shared/ports/object-store.ts";
import type { Environment } from "./environment.ts";
import { createObjectStore } from "./s3/object-store.ts";
import { s3FromEnvironment } from "./s3/stored-files.ts";

/** Papers that applicants send. Reads PAPERS_BUCKET. */
export const papersFromEnvironment = (environment: Environment): ObjectStore =>
  createObjectStore(s3FromEnvironment(environment), environment["PAPERS_BUCKET"] ?? "");

/** Bank files, returns and exports. Reads FILES_BUCKET. */
export const filesFromEnvironment = (environment: Environment): ObjectStore =>
  createObjectStore(s3FromEnvironment(environment), environment["FILES_BUCKET"] ?? "");

/**
 * The origin of the upload forms that s3/object-store.ts makes, for the content security policy: UPLOAD_ORIGIN
 * where the run says it, the endpoint of one's own where there is one, else S3's address in the function's region.
 */
export const uploadOriginFromEnvironment = (environment: Environment): string => {
  const endpoint =
    environment["UPLOAD_ORIGIN"] ||
    environment["PUBLIC_S3_URL"] ||
    environment["AWS_ENDPOINT_URL_S3"] ||
    environment["AWS_ENDPOINT_URL"];
  if (endpoint) return new URL(endpoint).origin;
  const region = environment["AWS_REGION"] ?? "";
  return `https://s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
};
