/** Files in S3. Path-style addresses, so that one origin serves every bucket and any compatible endpoint. */
import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  type CompletedPart,
} from "@aws-sdk/client-s3";
import type { StoredFiles, StoredObject } from "#shared/ports/object-store.ts";

const partBytes = 8 * 1024 * 1024;
const listedMax = 1_000;
const headsKept = 500;

/** Two clients of one store: how this function reaches it, and how a browser does. */
export interface ObjectStoreClients {
  readonly inside: S3Client;
  readonly browser: S3Client;
}

export const s3FromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): ObjectStoreClients => {
  const publicUrl = environment["PUBLIC_S3_URL"];
  const inside = new S3Client({ forcePathStyle: true });
  return {
    inside,
    browser: publicUrl ? new S3Client({ forcePathStyle: true, endpoint: publicUrl }) : inside,
  };
};

const readBody = async (
  client: S3Client,
  input: { Bucket: string; Key: string; Range?: string },
) => {
  try {
    const { Body, ContentLength } = await client.send(new GetObjectCommand(input));
    const bytes = Body ? await Body.transformToByteArray() : new Uint8Array();
    // Half of a bank's return reads like a whole one: what arrives cut short is fetched again.
    if (ContentLength !== undefined && bytes.length !== ContentLength) {
      throw new Error("a file arrived shorter than it is");
    }
    return bytes;
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    // An empty file has no first byte, and the store refuses any range of it.
    if (error instanceof S3ServiceException && error.name === "InvalidRange") {
      return new Uint8Array();
    }
    throw error;
  }
};

const uploadParts = async (
  client: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string },
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ parts: CompletedPart[]; sizeBytes: number; sha256: string }> => {
  const parts: CompletedPart[] = [];
  const hash = createHash("sha256");
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let sizeBytes = 0;
  const flush = async (): Promise<void> => {
    const PartNumber = parts.length + 1;
    const Body = Buffer.concat(pending);
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    parts.push({ PartNumber, ...(ETag === undefined ? {} : { ETag }) });
    pending = [];
    pendingBytes = 0;
  };
  for await (const chunk of chunks) {
    hash.update(chunk);
    pending.push(chunk);
    pendingBytes += chunk.length;
    sizeBytes += chunk.length;
    if (pendingBytes >= partBytes) await flush();
  }
  if (pendingBytes > 0 || parts.length === 0) await flush();
  return { parts, sizeBytes, sha256: hash.digest("hex") };
};

/** Reading and writing files; what browsers need besides stands in browser-links.ts, which few functions have. */
/** First bytes that were read before, by what was read: a page lists the same files again after each upload. */
const createKnownHeads = () => {
  const known = new Map<string, Uint8Array>();
  return {
    get: (content: string): Uint8Array | undefined => known.get(content),
    keep: (content: string, head: Uint8Array): void => {
      const oldest = known.size < headsKept ? undefined : known.keys().next().value;
      if (oldest !== undefined) known.delete(oldest);
      known.set(content, head);
    },
  };
};

const headOf = (inside: S3Client, bucket: string): StoredFiles["head"] => {
  const known = createKnownHeads();
  return async (key, length, etag) => {
    const content = etag === undefined ? undefined : `${key} ${etag} ${length}`;
    const before = content === undefined ? undefined : known.get(content);
    if (before) return before;
    const range = `bytes=0-${length - 1}`;
    const head = await readBody(inside, { Bucket: bucket, Key: key, Range: range });
    if (head && content !== undefined) known.keep(content, head);
    return head;
  };
};

export const createStoredFiles = (
  { inside }: Pick<ObjectStoreClients, "inside">,
  bucket: string,
): StoredFiles => ({
  list: async (prefix) => {
    const { Contents = [] } = await inside.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: listedMax }),
    );
    return Contents.map(({ Key = "", Size = 0, ETag = "" }): StoredObject => ({
      key: Key,
      sizeBytes: Size,
      etag: ETag,
    }));
  },
  read: async (key, maxBytes) => {
    // One byte more than allowed tells a file that is too large without reading all of it.
    const body = await readBody(inside, { Bucket: bucket, Key: key, Range: `bytes=0-${maxBytes}` });
    return body && body.length <= maxBytes ? body : null;
  },
  head: headOf(inside, bucket),
  write: async (key, body, mediaType) => {
    await inside.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: mediaType }),
    );
  },
  writeStream: async (key, chunks, mediaType) => {
    const target = { Bucket: bucket, Key: key };
    const { UploadId = "" } = await inside.send(
      new CreateMultipartUploadCommand({ ...target, ContentType: mediaType }),
    );
    const upload = { ...target, UploadId };
    try {
      const { parts, ...written } = await uploadParts(inside, upload, chunks);
      await inside.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }),
      );
      return written;
    } catch (error) {
      await inside.send(new AbortMultipartUploadCommand(upload));
      throw error;
    }
  },
});
