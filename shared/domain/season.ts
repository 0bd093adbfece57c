/** When a programme takes applications, papers that were asked for, and pays. */
import { invariant } from "../kernel/assert.ts";
import {
  addDays,
  deadlineAfter,
  localDateOf,
  startOfDay,
  yearOf,
  type Instant,
  type LocalDate,
} from "../kernel/calendar.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { windowState, type Window } from "./policy.ts";
import type { PolicyPack } from "./policy-pack.ts";
import type { Delivery, EveryProgramme } from "./programme.ts";

/** Whether a programme takes applications on a day. */
export type Season =
  | { readonly kind: "all_year" }
  | { readonly kind: "open"; readonly window: Window }
  /** Opens on that day: later this year, or next year when this year's season is over. */
  | { readonly kind: "shut"; readonly opens: LocalDate; readonly closes: LocalDate };

export const seasonOn = (
  programme: Pick<EveryProgramme, "window">,
  on: LocalDate,
  pack: PolicyPack,
): Season => {
  const window = programme.window(yearOf(on), pack);
  if (window === null) return { kind: "all_year" };
  const state = windowState(window, on);
  if (state === "open") return { kind: "open", window };
  const next = state === "closed" ? programme.window(yearOf(on) + 1, pack) : window;
  invariant(next, "a programme with a season has one every year");
  return { kind: "shut", opens: next.opens, closes: next.closes };
};

/** The season in which a case was sent, or null where applications are taken all year. */
export const seasonOfCase = (
  programme: Pick<EveryProgramme, "window">,
  submittedAt: Instant,
  pack: PolicyPack,
): Window | null => programme.window(yearOf(localDateOf(submittedAt)), pack);

const endOfDay = (day: LocalDate): Instant => startOfDay(addDays(day, 1));

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);
const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

type Limits = Pick<CommonPolicy, "flowClock" | "calendar">;

/**
 * Until when an award that may be paid from now on must have reached its card: the working days of policy 8.6,
 * counted from the first day of delivery where that is still to come, and never later than the last one
 * (policy 8.2 `ga.payBy`, 8.3 `ww.window`).
 */
export const paymentDeadline = (
  now: Instant,
  { flowClock, calendar }: Limits,
  delivery: Delivery | null,
): Instant => {
  const from = delivery?.from ? later(now, startOfDay(delivery.from)) : now;
  const own = deadlineAfter(from, flowClock.payment, calendar);
  return delivery === null ? own : earlier(own, endOfDay(delivery.by));
};

/** Whether money may leave on a day: not before the first day of delivery. */
export const mayBeDelivered = (on: LocalDate, delivery: Delivery | null): boolean =>
  delivery === null || delivery.from === null || delivery.from <= on;
