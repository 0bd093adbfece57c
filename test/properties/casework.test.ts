import * as fc from "fast-check";
import { expect, test } from "vitest";
import { transitions } from "#shared/domain/lifecycle.ts";
import { noFigures, runCity } from "#test/support/pure-city/run.ts";
import type { Guard } from "#test/support/pure-city/world.ts";

/** SEED=<number> tries other sequences; a failure prints the numbers that lead to it. */
const seed = Number(process.env["SEED"] ?? 20_260_720);
const runs = 10_000;
const eventsMax = 40;

/** Four cases, and up to forty events: a zero is none, so that a failure shrinks to those that matter. */
const sequences = [
  fc.array(fc.noBias(fc.nat(9_999)), { minLength: 4, maxLength: 4 }),
  fc.array(fc.noBias(fc.nat(2 ** 31 - 1)), { minLength: eventsMax, maxLength: eventsMax }),
] as const;

test("no sequence of events breaks the lifecycle, a cap or the separation of duties", () => {
  const figures = noFigures();
  fc.assert(
    fc.property(...sequences, (cases, events) => {
      runCity(cases, events, figures);
    }),
    { numRuns: runs, seed },
  );
  const taken = Object.fromEntries([...figures.events].toSorted(([, a], [, b]) => b - a));
  const steps = [...figures.events.values()].reduce((sum, count) => sum + count, 0);
  console.log({ seed, runs, steps, longest: figures.longest, refused: figures.refused, taken });
  // Every step that the table knows was taken, so that nothing of the above holds for want of trying; money that a bank
  // sends back later moves a batch as well, and is tried in money.test.ts.
  const missing = Object.keys(transitions).filter((type) => taken[type] === undefined);
  expect(missing).toEqual(["payment_returned"]);
}, 180_000);

test.each<[Guard, RegExp]>([
  ["version", /^(?:lifecycle|money|caps|duties): /u],
  ["claim", /^claims: /u],
  ["money", /^money: a fund below zero$/u],
  ["cap", /^caps: a (?:household|family|person) above /u],
  ["eligible", /^duties: /u],
  ["handling", /^duties: /u],
  ["needed", /^route: too few agreed$/u],
])("without the guard of %s the same checks find a sequence that breaks a rule", (guard, rule) => {
  const found = fc.check(
    fc.property(...sequences, (cases, events) => {
      runCity(cases, events, noFigures(), [guard]);
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
  const { errorInstance } = found;
  expect(errorInstance instanceof Error ? errorInstance.message : null).toMatch(rule);
});
