/** 500 sequences over the embedded database next to memory; fifty of them are in test/properties/money-stored.test.ts. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { noFigures, stepsIn } from "#test/support/money/run.ts";
import { sequences } from "#test/support/money/sequences.ts";
import { runSideBySide } from "#test/support/money/side-by-side.ts";
import { startStore } from "#test/support/store.ts";

const seed = Number(process.env["SEED"] ?? 20_261_121);
const runs = Number(process.env["RUNS"] ?? 500);

test("the table refuses and keeps whatever memory refuses and keeps, over 500 sequences", async () => {
  const store = await startStore();
  const figures = noFigures();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => runSideBySide(store, (run += 1), sequence, figures)),
    { numRuns: runs, seed, endOnFailure: true },
  );
  await store.stop();
  console.log({ seed, runs, steps: stepsIn(figures) });
  expect(stepsIn(figures)).toBeGreaterThan(runs * 10);
}, 1_200_000);
