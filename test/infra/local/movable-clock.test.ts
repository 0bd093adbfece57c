import { expect, onTestFinished, test } from "vitest";
import { ClockCannotGoBack, createMovableClock } from "#infra/local/movable-clock.ts";
import { instant, msOfInstant } from "#shared/kernel/calendar.ts";

const start = instant("2026-07-01T00:00:00Z");
const dayMs = 86_400_000;

const clockAtStart = (keepOffset?: (offsetMs: number) => void) => {
  const offsetMs = msOfInstant(start) - Date.now();
  const clock = createMovableClock(keepOffset ? { offsetMs, keepOffset } : { offsetMs });
  onTestFinished(clock.stop);
  return clock;
};

const after = (days: number) => instant(new Date(msOfInstant(start) + days * dayMs).toISOString());

test("the clock shows real time plus its offset", () => {
  const clock = clockAtStart();

  expect(msOfInstant(clock.now()) - msOfInstant(start)).toBeLessThan(1000);
  expect(clock.now() >= start).toBe(true);
});

test("an advance runs timers in the order of their instants, each at its own instant", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  for (const days of [90, 2, 30]) {
    clock.at(msOfInstant(after(days)), () => seen.push(`${days} ${clock.now().slice(0, 10)}`));
  }
  clock.at(msOfInstant(after(200)), () => seen.push("too late"));

  await clock.advanceTo(after(100));

  expect(seen).toEqual(["2 2026-07-03", "30 2026-07-31", "90 2026-09-29"]);
  expect(clock.now() >= after(100)).toBe(true);
});

test("what a timer causes is settled before the next timer runs, also if it sets a nearer timer", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  const work = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push("work of day 1");
    clock.at(msOfInstant(after(2)), () => seen.push("day 2"));
  };
  clock.at(msOfInstant(after(1)), () => void clock.track(work()));
  clock.at(msOfInstant(after(3)), () => seen.push("day 3"));

  await clock.advanceTo(after(4));

  expect(seen).toEqual(["work of day 1", "day 2", "day 3"]);
});

test("a cancelled timer does not run", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  const cancel = clock.at(msOfInstant(after(1)), () => seen.push("cancelled"));
  clock.at(msOfInstant(after(1)), () => seen.push("kept"));
  cancel();

  await clock.advanceTo(after(2));

  expect(seen).toEqual(["kept"]);
});

test("a timer also runs in real time, and one months ahead does not run at once", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  clock.at(clock.nowMs() + 30, () => seen.push("soon"));
  clock.at(clock.nowMs() + 60 * dayMs, () => seen.push("in two months"));

  await new Promise((resolve) => setTimeout(resolve, 80));

  expect(seen).toEqual(["soon"]);
});

test("the clock refuses to go back and stays where it is", async () => {
  const clock = clockAtStart();
  await clock.advanceTo(after(5));

  await expect(clock.advanceTo(after(4))).rejects.toThrow(ClockCannotGoBack);
  expect(clock.now() >= after(5)).toBe(true);
});

test("the offset is kept before anything happens at the new instant", async () => {
  let keptMs = 0;
  const clock = clockAtStart((offsetMs) => (keptMs = offsetMs));
  const seen: string[] = [];
  clock.at(msOfInstant(after(7)), () => {
    seen.push(new Date(Date.now() + keptMs).toISOString().slice(0, 10));
  });

  await clock.advanceTo(after(10));

  expect(seen).toEqual(["2026-07-08"]);
});

test("hooks run at each stop of an advance and are waited for", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  clock.onStop(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.push(clock.now().slice(0, 10));
  });
  clock.at(msOfInstant(after(1)), () => {});

  await clock.advanceTo(after(3));

  expect(seen).toEqual(["2026-07-02", "2026-07-04"]);
});

test("a second advance waits for the first", async () => {
  const clock = clockAtStart();
  const seen: string[] = [];
  const slow = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    seen.push("first");
  };
  clock.at(msOfInstant(after(1)), () => void clock.track(slow()));
  clock.at(msOfInstant(after(3)), () => seen.push("second"));

  await Promise.all([clock.advanceTo(after(2)), clock.advanceTo(after(4))]);

  expect(seen).toEqual(["first", "second"]);
});
