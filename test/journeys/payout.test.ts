import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startEmbedded } from "#infra/local/embedded.ts";
import { payOut, payoutFaults } from "#test/support/payout-run.ts";
import { stagePayout } from "#test/support/payout-stage.ts";

const dataDir = mkdtempSync(join(tmpdir(), "songnuan-payout-"));

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** `npm run bench:payout` does the same with 131,072 people (design 10). */
const people = 256;
const refuseEvery = 32;

test("a payout pays everybody once, the refused after their cards are mended and checked, and the books close", async () => {
  const staged = await stagePayout(dataDir, people);
  expect(staged.people).toHaveLength(people);
  const city = await startEmbedded({ dataDir, seed: true, meter: true });
  try {
    const figures = await payOut(city, staged, refuseEvery);
    expect(figures.refused).toBe(people / refuseEvery);
    expect(figures.batches.map(({ count }) => count)).toEqual([people, people / refuseEvery]);
    expect(await payoutFaults(city, staged, figures)).toEqual([]);
    // Into the batch 6, out of it paid 8, and what the two share; the mending of every 32nd comes to it.
    expect((city.writeUnits()?.total ?? 0) / people).toBeLessThan(25);
  } finally {
    await city.stop();
  }
});
