/**
 * `npm run bench:payout`: a payout of 131,072 people through the embedded run, from the first batch made to the last
 * one closed (design 10). `--people=4096` for a quicker one. Setting the people up is not counted.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "#infra/local/embedded.ts";
import { payOut, payoutFaults } from "#test/support/payout-run.ts";
import { stagePayout } from "#test/support/payout-stage.ts";

const peopleAsked = 131_072;
const limitSeconds = 300;
const refuseEvery = 100;

const { values } = parseArgs({ options: { people: { type: "string" } } });
const count = Number(values.people ?? peopleAsked);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const dataDir = mkdtempSync(join(tmpdir(), "songnuan-payout-"));
try {
  const begunMs = performance.now();
  const staged = await stagePayout(dataDir, count);
  console.log(`${staged.people.length} people set up in ${seconds(performance.now() - begunMs)}`);
  const city = await startEmbedded({
    dataDir,
    seed: true,
    meter: true,
    report: (where, error) => console.error(where, error),
  });
  try {
    const before = process.cpuUsage();
    const startMs = performance.now();
    const figures = await payOut(city, staged, refuseEvery);
    const tookMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(before);
    const units = city.writeUnits()?.total ?? 0;
    console.log(
      `paid and settled in ${seconds(tookMs)}: ${(count / (tookMs / 1000)).toFixed(0)} people/s`,
    );
    console.log(JSON.stringify(figures.phases));
    console.log(`${figures.batches.length} batches, ${figures.refused} refused and mended`);
    console.log(`write units ${units.toFixed(0)}, ${(units / count).toFixed(2)} a person`);
    console.log(
      `CPU of this process ${seconds((user + system) / 1000)}, ${((user + system) / 1000 / count).toFixed(2)} ms a person`,
    );
    console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
    const faults = await payoutFaults(city, staged, figures);
    for (const fault of faults.slice(0, 10)) console.error(fault);
    if (faults.length > 0 || tookMs > limitSeconds * 1000) process.exitCode = 1;
  } finally {
    await city.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
