/**
 * Appeals (复议): whoever was refused may ask, within a number of working days and once for each decision, that
 * somebody who has not touched the case looks at it (issue 3 item 5, policy 4.3, 4.4). Pure.
 */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import type { Application, EventType, RecordedEvent } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type Step } from "./lifecycle.ts";
import { staffOf } from "./second-look.ts";

/** As long as a letter; longer ones come back with what was typed. */
export const appealWordsMax = 1_000;

type Happened = Pick<RecordedEvent, "type" | "to" | "at" | "actor" | "version">;

const refusals: readonly EventType[] = ["refusal_confirmed", "rejected", "objection_upheld"];

/** The event that refused the case last, or null when none did. */
export const refusalOf = <Event extends Happened>(events: readonly Event[]): Event | null =>
  events.findLast(
    ({ type, to }) => refusals.includes(type) && (to === "ineligible" || to === "rejected"),
  ) ?? null;

/** Whether the applicant may appeal now, and if not, why. */
export type Appealable =
  | { readonly kind: "open"; readonly until: Instant }
  /** The days are over: `until` was the end of them. */
  | { readonly kind: "too_late"; readonly until: Instant }
  /** This decision was appealed before: it is being reviewed, or the appeal was dismissed. */
  | { readonly kind: "appealed_before" }
  /** Nothing was refused, or the case has moved on. */
  | { readonly kind: "not_refused" };

/** `flowClock.appealWithin` working days from the decision, the end of the last of them included. */
export const appealEnds = (
  decidedAt: Instant,
  { flowClock, calendar }: Pick<CommonPolicy, "flowClock" | "calendar">,
): Instant => deadlineAfter(decidedAt, flowClock.appealWithin, calendar);

export const appealable = (
  application: Application,
  events: readonly Happened[],
  now: Instant,
  policy: CommonPolicy,
): Appealable => {
  const refusal = refusalOf(events);
  const mayBeRefused = ["ineligible", "rejected", "under_appeal"].includes(application.status);
  if (!refusal || !mayBeRefused) return { kind: "not_refused" };
  const appealed = events.some(
    ({ type, version }) => type === "appealed" && version > refusal.version,
  );
  if (appealed) return { kind: "appealed_before" };
  const until = appealEnds(refusal.at, policy);
  return now < until ? { kind: "open", until } : { kind: "too_late", until };
};

export interface Appeal {
  readonly application: Application;
  readonly events: readonly Happened[];
  /** The applicant's words; sealed with the event. */
  readonly words: string;
  readonly now: Instant;
  readonly policy: CommonPolicy;
}

/**
 * Files an appeal: a new round begins, whose answer is due in `flowClock.appealAnswer` working days, and nobody
 * who has had a part in the case may decide it again. The claims that the refusal freed stay free until the
 * appeal is upheld.
 */
export const appeal = ({ application, events, words, now, policy }: Appeal): Step | null => {
  if (appealable(application, events, now, policy).kind !== "open") return null;
  const { flowClock, calendar } = policy;
  const taken = takeStep(
    application,
    "under_appeal",
    {
      type: "appealed",
      at: now,
      actor: { kind: "applicant" },
      detail: { tier: application.tier, round: application.round + 1 },
      confidential: { reason: words },
    },
    {
      round: application.round + 1,
      coApprovedBy: [],
      excluded: staffOf(application, events),
      deadlineAt: deadlineAfter(now, flowClock.appealAnswer, calendar),
      // Whatever comes of it is another answer, which is still to be given.
      outcomeMailedAt: null,
    },
  );
  return taken.kind === "step" ? taken.step : null;
};
