import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleEntryPoints, type Bundle } from "#infra/aws/bundle.ts";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { masterKeyId, startKms } from "#infra/local/kms.ts";
import { startS3 } from "#infra/local/s3.ts";
import { ensureTable } from "#infra/local/table.ts";
import { functions, table } from "#infra/manifest.ts";
import { environmentOf } from "#shared/lambda/definition.ts";
import { cameraHeic } from "#test/support/camera-photo.ts";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** design.md 10, in bytes. What is called for objects carries a decoder of photos (docs/adr/0024). */
const limits = { task: 700_000, job: 700_000, page: 1_200_000, object: 2_400_000 } as const;

/** The desk's areas are read when they are first opened (docs/adr/0030). */
const wholeMax = (kind: keyof typeof limits): number =>
  kind === "page" ? 1_750_000 : limits[kind];

const directory = mkdtempSync(join(tmpdir(), "songnuan-bundles-"));
let bundles: ReadonlyMap<string, Bundle>;

beforeAll(async () => {
  bundles = await bundleEntryPoints(
    {
      ...Object.fromEntries(functions.map(({ name }) => [name, `functions/${name}/lambda.ts`])),
      "bundled-clients": "test/support/bundled-clients.ts",
    },
    directory,
  );
});

const bundleOf = (name: string): Bundle => {
  const bundle = bundles.get(name);
  if (!bundle) throw new Error(`no bundle of ${name}`);
  return bundle;
};

const entryOf = (name: string): string =>
  pathToFileURL(join(bundleOf(name).directory, "index.mjs")).href;

const inKilobytes = (bytes: number): string => (bytes / 1000).toFixed(0).padStart(5);

test("every bundle is as small as design.md 10 wants it", () => {
  const lines = functions.map(({ name, trigger }) => {
    const { sizeBytes, wholeBytes } = bundleOf(name);
    const later = wholeBytes > sizeBytes ? `, later ${inKilobytes(wholeBytes - sizeBytes)}` : "";
    return `${name.padEnd(24)}${trigger.kind.padEnd(6)}${inKilobytes(sizeBytes)} KB of ${inKilobytes(limits[trigger.kind])}${later}`;
  });
  process.stdout.write(`\n${lines.join("\n")}\n`);

  for (const { name, trigger } of functions) {
    expect(bundleOf(name).sizeBytes, name).toBeLessThanOrEqual(limits[trigger.kind]);
    expect(bundleOf(name).wholeBytes, name).toBeLessThanOrEqual(wholeMax(trigger.kind));
  }
});

test("nothing of the embedded run, of the tests or of CDK gets into a bundle", () => {
  for (const { name } of functions) {
    const strangers = Object.keys(bundleOf(name).inputs).filter((path) =>
      /^(?:test|infra\/(?!aws\/lambda-credentials))|node_modules\/(?:aws-cdk-lib|fauxqs|aws-local-stepfunctions|@dynoxide)\//.test(
        path,
      ),
    );
    expect(strangers, name).toEqual([]);
  }
});

test("a function carries the clients of its grants only", () => {
  for (const { name, grants } of functions) {
    const carries = (part: string): boolean =>
      Object.keys(bundleOf(name).inputs).some((path) => path.includes(part));
    expect(carries("@aws-sdk/client-s3/"), name).toBe(
      grants.papers !== undefined || grants.files !== undefined,
    );
    expect(carries("@aws-sdk/client-sfn/"), name).toBe(grants.workflow === true);
    expect(carries("@aws-sdk/client-sesv2/"), name).toBe(grants.mail === true);
    expect(carries("nodemailer/"), name).toBe(grants.mail === true);
  }
});

const key = { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "test" };

const examples: Readonly<Record<string, string>> = {
  SITE_URL: "https://bangfu.example.cn",
  MAIL_TRANSPORT: "ses",
  MAIL_FROM: "送暖 <no-reply@example.cn>",
};

