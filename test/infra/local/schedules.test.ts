import { expect, onTestFinished, test } from "vitest";
import { createMovableClock } from "#infra/local/movable-clock.ts";
import { createSchedules } from "#infra/local/schedules.ts";
import { openStateFile, type StateFile } from "#infra/local/state-file.ts";
import { instant, msOfInstant } from "#shared/kernel/calendar.ts";
import type { Schedule } from "#shared/lambda/definition.ts";
import { definitionOf, temporaryDirectory } from "./fixtures.ts";

const nightly: Schedule = { kind: "daily", at: "02:00" };
const often: Schedule = { kind: "every", minutes: 15 };

/** Starts schedules on a clock that shows `at`, and writes down each run. */
const begin = async (input: {
  readonly at: string;
  readonly jobs: Readonly<Record<string, Schedule>>;
  readonly state?: StateFile;
  readonly work?: () => Promise<unknown>;
}) => {
  const clock = createMovableClock({ offsetMs: msOfInstant(instant(input.at)) - Date.now() });
  const state = input.state ?? openStateFile(null);
  const runs: string[] = [];
  const reported: string[] = [];
  const schedules = createSchedules({
    functions: Object.entries(input.jobs).map(([name, schedule]) =>
      definitionOf(name, { kind: "job", schedule }),
    ),
    invoke: async (name) => {
      runs.push(`${name} ${clock.now().slice(0, 16)}`);
      await input.work?.();
    },
    clock,
    state,
    report: (name, error) => reported.push(`${name} ${(error as Error).name}`),
  });
  schedules.start();
  onTestFinished(() => {
    schedules.stop();
    clock.stop();
  });
  await clock.settled();
  return { clock, runs, reported };
};

test("a daily job runs at its time in China on each day passed", async () => {
  const run = await begin({ at: "2026-07-01T10:00:00+08:00", jobs: { audit: nightly } });

  await run.clock.advanceTo(instant("2026-07-04T10:00:00+08:00"));

  expect(run.runs).toEqual([
    "audit 2026-07-01T18:00",
    "audit 2026-07-02T18:00",
    "audit 2026-07-03T18:00",
  ]);
});

test("a job of every few minutes runs once at the start and once at each stop of an advance", async () => {
  const run = await begin({
    at: "2026-07-01T10:00:00+08:00",
    jobs: { audit: nightly, mend: often },
  });

  await run.clock.advanceTo(instant("2026-07-03T10:00:00+08:00"));

  expect(run.runs.filter((line) => line.startsWith("mend"))).toEqual([
    "mend 2026-07-01T02:00",
    "mend 2026-07-01T18:00",
    "mend 2026-07-02T18:00",
    "mend 2026-07-03T02:00",
  ]);
});

test("a stop sooner than its period doesn't run it again", async () => {
  const run = await begin({ at: "2026-07-01T10:00:00+08:00", jobs: { mend: often } });

  await run.clock.advanceTo(instant("2026-07-01T10:10:00+08:00"));
  expect(run.runs).toHaveLength(1);
  await run.clock.advanceTo(instant("2026-07-01T10:16:00+08:00"));
  expect(run.runs).toHaveLength(2);
});

test("a daily job that was due while nothing ran runs once at the next start", async () => {
  const dataDir = temporaryDirectory();
  const state = openStateFile(dataDir);
  onTestFinished(state.close);
  await begin({ at: "2026-07-01T10:00:00+08:00", jobs: { audit: nightly }, state });

  const later = await begin({ at: "2026-07-09T10:00:00+08:00", jobs: { audit: nightly }, state });
  expect(later.runs).toEqual(["audit 2026-07-09T02:00"]);
  const again = await begin({ at: "2026-07-09T11:00:00+08:00", jobs: { audit: nightly }, state });

  expect(again.runs).toEqual([]);
});

test("a job that fails is told and runs again at its next time", async () => {
  const run = await begin({
    at: "2026-07-01T10:00:00+08:00",
    jobs: { audit: nightly },
    work: async () => {
      throw new TypeError("broken");
    },
  });

  await run.clock.advanceTo(instant("2026-07-03T10:00:00+08:00"));

  expect(run.runs).toHaveLength(2);
  expect(run.reported).toEqual(["audit TypeError", "audit TypeError"]);
});

test("a job is never begun while it runs, and an advance waits for it", async () => {
  let running = 0;
  let most = 0;
  const run = await begin({
    at: "2026-07-01T10:00:00+08:00",
    jobs: { audit: nightly, mend: often },
    work: async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    },
  });

  await Promise.all([
    run.clock.advanceTo(instant("2026-07-03T10:00:00+08:00")),
    run.clock.advanceTo(instant("2026-07-04T10:00:00+08:00")),
  ]);

  expect(most).toBe(1);
  expect(running).toBe(0);
});
