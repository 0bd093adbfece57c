import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, onTestFinished, test } from "vitest";
import { createS3Gateway } from "#infra/local/s3-gateway.ts";
import { startS3 } from "#infra/local/s3.ts";
import { clientFor, credentials } from "./fixtures.ts";

/** A store behind a gateway, with both clients that shared/adapters/s3 has. */
const begin = async (landed?: (bucket: string, key: string) => void) => {
  const store = await startS3({ dataDir: null, buckets: ["papers", "files"] });
  const app = Promise.withResolvers<ReturnType<typeof createS3Gateway>>();
  const server = createServer((request, response) => {
    void app.promise.then((gateway) => gateway.handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const siteUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  const key = { id: credentials.accessKeyId, secret: credentials.secretAccessKey };
  const told = landed ? { landed } : {};
  app.resolve(
    createS3Gateway({ storeUrl: store.url, siteUrl, key, buckets: ["papers", "files"], ...told }),
  );
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await store.stop();
  });
  const at = (endpoint: string) => new S3Client({ ...clientFor(endpoint), forcePathStyle: true });
  return { siteUrl, inside: at(store.url), browser: at(`${siteUrl}/s3`) };
};

type Run = Awaited<ReturnType<typeof begin>>;

/** The form that shared/adapters/s3 makes for a paper. */
const formOf = ({ browser, siteUrl }: Run, more: Partial<PresignedPostOptions> = {}) => {
  const returnTo = `${siteUrl}/status?tab=papers`;
  return createPresignedPost(browser, {
    Bucket: "papers",
    Key: "incoming/SN1/1",
    Expires: 600,
    Fields: { "Content-Type": "application/octet-stream", success_action_redirect: returnTo },
    Conditions: [
      ["content-length-range", 1, 1000],
      ["eq", "$Content-Type", "application/octet-stream"],
    ],
    ...more,
  });
};

/** Posts as a browser does: the fields first, the file last. */
const post = (
  form: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  file: string | Uint8Array<ArrayBuffer> = "paper",
  changed: Readonly<Record<string, string>> = {},
) => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...form.fields, ...changed })) {
    body.append(name, value);
  }
  body.append("file", new Blob([file], { type: "image/png" }), "照片.png");
  return fetch(form.url, { method: "POST", body, redirect: "manual" });
};

const kept = async ({ inside }: Run): Promise<string | null> => {
  try {
    const { Body } = await inside.send(
      new GetObjectCommand({ Bucket: "papers", Key: "incoming/SN1/1" }),
    );
    return (await Body?.transformToString()) ?? null;
  } catch {
    return null;
  }
};

test("an upload form of the SDK goes through the site's own address and leads back to it", async () => {
  const run = await begin();
  const form = await formOf(run);

  const answer = await post(form);

  expect(form.url).toBe(`${run.siteUrl}/s3/papers`);
  expect(answer.status).toBe(303);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.origin + location.pathname).toBe(`${run.siteUrl}/status`);
  expect(location.searchParams.get("tab")).toBe("papers");
  expect(location.searchParams.get("key")).toBe("incoming/SN1/1");
  expect(await kept(run)).toBe("paper");
});

test.each<[string, number, string, Partial<PresignedPostOptions>, string, Record<string, string>]>([
  ["a file that is too large", 400, "EntityTooLarge", {}, "x".repeat(1001), {}],
  ["an empty file", 400, "EntityTooSmall", {}, "", {}],
  ["another key", 403, "AccessDenied", {}, "paper", { key: "incoming/SN2/1" }],
  ["another type", 403, "AccessDenied", {}, "paper", { "Content-Type": "text/html" }],
  [
    "another way back",
    403,
    "AccessDenied",
    {},
    "paper",
    { success_action_redirect: "http://x.y/" },
  ],
  ["a field more", 403, "AccessDenied", {}, "paper", { "x-amz-meta-more": "1" }],
  ["a form that has run out", 403, "AccessDenied", { Expires: -1 }, "paper", {}],
  [
    "a signature that is wrong",
    403,
    "SignatureDoesNotMatch",
    {},
    "paper",
    { "X-Amz-Signature": "0" },
  ],
])("%s is refused as S3 refuses it, and nothing is kept", async (...given) => {
  const [, status, code, options, file, changed] = given;
  const run = await begin();

  const answer = await post(await formOf(run, options), file, changed);

  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  expect(await kept(run)).toBeNull();
});

