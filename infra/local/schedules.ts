/**
 * The schedules of the manifest, on the movable clock. A daily job runs at its time of each day passed, also
 * while the clock is advanced. A job of every few minutes runs at most once at each stop of an advance, since
 * a thousand runs in a moment would show nothing that one doesn't.
 */
import {
  addDays,
  instantOfMs,
  localDateOf,
  msOfInstant,
  startOfDay,
} from "#shared/kernel/calendar.ts";
import type { FunctionDefinition, Schedule } from "#shared/lambda/definition.ts";
import type { MovableClock } from "./movable-clock.ts";
import type { StateFile } from "./state-file.ts";

type Daily = Extract<Schedule, { kind: "daily" }>;

export interface Schedules {
  /** Runs what was due while nothing ran, then keeps time. */
  readonly start: () => void;
  readonly stop: () => void;
}

const minuteMs = 60_000;

/** The next instant after `afterMs` at which it is that time of day in China. */
const nextDailyMs = (schedule: Daily, afterMs: number): number => {
  const [hours = 0, minutes = 0] = schedule.at.split(":").map(Number);
  const today = localDateOf(instantOfMs(afterMs));
  const onDay = (date: typeof today): number =>
    msOfInstant(startOfDay(date)) + (hours * 60 + minutes) * minuteMs;
  const todayMs = onDay(today);
  return todayMs > afterMs ? todayMs : onDay(addDays(today, 1));
};

/**
 * Runs the scheduled functions of `functions` through `invoke`; one that still runs isn't begun a second time.
 * A job that throws is told to `report` and runs again at its next time.
 */
export const createSchedules = (input: {
  readonly functions: readonly FunctionDefinition[];
  readonly invoke: (functionName: string) => Promise<unknown>;
  readonly clock: MovableClock;
  readonly state: StateFile;
  readonly report: (functionName: string, error: unknown) => void;
}): Schedules => {
  const { clock, state } = input;
  const running = new Map<string, Promise<void>>();
  const intervals: NodeJS.Timeout[] = [];
  const lastRunMs = (name: string): number | null => {
    const kept = state.setting(`schedule:${name}`);
    return kept === null ? null : Number(kept);
  };
  const run = (name: string): Promise<void> => {
    const begun = running.get(name);
    if (begun) return begun;
    state.putSetting(`schedule:${name}`, String(clock.nowMs()));
    const work = input
      .invoke(name)
      .then(
        () => {},
        (error: unknown) => input.report(name, error),
      )
      .finally(() => running.delete(name));
    running.set(name, work);
    return clock.track(work);
  };

  const startDaily = (name: string, schedule: Daily): void => {
    const wait = (fromMs: number): void => {
      clock.at(nextDailyMs(schedule, fromMs), () => {
        void run(name);
        wait(clock.nowMs());
      });
    };
    const last = lastRunMs(name);
    if (last === null) state.putSetting(`schedule:${name}`, String(clock.nowMs()));
    else if (nextDailyMs(schedule, last) <= clock.nowMs()) void run(name);
    wait(clock.nowMs());
  };

  const startEvery = (name: string, periodMs: number): void => {
    clock.onStop(async () => {
      if (clock.nowMs() - (lastRunMs(name) ?? -Infinity) >= periodMs) await run(name);
    });
    intervals.push(setInterval(() => void run(name), periodMs));
    // The first run mends what a crash left half done, so it doesn't wait for its period.
    void run(name);
  };

  return {
    start: () => {
      for (const { name, trigger } of input.functions) {
        if (trigger.kind !== "job") continue;
        if (trigger.schedule.kind === "daily") startDaily(name, trigger.schedule);
        else startEvery(name, trigger.schedule.minutes * minuteMs);
      }
    },
    stop: () => {
      for (const interval of intervals) clearInterval(interval);
    },
  };
};
