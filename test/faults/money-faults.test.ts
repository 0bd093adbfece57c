/** A sample of the faults that test/bench/faults.test.ts runs all of: SEED=<number> draws another one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startFaultWorld, type FaultWorld } from "#test/support/faults/fault-world.ts";
import { faultKinds } from "#test/support/faults/kinds.ts";
import { runScenario } from "#test/support/faults/matrix.ts";
import { scenarios } from "#test/support/faults/scenarios.ts";

const seed = Number(process.env["SEED"] ?? 20_261_120);
const share = 0.055;

/** The same numbers for the same seed (mulberry32). */
const drawing = (from: number): (() => number) => {
  let state = from;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

let world: FaultWorld;
beforeAll(async () => {
  world = await startFaultWorld();
});
afterAll(() => world.stop());

test("whatever call of a money path fails, and however, the end is the one without the fault", async () => {
  const draw = drawing(seed);
  let [calls, runs] = [0, 0];
  const problems: string[] = [];
  for (const scenario of scenarios) {
    const covered = await runScenario(world, scenario, () => draw() < share);
    calls += covered.calls.length;
    runs += covered.runs;
    problems.push(...covered.problems);
  }
  console.log({ seed, scenarios: scenarios.length, calls, runs });
  expect(problems).toEqual([]);
  expect(runs).toBeGreaterThan(50);
});

test("a file that arrives cut short is an error, and not a shorter file", async () => {
  const { files } = world.uses;
  const written = new TextEncoder().encode(
    "业务参考号,金额,处理结果\r\nSN0000000000-1,1.00,成功\r\n",
  );
  await files.write("returns/whole.csv", written, "text/csv");
  const kind = faultKinds.find(({ name }) => name === "S3 short body");
  if (!kind) throw new Error("a body may be short");
  world.faults.watch({ call: 1, kind, when: "before", lasting: true });
  await expect(files.read("returns/whole.csv", 10_000)).rejects.toThrow("shorter");
  world.faults.unwatch();
  expect(await files.read("returns/whole.csv", 10_000)).toEqual(written);
});
