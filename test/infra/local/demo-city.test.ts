import { commonPolicies } from "#workflows/policy-pack.ts";
import { verify } from "otplib";
import { expect, onTestFinished, test } from "vitest";
import { totpScope } from "#shared/casework/totp-scope.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import { unitAtTier, type Line } from "#shared/domain/organisation.ts";
import { demoPin, demoTotpSecret, seedDemoCity, wantsDemoCity } from "#infra/local/demo-city.ts";
import { startEmbedded } from "#infra/local/embedded.ts";
import type { FileId } from "#shared/kernel/ids.ts";
import { temporaryDirectory } from "./fixtures.ts";

const { ladders } = commonPolicies[0]!.figures.route;

const begin = async (options: { dataDir?: string; seed?: boolean } = {}) => {
  const { dataDir = null, seed = true } = options;
  const embedded = await startEmbedded({ dataDir, seed, functions: [], machines: {} });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await embedded.stop();
    stopped = true;
  };
  onTestFinished(stop);
  return { ...embedded, stop };
};

test("every base office leads up its line to the city, with people who may decide at each tier", async () => {
  const { dependencies } = await begin();
  const organisation = await dependencies.directory.organisation();

  for (const line of ["territorial", "industrial"] satisfies Line[]) {
    const bases = organisation.units.filter(({ tier }) => tier === ladders[line][0]);
    expect(bases.length).toBeGreaterThanOrEqual(2);
    for (const base of bases) {
      for (const tier of ladders[line]) {
        const unit = unitAtTier(organisation, base.id, tier);
        const deciders = organisation.staff.filter(
          ({ unitId, roles }) => unitId === unit?.id && roles.includes("approver"),
        );
        expect(deciders.length, `${base.id} ${tier}`).toBeGreaterThanOrEqual(1);
      }
    }
  }
});

test("every desk role has its person, and nobody both makes and authorises a batch", async () => {
  const { dependencies } = await begin();
  const { staff } = await dependencies.directory.organisation();

  for (const role of [
    "finance_officer",
    "finance_authoriser",
    "administrator",
    "auditor",
  ] as const) {
    expect(staff.filter(({ roles }) => roles.includes(role)).length).toBeGreaterThanOrEqual(1);
  }
  const both = staff.filter(
    ({ roles }) => roles.includes("finance_officer") && roles.includes("finance_authoriser"),
  );
  expect(both).toEqual([]);
  expect(staff.filter(({ email }) => !email.endsWith("@example.org"))).toEqual([]);
});

test("the demo PIN and the demo TOTP secret are everybody's", async () => {
  const { dependencies, clock, url } = await begin();
  const { staff } = await dependencies.directory.organisation();
  const [first] = staff;

  expect(await dependencies.vault.matchesSecret(demoPin, first?.pinHash ?? "")).toBe(true);
  for (const { id, totpSealed } of staff) {
    expect(await dependencies.vault.open(totpScope(id), totpSealed ?? "")).toBe(demoTotpSecret);
  }
  const answer = await fetch(`${url}/dev/totp`, { headers: { accept: "application/json" } });
  const { code } = (await answer.json()) as { code: string };
  const epoch = Math.floor(clock.nowMs() / 1000);
  expect((await verify({ secret: demoTotpSecret, token: code, epoch })).valid).toBe(true);
});

test("each kind of fund has money that adds up", async () => {
  const { dependencies } = await begin();

  const funds = await dependencies.funds.all();

  expect(funds.map(({ code }) => code).toSorted()).toEqual([
    "CENTRAL",
    "DONATION",
    "FISCAL_MATCH",
    "SWN",
    "UNION",
  ]);
  for (const fund of funds) {
    expect(fundFault(fund)).toBeNull();
    expect(fund.availableFen).toBeGreaterThan(0);
    expect(fund.availableFen).toBe(fund.grantedFen);
  }
});

test("the archive has files of every filed category, and one household on the prevention list", async () => {
  const { dependencies } = await begin();
  await seedDemoCity(dependencies);

  const ids = ["HFDEM00001", "HFDEM00002", "HFDEM00003", "HFDEM00004"] as FileId[];
  const files = await Promise.all(ids.map((id) => dependencies.archive.get(id)));

  expect(files.map((file) => [file?.category, file?.state, file?.version])).toEqual([
    ["DEEP", "open", 1],
    ["RELATIVE", "open", 1],
    ["ACCIDENT", "open", 1],
    ["DEEP", "prevention", 3],
  ]);
});

test("seeding begun again after a crash grants nothing twice, and a restart seeds nothing", async () => {
  const dataDir = temporaryDirectory();
  const before = await begin({ dataDir });
  const granted = (await before.dependencies.funds.all()).map(({ grantedFen }) => grantedFen);
  await seedDemoCity(before.dependencies);
  expect(await wantsDemoCity(before.dependencies)).toBe(false);
  const [person] = (await before.dependencies.directory.organisation()).staff;
  if (!person) throw new Error("nobody works there");
  await before.dependencies.directory.putStaff({ ...person, email: "changed@example.org" });
  await before.stop();

  const after = await begin({ dataDir });

  expect((await after.dependencies.funds.all()).map(({ grantedFen }) => grantedFen)).toEqual(
    granted,
  );
  const again = await after.dependencies.directory.organisation();
  expect(again.staff.some(({ email }) => email === "changed@example.org")).toBe(true);
});

test("a store begun empty stays empty, however it is started later", async () => {
  const dataDir = temporaryDirectory();
  const before = await begin({ dataDir, seed: false });
  expect(before.isDemo).toBe(false);
  await before.stop();

  const after = await begin({ dataDir, seed: true });

  expect(after.isDemo).toBe(false);
  expect((await after.dependencies.directory.organisation()).units).toEqual([]);
  expect((await fetch(`${after.url}/dev/totp`)).status).toBe(404);
});
