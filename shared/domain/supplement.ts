/** The applicant's time for what is missing (补正): so many working days, prolonged once, then the case lapses (8.6). */
import {
  addDays,
  deadlineAfter,
  instantOfMs,
  msOfInstant,
  startOfDay,
  type Instant,
} from "../kernel/calendar.ts";
import type { Application, CaseEvent } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import type { Window } from "./policy.ts";

/** When the time ends: of a programme with a season, not before the day to which it admits supplements. */
export const supplementEnds = (
  now: Instant,
  { flowClock, calendar }: Pick<CommonPolicy, "flowClock" | "calendar">,
  window: Window | null,
): Instant => {
  const ends = deadlineAfter(now, flowClock.supplement, calendar);
  const seasonEnds = window && startOfDay(addDays(window.supplementsTo, 1));
  return seasonEnds !== null && seasonEnds > ends ? seasonEnds : ends;
};

/** Why the time can't be prolonged. */
export type ExtensionRefusal = "not_asked" | "used_up" | "too_late";

type Moved = Pick<CaseEvent, "type" | "from" | "to">;

const begins = ({ from, to }: Moved): boolean =>
  to === "needs_information" && from !== "needs_information";

/** The event with which the present wait for the applicant began. */
export const waitBegan = <Event extends Moved>(events: readonly Event[]): Event | undefined =>
  events.findLast(begins);

/** How often the present wait was prolonged already. */
const extensionsOf = (events: readonly Moved[]): number =>
  events.slice(events.findLastIndex(begins) + 1).filter(({ type }) => type === "extended").length;

/** Whether the applicant may prolong the time now, or why not. */
export const extensionRefusal = (
  { status, deadlineAt }: Application,
  events: readonly Moved[],
  now: Instant,
  policy: CommonPolicy,
): ExtensionRefusal | null => {
  if (status !== "needs_information" || deadlineAt === null) return "not_asked";
  if (deadlineAt <= now) return "too_late";
  return extensionsOf(events) >= policy.supplementExtensionsMax ? "used_up" : null;
};

/** The deadline as it would be prolonged: as many working days again, counted from its last day. */
export const extendedEnds = (deadlineAt: Instant, { flowClock, calendar }: CommonPolicy): Instant =>
  deadlineAfter(instantOfMs(msOfInstant(deadlineAt) - 1), flowClock.supplement, calendar);

/** Prolongs the applicant's time. @returns null when it may not be (`extensionRefusal`). */
export const extensionStep = (
  application: Application,
  events: readonly Moved[],
  now: Instant,
  policy: CommonPolicy,
): Step | null => {
  const { deadlineAt } = application;
  if (deadlineAt === null || extensionRefusal(application, events, now, policy)) return null;
  const until = extendedEnds(deadlineAt, policy);
  const taken = takeStep(
    application,
    "needs_information",
    { type: "extended", at: now, actor: { kind: "applicant" }, detail: { until } },
    { deadlineAt: until },
  );
  return taken.kind === "step" ? taken.step : null;
};
