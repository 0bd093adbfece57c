/** The same sequences as money.test.ts over the embedded database with the real adapters, next to memory. */
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noFigures, stepsIn } from "#test/support/money/run.ts";
import { sequences } from "#test/support/money/sequences.ts";
import { runSideBySide } from "#test/support/money/side-by-side.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

const seed = Number(process.env["SEED"] ?? 20_261_120);
/** test/bench/money-stored.test.ts runs ten times as many. */
const runs = Number(process.env["RUNS"] ?? 50);

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

test("the table refuses and keeps whatever memory refuses and keeps, step by step", async () => {
  const figures = noFigures();
  const begun = process.cpuUsage();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => runSideBySide(store, (run += 1), sequence, figures)),
    // Shrinking would run hundreds more: money.test.ts replays and shrinks the same numbers in memory.
    { numRuns: runs, seed, endOnFailure: true },
  );
  const { user, system } = process.cpuUsage(begun);
  console.log({ seed, runs, steps: stepsIn(figures), cpuSeconds: (user + system) / 1e6 });
  expect(stepsIn(figures)).toBeGreaterThan(runs * 10);
}, 600_000);
