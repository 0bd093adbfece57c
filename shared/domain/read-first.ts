/**
 * Which cases an approver may decide together with others by one entry of the PIN (docs/adr/0025): only what the
 * rules bear out whole and nobody has touched since. Everything else is opened and decided by itself. Pure.
 */
import type { Application, RecordedEvent } from "./application.ts";
import type { Assessment } from "./assessment.ts";
import { changeSteps } from "./case-change.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { underDecisionFen } from "./fast-track.ts";
import { isReviewed } from "./review.ts";
import { needsMinutes } from "./route.ts";

/** Why a case must be opened and read before it is decided, the weightiest first. */
export type ReadFirst =
  /** An objection or an appeal: its answer is written. */
  | "review"
  /** The rules recommend refusal. */
  | "refusal"
  /** An advance, or what follows one: there is more than one amount to understand. */
  | "fast_track"
  /** Decided before and come back: after an appeal, or a return. */
  | "again"
  /** The visit did not bear out what was declared. */
  | "visit"
  /** A rule, a comparison or a near-duplicate wants a person to look. */
  | "flagged"
  /** The applicant changed answers or added papers after sending. */
  | "changed"
  /** An earlier tier approved less than was assessed, and wrote why. */
  | "lowered"
  /** Decided in a meeting, whose minutes have a number. */
  | "minutes"
  /** The link took too many wrong PINs. */
  | "locked";

export interface ReadFirstFacts {
  readonly application: Application;
  readonly events: readonly RecordedEvent[];
  readonly policy: CommonPolicy;
  /** How many matches with other lists, and how many near-duplicates nobody has settled. */
  readonly othersFound: number;
  readonly isLocked: boolean;
}

/** What the rules said when they were last applied. */
export const assessmentIn = (events: readonly RecordedEvent[]): Assessment | undefined =>
  events.findLast(({ type }) => type === "assessed")?.confidential?.assessment;

/** How many things want a person's eye: flags of the rules, a visit that bore nothing out, others found. */
export const flagsIn = ({
  events,
  othersFound,
}: Pick<ReadFirstFacts, "events" | "othersFound">): number => {
  const visit = events.findLast(({ type }) => type === "visited")?.confidential?.visit;
  const unconfirmed = visit && !visit.confirmed ? 1 : 0;
  return (assessmentIn(events)?.flags.length ?? 0) + unconfirmed + othersFound;
};

/** Why this case is opened by itself; empty for one that may be ticked. */
export const readFirst = (facts: ReadFirstFacts): readonly ReadFirst[] => {
  const { application, events, policy, isLocked } = facts;
  if (isReviewed(application.status)) return ["review"];
  if (application.recommendation !== "approve") return ["refusal"];
  const assessment = assessmentIn(events);
  const visit = events.findLast(({ type }) => type === "visited")?.confidential?.visit;
  const reasons: Readonly<Record<Exclude<ReadFirst, "review" | "refusal">, boolean>> = {
    fast_track: application.fastTrack !== null,
    again: application.round > 1 || events.some(({ type }) => type === "returned"),
    visit: visit !== undefined && !visit.confirmed,
    // A case whose assessment can't be read is nobody's straight case.
    flagged: !assessment || assessment.flags.length + facts.othersFound > 0,
    changed: changeSteps(events).length > 0,
    lowered: assessment !== undefined && application.amountFen < assessment.amountFen,
    minutes:
      application.tier !== null &&
      needsMinutes(application.tier, underDecisionFen(application), policy.route),
    locked: isLocked,
  };
  return (Object.keys(reasons) as (keyof typeof reasons)[]).filter((reason) => reasons[reason]);
};
