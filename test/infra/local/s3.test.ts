import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { startS3 } from "#infra/local/s3.ts";
import { clientFor, temporaryDirectory } from "./fixtures.ts";

const begin = async (dataDir: string | null) => {
  const s3 = await startS3({ dataDir, buckets: ["papers", "files"] });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await s3.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { ...s3, stop, client: new S3Client({ ...clientFor(s3.url), forcePathStyle: true }) };
};

const textOf = async (client: S3Client, Bucket: string, Key: string): Promise<string> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
};

test("objects outlive a restart, those written in parts too", async () => {
  const dataDir = temporaryDirectory();
  const before = await begin(dataDir);
  const target = { Bucket: "files", Key: "exports/a.csv" };
  await before.client.send(
    new PutObjectCommand({ Bucket: "papers", Key: "SN1/1", Body: "paper", ContentType: "a/b" }),
  );
  const { UploadId } = await before.client.send(new CreateMultipartUploadCommand(target));
  const part = { ...target, UploadId, PartNumber: 1, Body: "rows" };
  const { ETag } = await before.client.send(new UploadPartCommand(part));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await before.client.send(
    new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }),
  );
  await before.stop();

  const after = await begin(dataDir);

  expect(await textOf(after.client, "papers", "SN1/1")).toBe("paper");
  expect(await textOf(after.client, "files", "exports/a.csv")).toBe("rows");
  const listed = await after.client.send(
    new ListObjectsV2Command({ Bucket: "papers", Prefix: "SN1/" }),
  );
  expect(listed.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([["SN1/1", 5]]);
});

test("the store answers on this machine only", async () => {
  const s3 = await begin(null);
  const { port, hostname } = new URL(s3.url);
  expect(hostname).toBe("127.0.0.1");
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === "IPv4");

  for (const other of others) {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: other?.address ?? "", port: Number(port), timeout: 1000 });
      socket.on("connect", () => resolve(false)).on("error", () => resolve(true));
      socket.on("timeout", () => resolve(true));
      onTestFinished(() => void socket.destroy());
    });
    expect(refused).toBe(true);
  }
});
