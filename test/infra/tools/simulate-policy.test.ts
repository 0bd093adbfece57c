import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { casesOfDirectory, simulatePolicy } from "#infra/tools/simulate-policy.ts";
import { workedCases } from "#shared/casework/simulate-policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { startDraft } from "#test/support/applicant.ts";

const today = localDate("2026-11-20");

const draft = JSON.stringify({
  programmes: {
    "golden-autumn": [
      {
        version: "golden-autumn-2027",
        effectiveFrom: "2027-01-01",
        basedOn: "golden-autumn-2025",
        figures: { filedYuan: { higher: "5500.00" } },
      },
    ],
  },
});

const examples = { cases: workedCases(), leftOut: 0 };

test("who gains and who loses is told, with totals by programme and office, in yuan", () => {
  const { exitCode, lines } = simulatePolicy(draft, examples, { on: null, today });
  expect(exitCode).toBe(0);
  const text = lines.join("\n");
  expect(text).toContain("按 2027-01-01 的政策比较");
  expect(text).toContain("· golden-autumn filedYuan.higher: 5000.00 → 5500.00");
  // Two of the worked cases get 500 more; 5,500 is for the city to decide.
  expect(text).toContain("42,600.00 → 43,600.00 元 yuan");
  expect(text).toContain("golden-autumn territorial | 5 件 cases");
  expect(lines.filter((line) => line.includes("5,000.00 district → 5,500.00 city"))).toHaveLength(
    2,
  );
});

test("by the rules of a day before the draft nothing differs", () => {
  const { lines } = simulatePolicy(draft, examples, { on: localDate("2026-12-31"), today });
  expect(lines.join("\n")).toContain("结果有变的 0 件");
});

test("a draft that can't be taken is not flown", () => {
  expect(simulatePolicy("{", examples, { on: null, today })).toMatchObject({ exitCode: 1 });
});

test("every case of a data directory is taken, refused ones too, and nothing personal is told", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "songnuan-simulate-"));
  const city = await startCity({ dataDir });
  const applied = await applyWith(city, "golden-autumn", { example: "1:" });
  await startDraft(city, "golden-autumn");
  await until("it is assessed", async () => (await caseOf(city, applied)).policyVersion !== null);
  const answers = await city.dependencies.cases.answers(await caseOf(city, applied));
  await city.stop();

  const past = await casesOfDirectory(dataDir);

  expect(past.cases.map(({ reference }) => reference)).toEqual([applied.applicationId]);
  const { lines } = simulatePolicy(draft, past, { on: null, today });
  const text = lines.join("\n");
  expect(text).toContain(
    `${applied.applicationId} | golden-autumn | chunfeng | 增加 gain | 5,000.00 district → 5,500.00 city`,
  );
  for (const name of ["applicantName", "applicantIdNumber", "phone", "address", "bankCardNumber"]) {
    expect(text.includes(answers?.[name] ?? ""), name).toBe(false);
  }
});

test("the command takes a file and a day, and says what it wants without them", () => {
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, ["infra/tools/simulate-policy.ts", ...words], { encoding: "utf8" });
  const file = join(mkdtempSync(join(tmpdir(), "songnuan-policy-")), "draft.json");
  writeFileSync(file, draft);

  const flown = run(file, "--examples", "--on", "2027-07-01");
  expect(flown.stdout).toContain("按 2027-07-01 的政策比较");
  expect(flown.status).toBe(0);
  expect(run().stdout).toContain("policy:simulate");
  expect(run(file, "--examples", "--on", "2027-02-30").status).toBe(1);
  expect(run(file, "--moon").status).toBe(1);
  const without = run(file, "--data-dir", join(tmpdir(), "songnuan-nothing-here"));
  expect(without.stdout).toContain("the worked cases are taken");
});
