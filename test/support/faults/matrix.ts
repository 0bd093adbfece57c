/** Runs a step with each fault there can be at each of its calls, then again without, and compares the ends. */
import { expect } from "vitest";
import { resumeStalled } from "#shared/casework/resume-stalled.ts";
import { resumeBatches } from "#shared/casework/signal-batch.ts";
import { endOf, type FaultWorld } from "./fault-world.ts";
import type { Call, Fault } from "./injection.ts";
import { faultKinds } from "./kinds.ts";

export type FaultUses = FaultWorld["uses"];

/** A step of a money path, as the machine or a person takes it; begun again, it goes on from what is recorded. */
export interface Scenario {
  readonly name: string;
  /** Puts everything in place. @returns the step. */
  readonly prepare: (uses: FaultUses) => Promise<(uses: FaultUses) => Promise<unknown>>;
}

const isRead = ({ command }: Call): boolean =>
  /^(?:Get|BatchGet|Query|Scan|List|Head)/u.test(command);

const faultsAt = (call: Call, number: number): readonly Fault[] =>
  faultKinds
    .filter((kind) => kind.of(call))
    .flatMap((kind) =>
      (isRead(call) ? (["before"] as const) : (["before", "after"] as const)).flatMap((when) =>
        (kind.retried ? [false, true] : [kind.name !== "conflict"]).map((lasting): Fault => ({
          call: number,
          kind,
          when,
          lasting,
        })),
      ),
    );

/** Errors after which the machine doesn't try a task again (disbursement.asl.json): they would leave a batch lying. */
const notTriedAgain = ["InvariantBroken", "ApplicationNotFound", "PolicyNotConfirmed"];

const deliveriesMax = 4;
const sweepMinutes = 11;

/** Delivered until it ends well, as the machine's Retry or a person's second click would. */
const deliver = async (run: () => Promise<unknown>, where: string): Promise<void> => {
  for (let delivery = 1; ; delivery += 1) {
    try {
      await run();
      return;
    } catch (error) {
      const { name } = error as Error;
      expect(notTriedAgain, `${where}: ${String(error)}`).not.toContain(name);
      if (delivery === deliveriesMax) throw error;
    }
  }
};

/** A word to the execution that got lost is found by the sweeps, which run every few minutes. */
const mustBeHeard = async (world: FaultWorld, expected: boolean, where: string): Promise<void> => {
  if (!expected || world.told.size + world.started.size > 0) return;
  world.moveClockBy(sweepMinutes);
  await resumeBatches(world.uses);
  await resumeStalled(world.uses);
  expect(world.told.size + world.started.size, `${where}: nobody hears of it`).toBeGreaterThan(0);
};

export interface Covered {
  readonly calls: readonly Call[];
  readonly runs: number;
  /** What went another way, in words; empty is what it should be. */
  readonly problems: readonly string[];
}

/** @param isChosen picks runs of the matrix; all of them unless given. */
export const runScenario = async (
  world: FaultWorld,
  scenario: Scenario,
  isChosen: (fault: Fault) => boolean = () => true,
): Promise<Covered> => {
  const empty = await world.items();
  const run = await scenario.prepare(world.uses);
  const begin = await world.items();
  const before = await endOf(world);
  // Once without faults: what is kept in memory after a first call is kept in all the runs.
  await run(world.uses);
  await world.restore(begin);
  world.faults.watch(null);
  await run(world.uses);
  const { calls } = world.faults.unwatch();
  const isHeard = world.told.size + world.started.size > 0;
  const end = await endOf(world);
  expect(end.brokenChains).toEqual([]);
  // A step that does nothing would survive everything.
  expect(end.rows, `${scenario.name} moves nothing`).not.toEqual(before.rows);
  const faults = calls.flatMap((call, index) => faultsAt(call, index + 1)).filter(isChosen);
  const problems: string[] = [];
  for (const fault of faults) {
    const { command } = calls[fault.call - 1] ?? { command: "" };
    const where = `${scenario.name}: ${fault.kind.name} ${fault.when} call ${fault.call} ${command}${fault.lasting ? ", all tries" : ""}`;
    await world.restore(begin);
    world.faults.watch(fault);
    try {
      await deliver(() => run(world.uses), where);
      const { met } = world.faults.unwatch();
      expect(met, `${where}: never met`).toBeGreaterThan(0);
      expect(await endOf(world), where).toEqual(end);
      await mustBeHeard(world, isHeard, where);
      // Once more, as a redrive would: nothing moves any more.
      await run(world.uses);
      expect(await endOf(world), `${where}, and once more`).toEqual(end);
    } catch (error) {
      world.faults.unwatch();
      problems.push(`${where}: ${(error as Error).message.slice(0, 1_500)}`);
    }
  }
  await world.restore(empty);
  return { calls, runs: faults.length, problems };
};
