/** Files with the forms and links by which browsers send and take them. */
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ObjectStore } from "#shared/ports/object-store.ts";
import { createStoredFiles, type ObjectStoreClients } from "./stored-files.ts";

const uploadSeconds = 1_800;
const downloadSeconds = 60;

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
    getSignedUrl(
      clients.browser,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename="${fileName.replaceAll(/[^\w.-]/gu, "_")}"`,
        ResponseContentType: "application/octet-stream",
      }),
      { expiresIn: downloadSeconds },
    ),
});
