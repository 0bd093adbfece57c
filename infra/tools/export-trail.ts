/**
 * Exports the trail for whoever runs the system: `npm run trail:export -- trail.jsonl.gz [--data-dir .data | --deployed]`.
 * The auditor does the same at the desk. The file is proved by verify-trail.ts.
 */
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as z from "zod";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { accessKeyIn, region } from "#infra/local/environment.ts";
import { startS3 } from "#infra/local/s3.ts";
import { openStateFile } from "#infra/local/state-file.ts";
import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import { tableFromEnvironment } from "#shared/adapters/dynamodb/client.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";
import { createFundStore } from "#shared/adapters/dynamodb/fund-store.ts";
import { createTrailStore } from "#shared/adapters/dynamodb/trail-store.ts";
import type { Environment } from "#shared/adapters/environment.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storedFilesFromEnvironment } from "#shared/adapters/stored-files.ts";
import { trailFile, type ExportUses } from "#shared/casework/trail-export.ts";
import { instantOfMs } from "#shared/kernel/calendar.ts";
import { storeEnvironmentOf } from "./seed-demo-city.ts";

const usesOf = (environment: Environment): ExportUses => {
  const table = tableFromEnvironment(environment);
  return {
    ...runtimeFromEnvironment(environment),
    trail: createTrailStore(table),
    accessLog: createAccessLog(table),
    funds: createFundStore(table),
    directory: createDirectory(table),
    files: storedFilesFromEnvironment(environment),
  };
};

const writeTrail = (uses: ExportUses, path: string): Promise<void> =>
  pipeline(trailFile(uses), createWriteStream(path));

const FilesBucket = z
  .record(z.string(), z.record(z.string(), z.string()))
  .transform((stacks) =>
    Object.values(stacks).find((outputs) => outputs["FilesBucketName"] !== undefined),
  )
  .pipe(z.object({ FilesBucketName: z.string() }));

/** Exports from the deployed system that `cdk deploy` wrote the outputs of. */
const exportDeployed = (outputsJson: string, path: string): Promise<void> => {
  const { FilesBucketName } = FilesBucket.parse(JSON.parse(outputsJson));
  return writeTrail(
    usesOf({ ...storeEnvironmentOf(outputsJson), FILES_BUCKET: FilesBucketName }),
    path,
  );
};

/**
 * Exports an embedded run's data directory, by the run's own clock.
 * @throws DataDirectoryInUse while the run itself is up: then the desk exports.
 */
export const exportDirectory = async (dataDir: string, path: string): Promise<void> => {
  const state = openStateFile(dataDir);
  const stops: (() => unknown)[] = [() => state.close()];
  try {
    const key = accessKeyIn(state);
    const offsetMs = Number(state.setting("clock:offsetMs") ?? 0);
    const database = await startDynamoDb(dataDir);
    stops.push(database.stop);
    const s3 = await startS3({ dataDir: join(dataDir, "s3"), buckets: ["files"] });
    stops.push(s3.stop);
    const environment = {
      TABLE_NAME: "songnuan",
      FILES_BUCKET: "files",
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: key.id,
      AWS_SECRET_ACCESS_KEY: key.secret,
      AWS_ENDPOINT_URL_DYNAMODB: database.url,
      AWS_ENDPOINT_URL_S3: s3.url,
    };
    Object.assign(process.env, environment);
    const clock = { now: () => instantOfMs(Date.now() + offsetMs) };
    await writeTrail({ ...usesOf(environment), clock }, path);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
};

const usage = "npm run trail:export -- <trail.jsonl.gz> [--data-dir .data | --deployed]";

const run = async (): Promise<string> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "data-dir": { type: "string" }, deployed: { type: "boolean" } },
  });
  const [path] = positionals;
  if (path === undefined) throw new Error(usage);
  if (values.deployed === true) {
    const outputs = new URL("../../out/outputs.json", import.meta.url);
    await exportDeployed(readFileSync(outputs, "utf8"), path);
  } else {
    await exportDirectory(values["data-dir"] ?? process.env["DATA_DIR"] ?? ".data", path);
  }
  return `已导出 Exported: ${path}`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await run()}\n`);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