test("a policy that was loosened after signing is refused", async () => {
  const run = await begin();
  const form = await formOf(run);
  const policy = JSON.parse(Buffer.from(form.fields["Policy"] ?? "", "base64").toString()) as {
    conditions: unknown[];
  };
  policy.conditions = policy.conditions.filter((condition) => !Array.isArray(condition));
  const Policy = Buffer.from(JSON.stringify(policy)).toString("base64");

  const answer = await post(form, "x".repeat(2000), { Policy });

  expect(answer.status).toBe(403);
  expect(await kept(run)).toBeNull();
});

test("a form is refused in another bucket, and a file beyond what the store takes gets an answer", async () => {
  const run = await begin();
  const form = await formOf(run);

  const elsewhere = await post({ ...form, url: `${run.siteUrl}/s3/files` });
  const huge = await post(form, new Uint8Array(12_000_000));

  expect(elsewhere.status).toBe(403);
  expect(huge.status).toBe(400);
  expect(await huge.text()).toContain("EntityTooLarge");
});

test("a redirect to another site is not followed even when the policy has it", async () => {
  const run = await begin();
  const Fields = {
    "Content-Type": "application/octet-stream",
    success_action_redirect: "https://evil.example/",
  };

  const answer = await post(await formOf(run, { Fields }));

  expect(answer.status).toBe(204);
  expect(answer.headers.get("location")).toBeNull();
});

const linkTo = (run: Run, expiresIn: number, more: object = {}) =>
  getSignedUrl(
    run.browser,
    new GetObjectCommand({
      Bucket: "files",
      Key: "批次/bank file.csv",
      ResponseContentDisposition: 'attachment; filename="bank.csv"',
      ResponseContentType: "application/octet-stream",
      ...more,
    }),
    { expiresIn },
  );

const keepFile = (run: Run) =>
  run.inside.send(
    new PutObjectCommand({
      Bucket: "files",
      Key: "批次/bank file.csv",
      Body: "<script>1</script>",
      ContentType: "text/html",
    }),
  );

test("a presigned link downloads under the name it was given, and can't run as a page of the site", async () => {
  const run = await begin();
  await keepFile(run);

  const answer = await fetch(await linkTo(run, 60));

  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("<script>1</script>");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="bank.csv"');
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a link that is changed, has run out, or is none at all opens nothing", async () => {
  const run = await begin();
  await keepFile(run);
  const link = await linkTo(run, 60);
  const renamed = link.replace("bank.csv", "other.csv");
  const runOut = await linkTo(run, 1);
  await new Promise((resolve) => setTimeout(resolve, 1100));

  const [plain] = link.split("?");
  const answers = await Promise.all(
    [renamed, runOut, plain ?? "", `${run.siteUrl}/s3/files?list-type=2`, `${run.siteUrl}/s3/`].map(
      (url) => fetch(url),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 404]);
  const put = await fetch(link, { method: "PUT", body: "x" });
  expect(put.status).toBe(403);
});

test("part of a file can be asked for", async () => {
  const run = await begin();
  await keepFile(run);

  const answer = await fetch(await linkTo(run, 60), { headers: { range: "bytes=1-6" } });

  expect(answer.status).toBe(206);
  expect(await answer.text()).toBe("script");
});

test("what has landed is told of once it is there, and what was refused isn't", async () => {
  const told: string[] = [];
  const run = await begin((bucket, key) => void told.push(`${bucket}/${key}`));
  await post(await formOf(run), "x".repeat(1001));
  expect(told).toEqual([]);

  await post(await formOf(run));

  expect(told).toEqual(["papers/incoming/SN1/1"]);
});

test("a PDF that is to be looked at isn't kept from the browser's viewer, and still loads nothing", async () => {
  const run = await begin();
  await keepFile(run);
  const input = {
    Bucket: "files",
    Key: "批次/bank file.csv",
    ResponseContentDisposition: "inline",
  };
  const policyOf = async (type: string): Promise<string> => {
    const command = new GetObjectCommand({ ...input, ResponseContentType: type });
    const answer = await fetch(await getSignedUrl(run.browser, command, { expiresIn: 60 }));
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("content-disposition")).toBe("inline");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    return answer.headers.get("content-security-policy") ?? "";
  };

  expect(await policyOf("image/jpeg")).toContain("sandbox");
  const pdf = await policyOf("application/pdf");
  expect(pdf).not.toContain("sandbox");
  expect(pdf).toContain("default-src 'none'");
});
