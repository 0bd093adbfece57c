import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { exportDirectory } from "#infra/tools/export-trail.ts";
import { toldVerdict, verifyTrail } from "#infra/tools/verify-trail.ts";
import { proveFile } from "#shared/casework/trail-prove.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { anchorNextNight } from "#test/support/trail.ts";

const verify = (...words: readonly string[]) =>
  spawnSync(process.execPath, ["infra/tools/verify-trail.ts", ...words], { encoding: "utf8" });

test("a data directory's trail is exported and proved with nothing running; a changed byte and a strange root are told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "songnuan-trail-"));
  const city = await startCity({ dataDir: folder });
  const applied = await applyWith(city, "golden-autumn");
  await until("it waits", async () => (await caseOf(city, applied)).status === "in_acceptance");
  const { root } = await anchorNextNight(city);
  await city.stop();

  const file = join(folder, "trail.jsonl.gz");
  await exportDirectory(folder, file);
  const told = await verifyTrail(file, [root]);
  expect(told.lines.join("\n")).toContain("全部核验通过");
  expect(told.exitCode).toBe(0);

  const sound = verify(file, `--anchor=${root}`);
  expect(sound.stderr).toBe("");
  expect(sound.stdout).toContain(root);
  expect(sound.status).toBe(0);
  expect(verify(file, `--anchor=${"A".repeat(43)}`)).toMatchObject({ status: 1 });

  const text = gunzipSync(readFileSync(file)).toString();
  const lines = text.split("\n");
  const number = lines.findIndex((line) => line.includes('"kind":"event"'));
  const changed = join(folder, "changed.jsonl");
  writeFileSync(
    changed,
    lines.with(number, (lines[number] ?? "").replace("submitted", "submitteD")).join("\n"),
  );
  const found = verify(changed);
  expect(found.status).toBe(1);
  expect(found.stdout).toContain(`第${number + 1}行 ${applied.applicationId}`);
  expect(found.stdout).toContain(`Line ${number + 1} ${applied.applicationId}`);
  expect(verify().stdout).toContain("npm run verify");
  expect(verify(join(folder, "none")).status).toBe(1);
});

test("without a root it says what that leaves open", async () => {
  async function* nothing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("{}\n");
  }
  const verdict = await proveFile(nothing());
  expect(toldVerdict(verdict, []).exitCode).toBe(1);
  expect(toldVerdict({ ...verdict, first: null }, []).lines.join("\n")).toContain("--anchor");
});
