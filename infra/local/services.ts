/** The services of a run on this machine, and what is kept for them: what AWS runs for us in the cloud. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import * as manifest from "#infra/manifest.ts";
import { msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import type { FunctionDefinition } from "#shared/lambda/definition.ts";
import { startDynamoDb } from "./dynamodb.ts";
import type { EmbeddedOptions } from "./embedded-options.ts";
import { accessKeyIn, account, environmentFor, partition, region } from "./environment.ts";
import { createExecutionRecords, type ExecutionRecords } from "./execution-records.ts";
import type { Handlers } from "./handlers.ts";
import { startKms } from "./kms.ts";
import { prepareMachine } from "./machine-definition.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { createMovableClock, type MovableClock } from "./movable-clock.ts";
import type { AccessKey } from "./s3-signature.ts";
import { startS3 } from "./s3.ts";
import { openStateFile, type StateFile } from "./state-file.ts";
import { arnsOf, startStepFunctions } from "./step-functions.ts";

const offsetSetting = "clock:offsetMs";
const invocationsMax = 32;

/** The manifest's buckets by their names here. */
export const buckets = Object.fromEntries(
  Object.keys(manifest.buckets).map((name) => [name, name]),
);

const openClock = (state: StateFile, now: Instant | undefined): MovableClock => {
  const kept = state.setting(offsetSetting);
  const offsetMs = kept === null ? (now ? msOfInstant(now) - Date.now() : 0) : Number(kept);
  const keepOffset = (ms: number): void => state.putSetting(offsetSetting, String(ms));
  keepOffset(offsetMs);
  return createMovableClock({ offsetMs, keepOffset });
};

const startTable = async (dataDir: string | null, meter: boolean) => {
  const database = await startDynamoDb(dataDir);
  const writeMeter = meter
    ? await (await import("./write-meter.ts")).startWriteMeter(database.url)
    : null;
  return { database, writeMeter, url: writeMeter?.url ?? database.url };
};

const functionArnOf = (name: string): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

const nameOfFunctionArn = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

const prepareMachines = (
  machines: Readonly<Record<string, object>>,
  functions: readonly FunctionDefinition[],
) => {
  const substitutions: Record<string, string> = { Partition: partition };
  for (const { name } of functions) {
    substitutions[manifest.substitutionOf(name)] = functionArnOf(name);
  }
  return new Map(
    Object.entries(machines).map(([name, text]) => [name, prepareMachine(text, substitutions)]),
  );
};

/** What is there before any service runs. */
export interface Base {
  readonly state: StateFile;
  readonly clock: MovableClock;
  readonly key: AccessKey;
  readonly mailbox: Mailbox;
  readonly records: ExecutionRecords;
  /** What to end, last begun first. */
  readonly stops: (() => unknown)[];
}

export const openBase = (options: EmbeddedOptions): Base => {
  const state = openStateFile(options.dataDir);
  const clock = openClock(state, options.now);
  return {
    state,
    clock,
    key: accessKeyIn(state),
    mailbox: createMailbox(state, clock, options.carrier),
    records: createExecutionRecords(state),
    stops: [() => state.close(), () => clock.stop()],
  };
};

/** Ends what was begun, the last first. */
export const stopAll = async ({ stops }: Base): Promise<void> => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
};

export type Report = (where: string, error: unknown) => void;

/** Starts the services; each is put on `base.stops` as soon as it runs. */
export const startServices = async (
  base: Base,
  options: EmbeddedOptions,
  handlers: Handlers,
  report: Report,
) => {
  const { clock, records, stops, key } = base;
  const { dataDir, functions = manifest.functions, machines = manifest.machines } = options;
  const arns = arnsOf(partition, region, account);
  // One after another where it is only waiting, so that whatever has begun is ended if the next one fails.
  const table = await startTable(dataDir, options.meter ?? false);
  stops.push(table.database.stop, () => table.writeMeter?.stop());
  const s3 = await startS3({
    dataDir: dataDir === null ? null : join(dataDir, "s3"),
    buckets: Object.values(buckets),
  });
  stops.push(s3.stop);
  const kms = await startKms({ dataDir, accessKeyId: key.id });
  stops.push(kms.stop);
  const { createExecutions } = await import("./executions.ts");
  const executions = createExecutions({
    machines: prepareMachines(machines, functions),
    records,
    clock,
    invoke: async (arn, payload) => (await handlers.get(nameOfFunctionArn(arn)))(payload),
    report: (machine, name, error) => report(`${machine} ${name}`, error),
    invocationsMax,
  });
  stops.push(executions.stop);
  const machineNames = Object.keys(machines);
  const stepFunctions = await startStepFunctions({
    executions,
    records,
    machineNames,
    arns,
    accessKeyId: key.id,
  });
  stops.push(stepFunctions.stop);
  return {
    table,
    s3,
    executions,
    environmentAt: (siteUrl: string) =>
      environmentFor({
        siteUrl,
        tableName: dataDir === null ? `songnuan-${randomBytes(6).toString("hex")}` : "songnuan",
        buckets,
        machineNames,
        arns,
        key,
        endpoints: { dynamodb: table.url, s3: s3.url, sfn: stepFunctions.url, kms: kms.url },
      }),
  };
};

export type Services = Awaited<ReturnType<typeof startServices>>;
