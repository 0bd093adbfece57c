/**
 * The same sequence over the table and over memory, step by step: what each operation came to and every row it may
 * have changed are equal, so that what is proven of the one holds of the other.
 */
import { expect } from "vitest";
import type { TestStore } from "#test/support/store.ts";
import { checkMoney } from "./invariants.ts";
import { memoryStores } from "./memory-store.ts";
import { counted, open, step, type Figures, type Prepared } from "./run.ts";
import { comparable, rowsOf, snapshotOf, storedStores } from "./stored.ts";
import { householdCapFen, newWorld } from "./world.ts";

/** @param run makes the ids of this sequence different from all others of the table. */
export const runSideBySide = async (
  store: TestStore,
  run: number,
  sequence: readonly number[],
  figures: Figures,
): Promise<void> => {
  const memory = memoryStores();
  const twin = await newWorld(memory.stores, run);
  const stored = await newWorld(storedStores(store), run);
  const [heldTwin, heldStored]: [Prepared[], Prepared[]] = [[], []];
  await open(twin);
  await open(stored);
  for (const drawn of sequence) {
    const expected = await step(twin, heldTwin, drawn);
    const landed = await step(stored, heldStored, drawn);
    expect(landed).toEqual(expected);
    if (landed.length === 0) continue;
    for (const one of landed) counted(figures, one);
    checkMoney(await memory.snapshot(), twin.book, householdCapFen);
    expect(comparable(await rowsOf(stored))).toEqual(comparable(await rowsOf(twin)));
  }
  const whole = await snapshotOf(store, stored);
  checkMoney(whole, stored.book, householdCapFen);
  expect(comparable(whole)).toEqual(comparable(await memory.snapshot()));
};
