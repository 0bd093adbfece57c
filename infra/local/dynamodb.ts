/**
 * DynamoDB on this machine: the dynoxide binary out of an npm package, as a child that can't outlive us.
 * Elsewhere than on Linux x64 any DynamoDB-compatible endpoint named by AWS_ENDPOINT_URL_DYNAMODB.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface EmbeddedDynamoDb {
  readonly url: string;
  /** Resolves with a reason if the database ends by itself. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Read when this file is loaded: the run itself sets the variable later. */
const givenEndpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"];

/**
 * Runs the database, and kills it when standard input ends: that happens also when we are killed, since the
 * system closes our end of the pipe. The shell itself ends with the database, so that we see it.
 */
const guard =
  'exec 3<&0; "$@" <&- 3<&- & db=$!; { cat <&3; kill -9 $db; } >/dev/null 2>&1 & exec 3<&-; wait $db';

const startTries = 5;
const readyWithinMs = 10_000;
const predecessorWaitMs = 5_000;

const findBinary = (): string | null => {
  try {
    const manifest = createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json");
    const binary = join(dirname(manifest), "dynoxide");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Whether the process is a database over this file: a number alone may belong to another process by now. */
const isDatabaseOver = (pid: number, databasePath: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(databasePath);
  } catch {
    return false;
  }
};

/** After a kill, the database of the run before may live for a moment more: its last write must be in first. */
const waitForPredecessor = async (pidPath: string, databasePath: string): Promise<void> => {
  const pid = existsSync(pidPath) ? Number(readFileSync(pidPath, "utf8")) : Number.NaN;
  if (!Number.isInteger(pid)) return;
  const untilMs = performance.now() + predecessorWaitMs;
  while (isDatabaseOver(pid, databasePath)) {
    if (performance.now() > untilMs)
      throw new Error(`the database of an earlier run still runs: ${pid}`);
    await sleep(20);
  }
};

/** The database's own number: the guard's only child that runs the binary. */
const pidOfDatabase = (guardPid: number, binary: string): number | null => {
  try {
    const children = readFileSync(`/proc/${guardPid}/task/${guardPid}/children`, "utf8");
    return (
      children
        .split(" ")
        .map(Number)
        .find((pid) => pid > 0 && isDatabaseOver(pid, binary)) ?? null
    );
  } catch {
    return null;
  }
};

/** @returns null when the port was taken in the meantime. */
const spawnOn = async (
  binary: string,
  port: number,
  databasePath: string | null,
): Promise<(EmbeddedDynamoDb & { readonly guardPid: number }) | null> => {
  const storage = databasePath === null ? [] : ["--db-path", databasePath];
  const parts = ["-c", guard, "dynamodb", binary, "--port", String(port), ...storage];
  // In a session of its own: Ctrl-C at the terminal must reach us first, and not the database.
  const child = spawn("/bin/sh", parts, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  const output: string[] = [];
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        if (line.includes("listening on")) resolve(true);
      });
    }
  });
  const limit = new AbortController();
  const begun = await Promise.race([
    ready,
    exited.then(() => false),
    sleep(readyWithinMs, false, { signal: limit.signal }).catch(() => false),
  ]);
  limit.abort();
  // Neither child nor pipes keep the process alive; the pipe's end is what ends the database.
  child.unref();
  const stop = (): Promise<void> => {
    // Whoever waits for its end may have nothing else that runs.
    child.ref();
    child.stdin.end();
    return exited;
  };
  if (!begun) {
    await stop();
    if (output.some((line) => line.includes("already in use"))) return null;
    throw new Error(`the database did not start: ${output.join(" ").slice(0, 500)}`);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    ended: exited.then(() => `the database has ended: ${output.slice(1).join(" ").slice(0, 500)}`),
    stop,
    guardPid: child.pid ?? 0,
  };
};

/**
 * Starts the database over a file in the data directory, or in memory without one; resolves when it answers.
 * @throws with what to do, where there is neither the binary nor an endpoint.
 */
export const startDynamoDb = async (dataDir: string | null): Promise<EmbeddedDynamoDb> => {
  const binary = findBinary();
  if (binary === null) {
    const never = new Promise<string>(() => {});
    if (givenEndpoint) return { url: givenEndpoint, ended: never, stop: async () => {} };
    throw new Error(
      "There is no embedded database for this machine. Start one that speaks DynamoDB's protocol " +
        "(for example `docker run -p 8000:8000 amazon/dynamodb-local`) and set " +
        "AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000",
    );
  }
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true });
  const databasePath = dataDir === null ? null : join(dataDir, "table.db");
  const pidPath = dataDir === null ? null : join(dataDir, "table.pid");
  if (databasePath !== null && pidPath !== null) await waitForPredecessor(pidPath, databasePath);
  for (let attempt = 0; attempt < startTries; attempt += 1) {
    const started = await spawnOn(binary, await freePort(), databasePath);
    if (!started) continue;
    const pid = pidOfDatabase(started.guardPid, binary);
    if (pidPath !== null && pid !== null) writeFileSync(pidPath, String(pid));
    return started;
  }
  throw new Error("the database found no free port");
};
