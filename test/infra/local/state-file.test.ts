import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { DataDirectoryInUse, openStateFile } from "#infra/local/state-file.ts";
import { temporaryDirectory } from "./fixtures.ts";

/** Another process that opens the file, says so, and stays. */
const holdInAnotherProcess = async (dataDir: string) => {
  const script = `
    const { openStateFile } = await import("#infra/local/state-file.ts");
    openStateFile(${JSON.stringify(dataDir)}).putSetting("who", "other");
    console.log("open");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  return child;
};

test("what was put is read again after closing and opening", () => {
  const dataDir = temporaryDirectory();
  const first = openStateFile(dataDir);
  first.putSetting("one", "1");
  first.putSetting("one", "2");
  first.close();

  const second = openStateFile(dataDir);
  onTestFinished(second.close);

  expect(second.setting("one")).toBe("2");
  expect(second.setting("two")).toBeNull();
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

test("a second process on the same directory is refused, and let in as soon as the first is killed", async () => {
  const dataDir = temporaryDirectory();
  const other = await holdInAnotherProcess(dataDir);

  expect(() => openStateFile(dataDir)).toThrow(DataDirectoryInUse);

  other.kill("SIGKILL");
  const mine = openStateFile(dataDir);
  onTestFinished(mine.close);
  expect(mine.setting("who")).toBe("other");
}, 10_000);
