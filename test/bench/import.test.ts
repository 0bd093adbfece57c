/**
 * What a cold start reads. design.md 10: a bundle is imported within 1.3 times what its AWS clients alone take,
 * bundled plainly, in the same run. The least of several turns counts: whatever else runs here only adds.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { bundleFunctions } from "#infra/aws/bundle.ts";
import { functions } from "#infra/manifest.ts";
import type { FunctionDefinition, Grants } from "#shared/lambda/definition.ts";

const ratioMax = 1.3;
const turnsAtOnce = 5;
const turnsMax = 25;

const directory = mkdtempSync(join(tmpdir(), "songnuan-import-"));

const clientsOf = (grants: Grants): readonly string[] => [
  ...(grants.table ? ["@aws-sdk/client-dynamodb#DynamoDBClient,QueryCommand,GetItemCommand"] : []),
  ...(grants.table ? ["@aws-sdk/client-kms#KMSClient,DecryptCommand"] : []),
  ...(grants.papers || grants.files
    ? [
        "@aws-sdk/client-s3#S3Client,GetObjectCommand,PutObjectCommand",
        "@aws-sdk/s3-presigned-post#createPresignedPost",
        "@aws-sdk/s3-request-presigner#getSignedUrl",
      ]
    : []),
  ...(grants.workflow ? ["@aws-sdk/client-sfn#SFNClient,StartExecutionCommand"] : []),
  ...(grants.mail ? ["@aws-sdk/client-sesv2#SESv2Client,SendEmailCommand"] : []),
];

/** One function for each set of clients: the one that is largest. */
const largestOfEachSet = (
  sizeOf: (name: string) => number,
): ReadonlyMap<string, FunctionDefinition> => {
  const largest = new Map<string, FunctionDefinition>();
  for (const definition of functions) {
    const set = clientsOf(definition.grants).join(" ");
    const before = largest.get(set);
    if (!before || sizeOf(definition.name) > sizeOf(before.name)) largest.set(set, definition);
  }
  return largest;
};

const bundleClients = async (chosen: readonly FunctionDefinition[]): Promise<void> => {
  const sources = "node_modules/.cache/songnuan-import";
  mkdirSync(sources, { recursive: true });
  for (const { name, grants } of chosen) {
    const lines = clientsOf(grants).map((client) => {
      const [module, names = ""] = client.split("#");
      return `export { ${names} } from "${module}";`;
    });
    writeFileSync(join(sources, `${name}.js`), lines.join("\n"));
  }
  await build({
    entryPoints: chosen.map(({ name }) => join(sources, `${name}.js`)),
    outdir: join(directory, "clients"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
};

const environment = {
  PATH: process.env["PATH"],
  AWS_REGION: "cn-north-1",
  AWS_ACCESS_KEY_ID: "AKIATEST",
  AWS_SECRET_ACCESS_KEY: "test",
  SITE_URL: "https://bangfu.example.cn",
  MAIL_TRANSPORT: "ses",
  MAIL_FROM: "no-reply@example.cn",
};

const importMs = (file: string): number =>
  Number(
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `const begun = performance.now(); await import(${JSON.stringify(file)});
         process.stdout.write(String(performance.now() - begun)); process.exit(0);`,
      ],
      { env: environment, encoding: "utf8" },
    ),
  );

test("a bundle is imported within 1.3 times what its AWS clients alone take", async () => {
  const bundles = await bundleFunctions(
    functions.map(({ name }) => name),
    join(directory, "functions"),
  );
  const chosen = [...largestOfEachSet((name) => bundles.get(name)?.sizeBytes ?? 0).values()];
  await bundleClients(chosen);

  const lines = chosen.map(({ name }) => {
    const least = { bundle: Infinity, clients: Infinity };
    const ratio = (): number => least.bundle / least.clients;
    for (let turn = 0; turn < turnsMax && (turn < turnsAtOnce || ratio() > ratioMax); turn += 1) {
      least.bundle = Math.min(
        least.bundle,
        importMs(join(directory, "functions", name, "index.mjs")),
      );
      least.clients = Math.min(least.clients, importMs(join(directory, "clients", `${name}.mjs`)));
    }
    return { name, ...least, ratio: ratio() };
  });

  for (const { name, bundle, clients, ratio } of lines) {
    process.stdout.write(
      `${name.padEnd(24)}${bundle.toFixed(0).padStart(4)} ms, clients alone ${clients.toFixed(0).padStart(4)} ms: ${ratio.toFixed(2)}\n`,
    );
  }
  for (const { name, ratio } of lines) expect(ratio, name).toBeLessThanOrEqual(ratioMax);
});
