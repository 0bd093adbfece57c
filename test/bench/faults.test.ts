/** The whole matrix: every call of every money path, each kind of fault, before its effect and after it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startFaultWorld, type FaultWorld } from "#test/support/faults/fault-world.ts";
import { runScenario } from "#test/support/faults/matrix.ts";
import { scenarios } from "#test/support/faults/scenarios.ts";

let world: FaultWorld;
beforeAll(async () => {
  world = await startFaultWorld();
});
afterAll(() => world.stop());

let calls = 0;
let runs = 0;

test.each(scenarios)("$name: the same end whatever fails", async (scenario) => {
  const begun = performance.now();
  const covered = await runScenario(world, scenario);
  calls += covered.calls.length;
  runs += covered.runs;
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  console.log(
    `${scenario.name}: ${covered.calls.length} calls, ${covered.runs} runs, ${seconds} s (${calls} calls, ${runs} runs so far)`,
  );
  expect(covered.problems).toEqual([]);
});
