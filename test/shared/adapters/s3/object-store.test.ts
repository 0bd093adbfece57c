import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HeadObjectCommand, S3Client, UploadPartCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createS3Gateway } from "#infra/local/s3-gateway.ts";
import { startS3, type EmbeddedS3 } from "#infra/local/s3.ts";
import { createObjectStore } from "#shared/adapters/s3/object-store.ts";
import { s3FromEnvironment } from "#shared/adapters/s3/stored-files.ts";
import type { ObjectStore, UploadForm } from "#shared/ports/object-store.ts";

const key = { id: "AKIATEST", secret: "secret" };
const credentials = { accessKeyId: key.id, secretAccessKey: key.secret };
const clientAt = (endpoint: string) =>
  new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });

let s3: EmbeddedS3;
let inside: S3Client;
let siteUrl: string;
let stopGateway: () => void;
let papers: ObjectStore;
let files: ObjectStore;

/** The embedded store with its gateway, as the embedded run has them: functions reach the one, browsers the other. */
beforeAll(async () => {
  s3 = await startS3({ dataDir: null, buckets: ["papers", "files"] });
  const gateway = Promise.withResolvers<ReturnType<typeof createS3Gateway>>();
  const server = createServer((request, response) => {
    void gateway.promise.then(({ handle }) => handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  siteUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  gateway.resolve(
    createS3Gateway({ storeUrl: s3.url, siteUrl, key, buckets: ["papers", "files"] }),
  );
  stopGateway = () => {
    server.closeAllConnections();
    server.close();
  };
  inside = clientAt(s3.url);
  const clients = { inside, browser: clientAt(`${siteUrl}/s3`) };
  papers = createObjectStore(clients, "papers");
  files = createObjectStore(clients, "files");
});
afterAll(async () => {
  stopGateway();
  inside.destroy();
  await s3.stop();
});

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null): string | null =>
  bytes && new TextDecoder().decode(bytes);

const returnTo = (): string => `${siteUrl}/apply/golden-autumn/SN1/papers`;

/** Posts as a browser does: the fields first, the file last. */
const post = (
  form: UploadForm,
  file: Uint8Array<ArrayBuffer>,
  changed: Record<string, string> = {},
) => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...form.fields, ...changed }))
    body.append(name, value);
  body.append("file", new Blob([file], { type: "image/jpeg" }), "照片.jpg");
  return fetch(form.url, { method: "POST", body, redirect: "manual" });
};

test("a browser posts a paper straight to the store, and is sent back to the page it came from", async () => {
  const form = await papers.uploadForm({
    key: "incoming/SN1/1",
    maxBytes: 20,
    returnTo: returnTo(),
  });

  const answer = await post(form, bytesOf("a paper"));

  expect(new URL(form.url).origin).toBe(siteUrl);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")?.startsWith(returnTo())).toBe(true);
  expect(textOf(await papers.read("incoming/SN1/1", 20))).toBe("a paper");
});

test("an upload form is for its own key, at most its size, and for half an hour", async () => {
  const form = await papers.uploadForm({
    key: "incoming/SN2/1",
    maxBytes: 20,
    returnTo: returnTo(),
  });
  const policy = JSON.parse(Buffer.from(form.fields["Policy"] ?? "", "base64").toString()) as {
    readonly expiration: string;
  };
  const lastsMs = Date.parse(policy.expiration) - Date.now();

  expect((await post(form, new Uint8Array(21))).status).toBe(400);
  expect((await post(form, new Uint8Array(0))).status).toBe(400);
  expect((await post(form, bytesOf("x"), { key: "incoming/SN3/1" })).status).toBe(403);
  expect((await post(form, bytesOf("x"), { "Content-Type": "text/html" })).status).toBe(403);
  expect(await papers.list("incoming/SN2/")).toEqual([]);
  expect(await papers.list("incoming/SN3/")).toEqual([]);
  expect(lastsMs).toBeGreaterThan(1_790_000);
  expect(lastsMs).toBeLessThanOrEqual(1_800_000);
  expect((await post(form, new Uint8Array(20))).status).toBe(303);
});

