import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkBankProfile } from "#infra/tools/check-bank-profile.ts";
import { bankProfileNames, bankProfilesSource } from "#infra/tools/generate-bank-profiles.ts";

const sourceOf = (name: string): object =>
  JSON.parse(readFileSync(`shared/exports/bank-profiles/${name}.json`, "utf8")) as object;

test("the list of profiles is that of the files; npm run generate writes it", () => {
  expect(readFileSync("shared/exports/bank-profile-sources.ts", "utf8")).toBe(
    bankProfilesSource(bankProfileNames()),
  );
});

test.each(bankProfileNames())("%s is named as its file and shows a sample", async (name) => {
  expect(sourceOf(name)).toMatchObject({ id: name });
  const { exitCode, lines, sample } = await checkBankProfile(sourceOf(name));
  expect(exitCode).toBe(0);
  const text = lines.join("\n");
  expect(text).toContain("阿依古丽·买买提");
  expect(text).toContain("1409.50");
  expect(sample?.length).toBeGreaterThan(100);
});

test("a bank whose file is GBK says which names stay out, and a limit what is too much", async () => {
  const { lines } = await checkBankProfile(sourceOf("boc"));
  expect(lines.join("\n")).toMatch(/stays out: 王㛃[^]*stays out: 𠮷田/u);
  const limits = { rowAmountMaxYuan: "1000.00", fileAmountMaxYuan: "50000.00" };
  const tight = await checkBankProfile({ ...sourceOf("boc"), limits });
  expect(tight.exitCode).toBe(1);
  expect(tight.lines.join("\n")).toContain("at most 1,000.00 a payment");
});

test("a broken profile is refused with the place of each fault", async () => {
  const told = await checkBankProfile({ ...sourceOf("icbc"), purpose: "", colour: "red" });
  expect(told).toMatchObject({ exitCode: 1, sample: null });
  expect(told.lines.join("\n")).toContain("purpose");
  expect(told.lines.join("\n")).toContain("colour");
});
