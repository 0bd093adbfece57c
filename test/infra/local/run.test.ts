/** `npm start` itself, as a process of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "./fixtures.ts";

const startRun = async (dataDir: string, parameters: readonly string[] = [], variables = {}) => {
  const begunMs = performance.now();
  const child = spawn(process.execPath, ["infra/local/run.ts", ...parameters], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, DATA_DIR: dataDir, PORT: "0", ...variables },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const output: string[] = [];
  const url = await new Promise<string | null>((resolve) => {
    createInterface({ input: child.stderr }).on("line", (line) => output.push(line));
    createInterface({ input: child.stdout }).on("line", (line) => {
      output.push(line);
      const found = /^送暖 .*(?<url>http:\S+)$/u.exec(line)?.groups?.["url"];
      if (found) resolve(found);
    });
    child.once("close", () => resolve(null));
  });
  return { child, url, output, seconds: (performance.now() - begunMs) / 1000 };
};

const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
};

test("a run that is killed starts again at once with everything it had, and stops in order when told", async () => {
  const dataDir = temporaryDirectory();
  const first = await startRun(dataDir);
  const clock = { method: "POST", body: new URLSearchParams({ advance: "P30D" }) };
  await fetch(`${first.url}/dev/clock`, { ...clock, redirect: "manual" });
  first.child.kill("SIGKILL");

  const second = await startRun(dataDir);
  console.log(
    `started in ${first.seconds.toFixed(2)} s, after a kill in ${second.seconds.toFixed(2)} s`,
  );

  expect(second.url).not.toBeNull();
  const answer = await fetch(`${second.url}/healthz`);
  const { now } = (await answer.json()) as { now: string };
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(second.output.join("\n")).toContain("246810");
  second.child.kill("SIGTERM");
  expect(await ended(second.child)).toBe(0);
}, 30_000);

test("a second run on the same data is refused in a sentence, the first goes on", async () => {
  const dataDir = temporaryDirectory();
  const first = await startRun(dataDir, ["--empty"]);

  const second = await startRun(dataDir, ["--empty"]);

  expect(second.url).toBeNull();
  expect(await ended(second.child)).toBe(1);
  expect(second.output.join("\n")).toMatch(/in use by another process/u);
  expect(second.output.join("\n")).not.toMatch(/\n\s+at /u);
  expect(first.output.join("\n")).not.toContain("246810");
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
}, 30_000);

test.each([
  [["--nothing"], {}, "--nothing"],
  [[], { PORT: "http" }, "PORT=http is no port"],
  [[], { SITE_URL: "relief" }, "SITE_URL=relief is no address"],
])("%j %j is refused with what is wrong", async (parameters, variables, words) => {
  const run = await startRun(temporaryDirectory(), parameters, variables);

  expect(run.url).toBeNull();
  expect(await ended(run.child)).toBe(1);
  expect(run.output.join("\n")).toContain(words);
  expect(run.output.join("\n")).not.toMatch(/\n\s+at /u);
});
