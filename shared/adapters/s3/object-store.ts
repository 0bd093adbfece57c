/** Files with the forms and links by which browsers send and take them. */
import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectStore } from "#shared/ports/object-store.ts";
import { createStoredFiles, type ObjectStoreClients } from "./stored-files.ts";

const uploadSeconds = 1_800;
const linkSeconds = 60;

/** Names that nobody chose, in characters that no header needs to quote. */
const disposition = (kind: "inline" | "attachment", fileName: string): string =>
  `${kind}; filename="${fileName.replaceAll(/[^\w.-]/gu, "_")}"`;

const linkTo = (client: S3Client, input: GetObjectCommandInput): Promise<string> =>
  getSignedUrl(client, new GetObjectCommand(input), { expiresIn: linkSeconds });

export const createObjectStore = (clients: ObjectStoreClients, bucket: string): ObjectStore => ({
  ...createStoredFiles(clients, bucket),
  uploadForm: async ({ key, maxBytes, returnTo }) =>
    createPresignedPost(clients.browser, {
      Bucket: bucket,
      Key: key,
      Expires: uploadSeconds,
      Fields: { "Content-Type": "application/octet-stream", success_action_redirect: returnTo },
      Conditions: [
        ["content-length-range", 1, maxBytes],
        ["eq", "$Content-Type", "application/octet-stream"],
        ["eq", "$success_action_redirect", returnTo],
      ],
    }),
  downloadLink: (key, fileName) =>
    linkTo(clients.browser, {
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: disposition("attachment", fileName),
      ResponseContentType: "application/octet-stream",
    }),
  viewLink: (key, { fileName, mediaType }) =>
    linkTo(clients.browser, {
      Bucket: bucket,
      Key: key,
      ResponseContentDisposition: disposition("inline", fileName),
      ResponseContentType: mediaType,
    }),
});
