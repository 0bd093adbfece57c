/** The daily anchor run once, twice, late and cut off; and an export while the city goes on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { anchorYesterday, leavesOf } from "#shared/casework/trail-anchor.ts";
import { proveOne } from "#shared/casework/trail-case.ts";
import { digest } from "#shared/casework/trail-digest.ts";
import { trailFile, trailRows } from "#shared/casework/trail-export.ts";
import { proveFile } from "#shared/casework/trail-prove.ts";
import { askForProof, runProof, trailRequestPrefix } from "#shared/casework/trail-run.ts";
import { anchorAndTell } from "#shared/casework/trail-tell.ts";
import { anchorRoot } from "#shared/domain/trail.ts";
import { addDays, localDateOf, startOfDay, type Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { applyWith, caseOf, startCity, summer, until } from "#test/support/city.ts";

let city: Embedded;
let applied: Applied;
beforeAll(async () => {
  city = await startCity();
  applied = await applyWith(city, "golden-autumn");
  await until("it waits", async () => (await caseOf(city, applied)).status === "in_acceptance");
});
afterAll(() => city.stop());

/** The city's stores under another clock: nothing else moves. */
const at = (now: Instant) => ({ ...city.dependencies, clock: { now: () => now } });
const morningAfter = (days: number): Instant => startOfDay(addDays(localDateOf(summer), days + 1));

test("a day is anchored once: run again, at once or by two at a time, it is the same anchor", async () => {
  const uses = at(morningAfter(0));
  const [one, other] = await Promise.all([anchorYesterday(uses), anchorYesterday(uses)]);
  expect(one.root).toBe(other.root);
  expect(await anchorYesterday(uses)).toEqual(await uses.trail.anchor(one.date));
  expect(one).toMatchObject({ date: localDateOf(summer), previous: "" });
  const leaves = (await leavesOf(city.dependencies.files, one)) ?? [];
  expect(anchorRoot(digest, one, leaves)).toBe(one.root);
  expect(leaves.map(({ type }) => type)).toEqual(expect.arrayContaining(["case", "file", "fund"]));
});

test("days that were missed are covered by the next anchor, and only what moved stands in it", async () => {
  const before = await city.dependencies.trail.anchors(1);
  const later = await anchorYesterday(at(morningAfter(4)));
  expect(later).toMatchObject({
    date: addDays(localDateOf(summer), 4),
    previous: before[0]?.root,
  });
  const leaves = (await leavesOf(city.dependencies.files, later)) ?? [];
  expect(leaves.filter(({ type }) => type === "case" || type === "file")).toEqual([]);
  expect(leaves.filter(({ type }) => type === "fund").length).toBeGreaterThan(0);
});

test("a run that was cut off after the anchor mails the root the next time, to auditors alone and once", async () => {
  const now = morningAfter(5);
  const sent: string[] = [];
  const mailer = {
    send: async ({ to, text }: { readonly to: string; readonly text: string }) => {
      sent.push(`${to} ${text}`);
    },
  };
  const broken = {
    send: async () => {
      throw new Error("no carrier");
    },
  };
  await expect(anchorAndTell({ ...at(now), mailer: broken })).rejects.toThrow("no carrier");
  const anchor = await anchorAndTell({ ...at(now), mailer });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^auditor@example\.org /u);
  expect(sent[0]).toContain(anchor.root);
  await anchorAndTell({ ...at(now), mailer });
  expect(sent).toHaveLength(1);
});

test("without what the last run kept, everything is anchored once more, and it still proves", async () => {
  const uses = at(morningAfter(6));
  const forgetful = {
    ...uses.files,
    read: async (key: string, most: number) =>
      key.startsWith("anchor-work/") ? null : uses.files.read(key, most),
  };
  const anchor = await anchorYesterday({ ...uses, files: forgetful });
  const leaves = (await leavesOf(uses.files, anchor)) ?? [];
  expect(leaves.filter(({ type }) => type === "case")).toHaveLength(1);
  expect((await proveFile(trailFile(uses))).faults).toEqual([]);
});

test("a file goes up to the instant it was asked for: what happens meanwhile is not in it, and it proves", async () => {
  const early = at(summer);
  const kinds: string[] = [];
  for await (const row of trailRows(early)) kinds.push(row.kind);
  expect(kinds[0]).toBe("trail");
  expect(kinds).toContain("fund");
  const verdict = await proveFile(trailFile(early));
  expect(verdict.proved.cases).toBe(0);
  expect(verdict.faults.map(({ code }) => code)).not.toContain("balance_differs");
});

test("one case is proved from the table as it lies", async () => {
  const proved = await proveOne(city.dependencies, applied.applicationId);
  expect(proved).toMatchObject({ id: applied.applicationId, faults: [], transfers: 0 });
  expect(proved?.links).toBeGreaterThan(1);
  expect(await proveOne(city.dependencies, "SN0000000000")).toBeNull();
});

test("a proof is made once, whoever calls for it twice; what nobody asked for is left", async () => {
  const run = await askForProof(city.dependencies, "ST00000024" as StaffId);
  const key = `${trailRequestPrefix}${Date.parse(run.askedAt)}-${run.id}`;
  await runProof(city.dependencies, key);
  expect(await runProof(city.dependencies, key)).toBe("left");
  expect(await runProof(city.dependencies, `${trailRequestPrefix}x`)).toBe("left");
  const done = (await city.dependencies.trail.proof(run.askedAt, run.id))?.done;
  expect(done?.verdict.first ?? null).toBeNull();
});
