import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeLines, checkPolicy, readPack } from "#infra/tools/check-policy.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";

const today = localDate("2026-11-20");

const draft = (figures: object, effectiveFrom = "2027-01-01"): string =>
  JSON.stringify({
    common: [{ version: "common-2027", effectiveFrom, basedOn: "common-2025", figures }],
  });

test("the pack of the repository is fit for use, and the first year without L is named in both languages", () => {
  const { exitCode, lines } = checkPolicy(null, today);
  expect(exitCode).toBe(0);
  expect(lines.at(-1)).toBe("通过 · fit for use");
  expect(lines.join("\n")).toContain("2028年还没有确认低保标准（L）");
  expect(lines.join("\n")).toContain("L is not confirmed for 2028");
  expect(lines[0]).toContain("common-2025, L-2025");
});

test("a year without L is not fit for use", () => {
  const { exitCode, lines } = checkPolicy(null, localDate("2028-01-01"));
  expect(exitCode).toBe(1);
  expect(lines.at(-1)).toBe("未通过 · not fit for use");
});

test("a draft is told by what it changes, and by the worked cases that come out otherwise", () => {
  const { exitCode, lines } = checkPolicy(draft({ homesMax: 2 }), today);
  expect(exitCode).toBe(0);
  const text = lines.join("\n");
  expect(text).toContain("different from 2027-01-01 on: 1");
  expect(text).toContain("· common homesMax: 1 → 2");
  // Case 14 was refused for its second flat only.
  expect(text).toContain("worked cases that come out otherwise by the rules of 2027-01-01: 1");
  expect(text).toContain("refusalCode EXCLUDED_PROPERTY → –");
});

test("a draft that can't be taken names the place, what stands there and the mend, in both languages", () => {
  const { exitCode, lines } = checkPolicy(draft({ householdAnnualCapYuan: "30,000" }), today);
  expect(exitCode).toBe(1);
  expect(lines).toEqual([
    "政策文件有 1 处错误 · 1 fault(s) in the policy file",
    '✗ common[common-2027].figures.householdAnnualCapYuan = "30,000"',
    expect.stringContaining("不要逗号") as string,
    expect.stringContaining("no commas") as string,
  ]);
});

test("figures that differ are lines of their own", () => {
  const read = readPack(draft({ homesMax: 2, visitorsMin: 3 }));
  if (read.kind !== "pack") throw new Error("the draft can be read");
  expect(changeLines(policyPack, read.pack, today)).toEqual([]);
  expect(changeLines(policyPack, read.pack, localDate("2027-01-01"))).toEqual([
    "· common homesMax: 1 → 2",
    "· common visitorsMin: 2 → 3",
  ]);
});

test("the command ends with 0 or 1", () => {
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, ["infra/tools/check-policy.ts", ...words], { encoding: "utf8" });
  const folder = mkdtempSync(join(tmpdir(), "songnuan-policy-"));
  const file = join(folder, "draft.json");
  writeFileSync(file, "{");

  const wrong = run(file);
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain("JSON");
  expect(run(join(folder, "none.json"))).toMatchObject({ status: 1 });
  writeFileSync(file, draft({ homesMax: 2 }));
  expect(
    execFileSync(process.execPath, ["infra/tools/check-policy.ts", file], { encoding: "utf8" }),
  ).toContain("homesMax");
});
