/**
 * The whole system in one process, over the manifest: pages, tasks, jobs, machines, table, files, mail and one
 * clock. Without a data directory everything lives in memory and is gone with it: for tests and the demo.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as manifest from "#infra/manifest.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import type { FunctionDefinition } from "#shared/lambda/definition.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { createDevPages } from "./dev-pages.ts";
import type { EmbeddedOptions } from "./embedded-options.ts";
import { inEnvironment, region } from "./environment.ts";
import { createHandlers, type Handlers } from "./handlers.ts";
import { startHttp, type App, type PageFunction } from "./http.ts";
import type { Mailbox } from "./mailbox.ts";
import type { MovableClock } from "./movable-clock.ts";
import { tellingOfFiles, createObjectEvents, type ObjectEvents } from "./object-events.ts";
import { createRouter } from "./router.ts";
import { createS3Gateway } from "./s3-gateway.ts";
import { createSchedules } from "./schedules.ts";
import {
  buckets,
  openBase,
  startServices,
  stopAll,
  type Base,
  type Report,
  type Services,
} from "./services.ts";
import type { StateFile } from "./state-file.ts";
import type { WriteUnits } from "./write-meter.ts";

export type { EmbeddedOptions };

export interface ExecutionFigures {
  readonly machine: string;
  readonly name: string;
  readonly status: string;
  readonly error: string | null;
  readonly transitions: number;
}

export interface Embedded {
  readonly url: string;
  readonly dependencies: Dependencies;
  readonly clock: MovableClock;
  readonly mailbox: Mailbox;
  readonly executions: () => readonly ExecutionFigures[];
  /** null unless metered. */
  readonly writeUnits: () => WriteUnits | null;
  /** Whether the demo city is here. */
  readonly isDemo: boolean;
  /** Executions taken up again at the start. */
  readonly resumed: number;
  /** Resolves with the reason if the run can't go on. */
  readonly failed: Promise<string>;
  /** Ends in order: what runs is waited for, what waits is taken up at the next start. */
  readonly stop: () => Promise<void>;
}

/** The functions log each thing they do; here only what goes wrong is of interest. Read when they are loaded. */
process.env["POWERTOOLS_LOG_LEVEL"] ??= "WARN";

const begunEmptySetting = "begun-empty";
const stopSettleMs = 10_000;

/** A store that was begun empty stays without demo data, however it is started later. */
const wantsDemo = (state: StateFile, seed: boolean): boolean => {
  if (state.setting(begunEmptySetting) === null) {
    state.putSetting(begunEmptySetting, seed ? "no" : "yes");
  }
  return seed && state.setting(begunEmptySetting) === "no";
};

/** The demo people have no authenticator that follows the moved clock. */
const demoTotp = async (clock: MovableClock): Promise<string> => {
  const [{ generate }, { demoTotpSecret }] = await Promise.all([
    import("otplib"),
    import("./demo-city.ts"),
  ]);
  return generate({ secret: demoTotpSecret, epoch: Math.floor(clock.nowMs() / 1000) });
};

