/**
 * The money against a reference ledger of plain sums: 10,000 sequences of up to forty operations, each now, late or
 * twice, and after every one of them every invariant of quality B that it can touch.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { memoryStores } from "#test/support/money/memory-store.ts";
import {
  operations,
  noFigures,
  runSequence,
  stepsIn,
  type Figures,
} from "#test/support/money/run.ts";
import type { Guard } from "#test/support/money/stores.ts";
import { sequences } from "#test/support/money/sequences.ts";
import { newWorld } from "#test/support/money/world.ts";

/** SEED=<number> tries other sequences; a failure prints the numbers that lead to it. */
const seed = Number(process.env["SEED"] ?? 20_261_120);
const runs = Number(process.env["RUNS"] ?? 10_000);
const runIn = async (
  sequence: readonly number[],
  figures: Figures,
  without: readonly Guard[] = [],
): Promise<void> => {
  const { stores, snapshot } = memoryStores(without);
  await runSequence(
    await newWorld(stores, 1, !without.includes("version")),
    snapshot,
    sequence,
    figures,
  );
};

test("no sequence of operations breaks an invariant of the money or differs from plain sums", async () => {
  const figures = noFigures();
  const begun = process.cpuUsage();
  await fc.assert(
    fc.asyncProperty(sequences, (sequence) => runIn(sequence, figures)),
    { numRuns: runs, seed },
  );
  const { user, system } = process.cpuUsage(begun);
  const ends = Object.fromEntries([...figures.ends].toSorted(([, a], [, b]) => b - a));
  console.log({ seed, runs, steps: stepsIn(figures), cpuSeconds: (user + system) / 1e6, ends });
  // Every operation came about, so that nothing of the above holds for want of trying.
  const untried = operations.filter(
    (name) =>
      ![...figures.ends.keys()].some(
        (end) =>
          /committed|moved|created|said|booked|proposed|cancelled/u.test(end) &&
          end.startsWith(`${name} `),
      ),
  );
  expect(untried).toEqual([]);
}, 180_000);

/** A second lock is found only where the first is open too: then two are left out. */
test.each<[readonly Guard[], RegExp]>([
  [["version"], /^(?:I\d+|reference|cap): /u],
  [["open"], /^I2: /u],
  [["reserve_line"], /^I2: /u],
  [["order_once"], /^I9: /u],
  [["order_maker"], /^I30: /u],
  [["voucher"], /^I9: /u],
  [["version", "transfer"], /^I[3-6]: /u],
  [["version", "link"], /^(?:I\d+|reference): /u],
  [["version", "item_open"], /^I(?:6|18|20): /u],
  [["version", "paid_back"], /^I29: /u],
  [["balance"], /^I2: /u],
  [["claim"], /^I7: /u],
  [["cap"], /^cap: /u],
  [["batch_version"], /^I(?:18|19|20|30|6): /u],
  [["maker"], /^I30: /u],
  [["assembling"], /^I(?:18|21): /u],
])(
  "without the guard of %s the same checks find a sequence that breaks a rule",
  async (without, rule) => {
    // Other rules may be broken first; what is asked for is a sequence that breaks this one.
    const breaks = async (sequence: readonly number[]): Promise<boolean> =>
      runIn(sequence, noFigures(), without).then(
        () => false,
        (error: unknown) => error instanceof Error && rule.test(error.message),
      );
    const found = await fc.check(
      fc.asyncProperty(sequences, async (sequence) => !(await breaks(sequence))),
      { numRuns: runs, seed, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  },
  60_000,
);
