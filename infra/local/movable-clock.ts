/**
 * The one clock of the embedded run: real time plus an offset that only grows. Timers stand at absolute
 * instants of this clock, so that moving it makes waits, time-outs and schedules happen, in their order.
 */
import type { Clock } from "#shared/ports/runtime.ts";
import { instantOfMs, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";

/** Someone asked for an earlier instant than the clock shows; work already done then can't be undone. */
export class ClockCannotGoBack extends Error {
  override readonly name = "ClockCannotGoBack";
}

/** What a timer or a schedule began didn't come to an end, so the clock can't be moved on. */
class ClockNotSettled extends Error {
  override readonly name = "ClockNotSettled";
}

export interface MovableClock extends Clock {
  readonly nowMs: () => number;
  /** Calls `run` once the clock reaches `atMs` (epoch milliseconds). `run` must not throw. @returns how to cancel. */
  readonly at: (atMs: number, run: () => void) => () => void;
  /** Counts `work` as in flight until it ends, so that an advance waits for it. @returns the same promise. */
  readonly track: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Resolves once nothing is in flight. @throws ClockNotSettled after ten minutes. */
  readonly settled: () => Promise<void>;
  /** Calls `run` at each stop of an advance, after the stop's timers: for what runs every few minutes. */
  readonly onStop: (run: () => Promise<void>) => void;
  /**
   * Moves the clock to `target`: stops at the instant of each timer due by then, and lets what it causes settle.
   * One advance at a time; a second waits for the first. @throws ClockCannotGoBack
   */
  readonly advanceTo: (target: Instant) => Promise<void>;
  /** No timer fires any more. */
  readonly stop: () => void;
}

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Node's timers overflow at 24.8 days and fire at once, so a far one is looked at again every hour. */
const sleepMaxMs = 3_600_000;
const settleMaxMs = 600_000;
const stopsMax = 1_000_000;
/** The interpreter goes from state to state in microtasks; two empty turns show that nothing more follows. */
const quietTurns = 2;

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Timers in the order of their instants, then of their making. */
const createTimerList = () => {
  const timers: Timer[] = [];
  const placeAfter = (atMs: number): number => {
    let low = 0;
    let high = timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((timers[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (timer: Timer): void => void timers.splice(placeAfter(timer.atMs), 0, timer),
    remove: (timer: Timer): void => {
      const end = placeAfter(timer.atMs);
      for (let at = end - 1; timers[at]?.atMs === timer.atMs; at -= 1) {
        if (timers[at] === timer) return void timers.splice(at, 1);
      }
    },
    earliestMs: (): number | undefined => timers[0]?.atMs,
    takeUntil: (untilMs: number): readonly Timer[] => timers.splice(0, placeAfter(untilMs)),
    clear: (): void => void timers.splice(0),
  };
};

/** Counts what is in flight. */
const createWork = () => {
  let inFlight = 0;
  const waiting = new Set<() => void>();
  const idle = async (): Promise<void> => {
    let limit: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      const error = new ClockNotSettled(`${inFlight} tasks or jobs still run after ten minutes`);
      limit = setTimeout(() => reject(error), settleMaxMs);
    });
    const done = new Promise<void>((resolve) => void waiting.add(resolve));
    await Promise.race([done, tooLong]).finally(() => clearTimeout(limit));
  };
  return {
    track: <Result>(work: Promise<Result>): Promise<Result> => {
      inFlight += 1;
      const ended = (): void => {
        inFlight -= 1;
        if (inFlight > 0) return;
        for (const wakeUp of waiting) wakeUp();
        waiting.clear();
      };
      work.then(ended, ended);
      return work;
    },
    settled: async (): Promise<void> => {
      for (let quiet = 0; quiet < quietTurns;) {
        await nextTurn();
        if (inFlight === 0) quiet += 1;
        else {
          quiet = 0;
          await idle();
        }
      }
    },
  };
};

/** What the clock shows, and how far it is ahead of real time. */
const createHands = (offsetAtStartMs: number, keepOffset: (offsetMs: number) => void) => {
  let offsetMs = offsetAtStartMs;
  let shownMs = -Infinity;
  const nowMs = (): number => {
    // The machine's own clock may be set back; this one stands still then.
    shownMs = Math.max(shownMs, Date.now() + offsetMs);
    return shownMs;
  };
  return {
    nowMs,
    setTo: (ms: number): void => {
      if (ms <= nowMs()) return;
      offsetMs = ms - Date.now();
      keepOffset(offsetMs);
      shownMs = ms;
    },
  };
};

type Hands = ReturnType<typeof createHands>;
type TimerList = ReturnType<typeof createTimerList>;

/** Runs timers as real time passes, except while the clock is being advanced. */
const createSleeper = (hands: Hands, timers: TimerList) => {
  let sleeping: NodeJS.Timeout | undefined;
  let held = false;
  const sleepUntilNext = (): void => {
    clearTimeout(sleeping);
    const earliestMs = timers.earliestMs();
    if (earliestMs === undefined || held) return;
    const waitMs = Math.min(Math.max(earliestMs - hands.nowMs(), 0), sleepMaxMs);
    sleeping = setTimeout(() => {
      if (!held) for (const timer of timers.takeUntil(hands.nowMs())) timer.run();
      sleepUntilNext();
    }, waitMs);
  };
  return {
    sleepUntilNext,
    hold: (hold: boolean): void => {
      held = hold;
      sleepUntilNext();
    },
  };
};

/**
 * A clock that is `offsetMs` ahead of real time. `keepOffset` is told each new offset before anything happens
 * at the new instant, so that a run that is killed never starts again at an earlier one.
 */
export const createMovableClock = (
  input: { readonly offsetMs?: number; readonly keepOffset?: (offsetMs: number) => void } = {},
): MovableClock => {
  const timers = createTimerList();
  const work = createWork();
  const hands = createHands(input.offsetMs ?? 0, input.keepOffset ?? (() => {}));
  const sleeper = createSleeper(hands, timers);
  const stopHooks: (() => Promise<void>)[] = [];
  let lastAdvance: Promise<void> = Promise.resolve();

  const stopAt = async (ms: number): Promise<void> => {
    hands.setTo(ms);
    for (const timer of timers.takeUntil(ms)) timer.run();
    await work.settled();
    await Promise.all(stopHooks.map((hook) => hook()));
    await work.settled();
  };
  const advance = async (target: Instant): Promise<void> => {
    const targetMs = msOfInstant(target);
    if (targetMs < hands.nowMs()) {
      const shown = instantOfMs(hands.nowMs());
      throw new ClockCannotGoBack(`the clock shows ${shown}, later than ${target}`);
    }
    sleeper.hold(true);
    try {
      await work.settled();
      for (let stops = 0; stops < stopsMax; stops += 1) {
        const earliestMs = timers.earliestMs() ?? Infinity;
        if (earliestMs >= targetMs) break;
        await stopAt(earliestMs);
      }
      await stopAt(targetMs);
    } finally {
      sleeper.hold(false);
    }
  };

  return {
    now: () => instantOfMs(hands.nowMs()),
    nowMs: hands.nowMs,
    at: (atMs, run) => {
      const timer = { atMs, run };
      timers.add(timer);
      sleeper.sleepUntilNext();
      return () => timers.remove(timer);
    },
    track: work.track,
    settled: work.settled,
    onStop: (run) => void stopHooks.push(run),
    advanceTo: (target) => {
      const mine = lastAdvance.then(() => advance(target));
      lastAdvance = mine.catch(() => {});
      return mine;
    },
    stop: () => {
      timers.clear();
      sleeper.hold(true);
    },
  };
};