test("what was written is read back whole up to the limit, and not at all beyond it", async () => {
  await files.write("limit.bin", bytesOf("12345"), "application/octet-stream");
  expect(textOf(await files.read("limit.bin", 5))).toBe("12345");
  expect(await files.read("limit.bin", 4)).toBeNull();
  expect(textOf(await files.read("limit.bin", 1_000_000))).toBe("12345");
  expect(await files.read("nothing", 5)).toBeNull();
});

test("the first bytes tell what a file is, without the rest", async () => {
  await files.write("photo.jpg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2), "image/jpeg");
  expect(await files.head("photo.jpg", 3)).toEqual(Uint8Array.of(0xff, 0xd8, 0xff));
  expect((await files.head("photo.jpg", 100))?.length).toBe(6);
  expect(await files.head("nothing", 3)).toBeNull();
});

test("an empty file is a file without bytes, though the store knows no range of it", async () => {
  await files.write("empty.csv", new Uint8Array(), "text/csv");
  expect(await files.read("empty.csv", 5)).toEqual(new Uint8Array());
  expect(await files.head("empty.csv", 5)).toEqual(new Uint8Array());
});

test("a list holds what begins so, and only of this bucket", async () => {
  await files.write("list/b.csv", bytesOf("22"), "text/csv");
  await files.write("list/a.csv", bytesOf("1"), "text/csv");
  await files.write("listed.csv", bytesOf("x"), "text/csv");
  await papers.write("list/c.csv", bytesOf("x"), "text/csv");

  const listed = await files.list("list/");

  expect(listed.map(({ key: name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ["list/a.csv", 1],
    ["list/b.csv", 2],
  ]);
  for (const { etag } of listed) expect(etag).toMatch(/[0-9a-f]{32}/u);
  expect(await files.list("no/")).toEqual([]);
});

test("writing again replaces the file, with its type", async () => {
  await files.write("again.csv", bytesOf("first"), "text/plain");
  await files.write("again.csv", bytesOf("second"), "text/csv");
  expect(textOf(await files.read("again.csv", 10))).toBe("second");
  const { ContentType } = await inside.send(
    new HeadObjectCommand({ Bucket: "files", Key: "again.csv" }),
  );
  expect(ContentType).toBe("text/csv");
});

const mebibyte = 1024 * 1024;
async function* chunks(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let number = 0; number < count; number += 1) yield Buffer.alloc(bytes, number);
}

test("a stream of any length becomes one file, whose size and hash are told", async () => {
  const written = await files.writeStream("big.bin", chunks(9, mebibyte), "application/zip");

  const whole = await files.read("big.bin", 10 * mebibyte);
  expect(written.sizeBytes).toBe(9 * mebibyte);
  expect(whole?.length).toBe(9 * mebibyte);
  expect(createHash("sha256").update(whole!).digest("hex")).toBe(written.sha256);
});

test.each([
  ["no chunk at all", 0, 0],
  ["one small chunk", 1, 3],
  ["exactly one part", 8, mebibyte],
])("a stream of %s is a file too", async (_what, count, bytes) => {
  const name = `stream-${count}-${bytes}`;
  const { sizeBytes } = await files.writeStream(name, chunks(count, bytes), "text/csv");
  expect(sizeBytes).toBe(count * bytes);
  expect((await files.list(name)).map((object) => object.sizeBytes)).toEqual([count * bytes]);
});

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield* chunks(9, mebibyte);
  throw new Error("the rows ended early");
}

/** A store that keeps the ids of the uploads it begins, and may refuse their parts. */
const watchedStore = (takesParts: boolean) => {
  const client = clientAt(s3.url);
  onTestFinished(() => client.destroy());
  const begun: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === "UploadPartCommand" && !takesParts) throw new Error("no room");
        const reply = await next(args);
        const { UploadId } = reply.output as { readonly UploadId?: string };
        if (commandName === "CreateMultipartUploadCommand") begun.push(UploadId ?? "");
        return reply;
      },
    { step: "initialize", name: "watch" },
  );
  return { begun, store: createObjectStore({ inside: client, browser: client }, "files") };
};

/** An upload that was given up takes no further part; one that is open does, and is paid for. */
const takesPart = async (Key: string, UploadId: string): Promise<boolean> => {
  const part = { Bucket: "files", Key, UploadId, PartNumber: 2, Body: "rows" };
  try {
    await inside.send(new UploadPartCommand(part));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: "NoSuchUpload" });
    return false;
  }
};

