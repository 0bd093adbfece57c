import type { Instant } from "#shared/kernel/calendar.ts";

/** The one clock. Called once for each request or task; nobody keeps its answer for later. */
export interface Clock {
  readonly now: () => Instant;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (length: number) => Uint8Array;
