/** When a programme takes applications. */
import { invariant } from "../kernel/assert.ts";
import { yearOf, type LocalDate } from "../kernel/calendar.ts";
import { windowState, type Window } from "./policy.ts";
import type { EveryProgramme } from "./programme.ts";

/** Whether a programme takes applications on a day. */
export type Season =
  | { readonly kind: "all_year" }
  | { readonly kind: "open"; readonly window: Window }
  /** Opens on that day: later this year, or next year when this year's season is over. */
  | { readonly kind: "shut"; readonly opens: LocalDate; readonly closes: LocalDate };

export const seasonOn = (programme: Pick<EveryProgramme, "window">, on: LocalDate): Season => {
  const window = programme.window(yearOf(on));
  if (window === null) return { kind: "all_year" };
  const state = windowState(window, on);
  if (state === "open") return { kind: "open", window };
  const next = state === "closed" ? programme.window(yearOf(on) + 1) : window;
  invariant(next, "a programme with a season has one every year");
  return { kind: "shut", opens: next.opens, closes: next.closes };
};