test("a stream that breaks off leaves the file that was there, and no parts to be paid for", async () => {
  const { begun, store } = watchedStore(true);
  await store.write("kept.csv", bytesOf("as it was"), "text/csv");

  await expect(store.writeStream("kept.csv", breakingOff(), "text/csv")).rejects.toThrow(
    "the rows ended early",
  );

  expect(textOf(await store.read("kept.csv", 20))).toBe("as it was");
  expect(begun).toHaveLength(1);
  expect(await takesPart("kept.csv", begun[0]!)).toBe(false);
});

test("a part the store doesn't take ends the stream the same way", async () => {
  const { begun, store } = watchedStore(false);
  await expect(store.writeStream("never.csv", chunks(1, 3), "text/csv")).rejects.toThrow("no room");
  expect(await files.read("never.csv", 20)).toBeNull();
  expect(await takesPart("never.csv", begun[0]!)).toBe(false);
});

test("a download is an attachment of that name, of no type a browser would open, for one minute", async () => {
  await files.write("batches/B1.csv", bytesOf("rows"), "text/html");

  const link = new URL(await files.downloadLink("batches/B1.csv", '银行 B1"\r\n.csv'));
  const answer = await fetch(link);

  expect(link.origin).toBe(siteUrl);
  expect(link.searchParams.get("X-Amz-Expires")).toBe("60");
  expect(await answer.text()).toBe("rows");
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="___B1___.csv"');
  link.searchParams.set("X-Amz-Expires", "6000");
  expect((await fetch(link)).status).toBe(403);
});

test("a paper is looked at as what its bytes were found to be, whatever it was stored as, for one minute", async () => {
  await papers.write("papers/P1", bytesOf("jpeg"), "text/html");

  const link = new URL(
    await papers.viewLink("papers/P1", { fileName: "SN1-1.jpg", mediaType: "image/jpeg" }),
  );
  const answer = await fetch(link);

  expect(link.searchParams.get("X-Amz-Expires")).toBe("60");
  expect(await answer.text()).toBe("jpeg");
  expect(answer.headers.get("content-type")).toBe("image/jpeg");
  expect(answer.headers.get("content-disposition")).toBe('inline; filename="SN1-1.jpg"');
  link.searchParams.set("response-content-type", "text/html");
  expect((await fetch(link)).status).toBe(403);
});

test("what is wrong with the store itself is an error, and no missing file", async () => {
  const elsewhere = createObjectStore({ inside, browser: inside }, "no-such-bucket");
  await expect(elsewhere.read("x", 5)).rejects.toThrow();
  await expect(elsewhere.write("x", bytesOf("x"), "text/plain")).rejects.toThrow();
  await expect(elsewhere.list("")).rejects.toThrow();
});

test("browsers are sent to the public address of the store where there is one, else to the store", async () => {
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", key.id);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", key.secret);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://store.example.org");
  onTestFinished(() => void vi.unstubAllEnvs());
  const linkWith = (environment: Record<string, string>) =>
    createObjectStore(s3FromEnvironment(environment), "files").downloadLink("a", "a");

  const link = await linkWith({ PUBLIC_S3_URL: "https://relief.example.org/s3" });
  expect(link).toMatch(/^https:\/\/relief\.example\.org\/s3\/files\/a\?/u);
  expect(await linkWith({})).toMatch(/^http:\/\/store\.example\.org\/files\/a\?/u);
});

test("first bytes are read once for the same content, and again when another file stands there", async () => {
  const client = clientAt(s3.url);
  onTestFinished(() => client.destroy());
  const sent: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      (given) => {
        sent.push(commandName);
        return next(given);
      },
    { step: "initialize" },
  );
  const other = createObjectStore({ inside: client, browser: client }, "papers");
  await other.write("again.jpg", bytesOf("first"), "image/jpeg");
  const look = async (): Promise<string | null> => {
    const [listed] = await other.list("again.jpg");
    return textOf(await other.head("again.jpg", 5, listed?.etag));
  };
  expect([await look(), await look(), await look()]).toEqual(["first", "first", "first"]);
  expect(sent.filter((name) => name === "GetObjectCommand")).toHaveLength(1);

  await other.write("again.jpg", bytesOf("other"), "image/jpeg");
  expect(await look()).toBe("other");
});