/** Makes what the functions are given, once the services answer; fills an empty store when asked to. */
const makeDependencies = async (input: {
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: MovableClock;
  readonly mailbox: Mailbox;
  readonly isDemo: boolean;
  readonly policy: PolicyPack | undefined;
}): Promise<Dependencies> => {
  const [
    { dependenciesFromEnvironment },
    { isPersonalField },
    { ensureTable },
    { policyPack },
    dynamodb,
  ] = await Promise.all([
    import("#shared/adapters/dependencies.ts"),
    import("#shared/casework/personal-fields.ts"),
    import("./table.ts"),
    import("#workflows/policy-pack.ts"),
    import("@aws-sdk/client-dynamodb"),
  ]);
  const { AWS_ENDPOINT_URL_DYNAMODB = "", TABLE_NAME = "" } = input.environment;
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = input.environment;
  const client = new dynamodb.DynamoDBClient({
    region,
    endpoint: AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  await ensureTable(client, TABLE_NAME, manifest.table);
  client.destroy();
  const dependencies = await inEnvironment(input.environment, () =>
    dependenciesFromEnvironment(input.environment, {
      policy: input.policy ?? policyPack,
      isPersonal: isPersonalField,
      clock: input.clock,
      mailer: input.mailbox,
    }),
  );
  if (input.isDemo) {
    const { seedDemoCity, wantsDemoCity } = await import("./demo-city.ts");
    if (await wantsDemoCity(dependencies)) await seedDemoCity(dependencies);
  }
  return dependencies;
};

const figuresOf = (base: Base, { executions, table }: Services) => ({
  executions: (): readonly ExecutionFigures[] =>
    base.records.list({}).map(({ machine, name, status, error, transitions }) => ({
      machine,
      name,
      status,
      error,
      transitions: executions.transitionsOf(machine, name) ?? transitions,
    })),
  writeUnits: (): WriteUnits | null => table.writeMeter?.read() ?? null,
});

/** Pages first: somebody may be waiting for one already. */
const usedAt = ({ trigger }: FunctionDefinition): number => (trigger.kind === "page" ? 0 : 1);

/** Waits for what runs, but not for ever: what is cut off begins again from the top. */
const settleFor = async (clock: MovableClock, ms: number): Promise<void> => {
  const limit = new AbortController();
  const settled = clock.settled().catch(() => {});
  await Promise.race([settled, sleep(ms, undefined, { signal: limit.signal }).catch(() => {})]);
  limit.abort();
};

/** What answers at the port. */
const createApp = (input: {
  readonly options: EmbeddedOptions;
  readonly base: Base;
  readonly services: Services;
  readonly handlers: Handlers;
  readonly siteUrl: string;
  readonly isDemo: boolean;
  readonly objects: ObjectEvents;
  readonly fault: () => string | null;
  readonly report: Report;
}): App => {
  const { options, services, handlers } = input;
  const { clock, mailbox, key } = input.base;
  const figures = figuresOf(input.base, services);
  return {
    router: createRouter(options.functions ?? manifest.functions),
    page: (name) => handlers.get(name) as Promise<PageFunction>,
    dev: createDevPages({
      enabled: options.devPages ?? true,
      clock,
      mailbox,
      metrics: () => ({
        now: clock.now(),
        executions: figures.executions(),
        mails: mailbox.countByKind(),
        writeUnits: figures.writeUnits(),
      }),
      totp: input.isDemo ? () => demoTotp(clock) : null,
      fault: input.fault,
    }),
    s3: createS3Gateway({
      storeUrl: services.s3.url,
      siteUrl: input.siteUrl,
      key,
      buckets: Object.values(buckets),
      landed: input.objects.landed,
    }),
    clock,
    report: input.report,
  };
};

/** Takes up what is open, then keeps time; both end before the services they use. */
const startWork = (
  { functions = manifest.functions }: EmbeddedOptions,
  { clock, state, stops }: Base,
  { executions }: Services,
  handlers: Handlers,
  report: Report,
): number => {
  const resumed = executions.resume();
  const schedules = createSchedules({
    functions,
    invoke: async (name) => (await handlers.get(name))({}),
    clock,
    state,
    report,
  });
  stops.push(() => settleFor(clock, stopSettleMs), schedules.stop);
  schedules.start();
  const byUse = functions.toSorted((one, other) => usedAt(one) - usedAt(other));
  handlers.warm(byUse.map(({ name }) => name)).catch((error: unknown) => report("load", error));
  return resumed;
};

/**
 * Starts everything; resolves when pages answer and open executions are under way again.
 * @throws DataDirectoryInUse, or what the port or the database failed with.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<Embedded> => {
  const report: Report = (where, error) =>
    options.report?.(where, error instanceof Error ? error.name : String(error));
  const base = openBase(options);
  const { clock, mailbox, stops, state } = base;
  const app = Promise.withResolvers<App>();
  const given = Promise.withResolvers<Dependencies>();
  for (const promise of [app.promise, given.promise]) promise.catch(() => {});
  const handlers = createHandlers(given.promise, options.loadHandler);
  try {
    const { host = "127.0.0.1", port = 0 } = options;
    const http = await startHttp({ host, port }, app.promise);
    stops.push(http.stop);
    const siteUrl = options.siteUrl ?? `http://localhost:${http.port}`;
    const services = await startServices(base, options, handlers, report);
    const isDemo = wantsDemo(state, options.seed ?? false);
    const environment = services.environmentAt(siteUrl);
    const dependencies = await makeDependencies({
      environment,
      clock,
      mailbox,
      isDemo,
      policy: options.policy,
    });
    let fault: string | null = null;
    let stopping = false;
    const failed = new Promise<string>((resolve) => {
      void services.table.database.ended.then((reason) => {
        fault = reason;
        if (!stopping) resolve(reason);
      });
    });
    const objects = createObjectEvents({
      functions: options.functions ?? manifest.functions,
      bucketNames: buckets,
      invoke: async (name, event) => (await handlers.get(name))(event),
      list: (bucket, prefix) => dependencies[bucket].list(prefix),
      clock,
      report,
    });
    given.resolve(tellingOfFiles(dependencies, objects, buckets["files"] ?? ""));
    const parts = { options, base, services, handlers, siteUrl, isDemo, objects, report };
    app.resolve(createApp({ ...parts, fault: () => fault }));
    const resumed = startWork(options, base, services, handlers, report);
    objects.resume().catch((error: unknown) => report("objects", error));
    // No request comes in any more while the rest ends; stopping it twice is stopping it once.
    stops.push(http.stop);
    return {
      url: siteUrl,
      dependencies,
      clock,
      mailbox,
      ...figuresOf(base, services),
      isDemo,
      resumed,
      failed,
      stop: () => {
        stopping = true;
        return stopAll(base);
      },
    };
  } catch (error) {
    app.reject(error);
    given.reject(error);
    await stopAll(base);
    throw error;
  }
};