/** Loads a bundle in a thread with its own environment, calls `code` with the module as `it`, and tells the result. */
const inThread = (
  name: string,
  environment: Readonly<Record<string, string>>,
  code: string,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       import(workerData).then(async (it) => parentPort.postMessage(await (async () => { ${code} })()))
         .catch((error) => { throw error; });`,
      { eval: true, workerData: entryOf(name), env: { ...key, ...environment } },
    );
    worker.once("message", (told) => {
      resolve(told);
      void worker.terminate();
    });
    worker.once("error", reject);
  });

test.each(functions.map(({ name }) => name))(
  "%s starts with what its grants give it, and nothing else",
  async (name) => {
    const grants = functions.find((one) => one.name === name)?.grants ?? {};
    const environment = Object.fromEntries(
      environmentOf(grants).map((variable) => [variable, examples[variable] ?? "example"]),
    );

    expect(
      await inThread(
        name,
        { AWS_REGION: "cn-north-1", ...environment },
        "return typeof it.handler;",
      ),
    ).toBe("function");
  },
);

interface Heard {
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stands for Step Functions and SES: writes down what it hears, and answers as they would. */
const listen = async () => {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      heard.push({
        target: String(request.headers["x-amz-target"] ?? request.url),
        body: JSON.parse(Buffer.concat(chunks).toString()) as Heard["body"],
      });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ executionArn: "arn", startDate: 1, MessageId: "m" }));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { heard, url, stop: () => new Promise((resolve) => server.close(resolve)) };
};

const startEverything = async () => {
  const database = await startDynamoDb(null);
  const kms = await startKms({ dataDir: null, accessKeyId: key.AWS_ACCESS_KEY_ID });
  const s3 = await startS3({ dataDir: null, buckets: ["papers"] });
  const others = await listen();
  const client = new DynamoDBClient({
    endpoint: database.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "test" },
  });
  await ensureTable(client, "songnuan", table);
  client.destroy();
  const environment = {
    ...examples,
    AWS_REGION: "us-east-1",
    TABLE_NAME: "songnuan",
    MASTER_KEY_ID: masterKeyId,
    APPLICATION_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:application",
    DISBURSEMENT_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:disbursement",
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ENDPOINT_URL_SFN: others.url,
    AWS_ENDPOINT_URL_SESV2: others.url,
  };
  return { environment, others, services: [database, kms, s3, others] };
};

let cloud: Awaited<ReturnType<typeof startEverything>>;

beforeAll(async () => {
  cloud = await startEverything();
});
afterAll(async () => {
  for (const service of cloud.services) await service.stop();
});

test("a bundled function does its work against the table", async () => {
  expect(await inThread("audit-ledger", cloud.environment, "return it.handler({});")).toEqual({
    count: 0,
  });
});

test("an error leaves a bundle under the name that machines match on", async () => {
  const name = await inThread(
    "assess-application",
    cloud.environment,
    `return it.handler({ applicationId: "SN0000000000" }).catch((error) => error.name);`,
  );

  expect(name).toBe("ApplicationNotFound");
});

test("bundled, the vault opens what it sealed, and keeps its master key under KMS", async () => {
  const opened = await inThread(
    "bundled-clients",
    cloud.environment,
    `const scope = { owner: "A", attribute: "name", salt: "s" };
     const vault = () => it.vaultFromEnvironment(process.env, it.tableFromEnvironment(process.env));
     return vault().open(scope, await vault().seal(scope, "王某"));`,
  );

  expect(opened).toBe("王某");
});

test("bundled, files are written whole and in parts, listed, read and offered", async () => {
  const told = await inThread(
    "bundled-clients",
    cloud.environment,
    `const store = it.createObjectStore(it.s3FromEnvironment(process.env), "papers");
     await store.write("a/1", Buffer.from("one"), "text/plain");
     await store.writeStream("a/2", (async function* () { yield Buffer.from("two"); })(), "text/csv");
     const form = await store.uploadForm(
       { key: "a/3", mediaTypes: ["image/png"], maxBytes: 9, returnTo: "https://x.example/" });
     return {
       listed: (await store.list("a/")).map(({ key, sizeBytes }) => [key, sizeBytes]),
       read: Buffer.from(await store.read("a/2", 9)).toString(),
       missing: await store.read("a/4", 9),
       form: form.fields.key,
       link: (await store.downloadLink("a/1", "one.txt")).includes("X-Amz-Signature="),
     };`,
  );

  expect(told).toEqual({
    listed: [
      ["a/1", 3],
      ["a/2", 3],
    ],
    read: "two",
    missing: null,
    form: "a/3",
    link: true,
  });
});

test("bundled, a HEIC is found in the store and converted in its place", async () => {
  const told = await inThread(
    "convert-photo",
    { ...cloud.environment, PAPERS_BUCKET: "papers", HEIC: cameraHeic.toString("base64") },
    `const { HEIC, AWS_ENDPOINT_URL_S3 } = process.env;
     const at = AWS_ENDPOINT_URL_S3 + "/papers/incoming/SN1/0/id_cards/x";
     await fetch(at, { method: "PUT", body: Buffer.from(HEIC, "base64") });
     const event = { detail: { object: { key: "incoming/SN1/0/id_cards/x" } } };
     const outcomes = [await it.handler(event), await it.handler(event)];
     const made = Buffer.from(await (await fetch(at)).arrayBuffer());
     return [...outcomes.map(({ outcome }) => outcome), made.subarray(0, 3).toString("hex")];`,
  );

  expect(told).toEqual(["converted", "left", "ffd8ff"]);
});

test("bundled, executions are started, tasks answered and mails handed to SES", async () => {
  await inThread(
    "bundled-clients",
    cloud.environment,
    `const workflow = it.workflowFromEnvironment(process.env);
     await workflow.start("application", "SN1", { applicationId: "SN1" });
     await workflow.succeed("token", { outcome: "ask" });
     await it.mailerFromEnvironment(process.env)
       .send({ id: "1", to: "a@example.cn", subject: "s", text: "t", html: "h" });
     return null;`,
  );

  expect(cloud.others.heard).toMatchObject([
    {
      target: "AWSStepFunctions.StartExecution",
      body: { name: "SN1", input: '{"applicationId":"SN1"}' },
    },
    { target: "AWSStepFunctions.SendTaskSuccess", body: { taskToken: "token" } },
    {
      target: "/v2/email/outbound-emails",
      body: {
        FromEmailAddress: "no-reply@example.cn",
        Destination: { ToAddresses: ["a@example.cn"] },
        Content: { Raw: { Data: expect.any(String) as string } },
      },
    },
  ]);
});

test("bundled, the API writes its own document", async () => {
  const told = await inThread(
    "serve-api",
    cloud.environment,
    `const http = { method: "GET", path: "/api/openapi.json", sourceIp: "127.0.0.1" };
     const event = { rawPath: http.path, rawQueryString: "", headers: {}, requestContext: { http } };
     const { statusCode, body } = await it.handler(event);
     const { openapi, paths } = JSON.parse(body);
     return { statusCode, openapi, hasPaths: Object.keys(paths).length > 10 };`,
  );

  expect(told).toEqual({ statusCode: 200, openapi: "3.1.0", hasPaths: true });
});
