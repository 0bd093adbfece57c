/**
 * Aid first, papers later (先救助后补手续, policy 8.5 `er.advance`): part of the award is decided by two people within
 * hours and paid at once; papers, visit and the decision on the whole award follow. Pure.
 */
import { addMinutes, msOfInstant, type Instant } from "../kernel/calendar.ts";
import { invariant } from "../kernel/assert.ts";
import { subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Application } from "./application.ts";
import type { Assessment } from "./assessment.ts";
import type { FundCode } from "./fund.ts";
import type { Tier } from "./organisation.ts";
import type { EveryProgramme, FastTrackClock, PaperRequirement, PolicyDay } from "./programme.ts";
import { routeOf, type RouteLimits } from "./route.ts";

type Track = Pick<Application, "fastTrack" | "advanceFen" | "amountFen">;

/** Whether what is being decided, reserved or paid now is the advance. */
export const isAdvance = ({ fastTrack }: Pick<Application, "fastTrack">): boolean =>
  fastTrack === "advance";

/** Whether the advance was paid, so that the case can only be completed or the money recovered. */
export const isFollowUp = ({ fastTrack }: Pick<Application, "fastTrack">): boolean =>
  fastTrack === "follow_up";

/** What an approver decides on now: the advance first, afterwards the whole award. */
export const underDecisionFen = (application: Track): Fen =>
  isAdvance(application) ? (application.advanceFen ?? zeroFen) : application.amountFen;

/** What is decided by an amount: on the way of an advance the advance, and the award itself stays open. */
export const decidedAmounts = (
  { fastTrack, amountFen, advanceFen }: Track,
  decidedFen: Fen,
): Pick<Application, "amountFen" | "advanceFen"> =>
  isAdvance({ fastTrack })
    ? { amountFen, advanceFen: decidedFen }
    : { amountFen: decidedFen, advanceFen };

/** What is still to be paid of an award of `amountFen`; below zero when the advance was more than that. */
export const restFen = ({ advanceFen }: Pick<Application, "advanceFen">, amountFen: Fen): Fen =>
  subtractFen(amountFen, advanceFen ?? zeroFen);

/**
 * The tier after this one on an advance's way: from the base office straight to the duty approver (值班审批人) of the
 * office that decides small awards finally. Null at that office and above it.
 */
export const advanceTierAbove = (
  { line, tier }: Pick<Application, "line" | "tier">,
  limits: RouteLimits,
): Tier | null => {
  invariant(line !== null && tier !== null, "a case is decided on a line and at a tier");
  const ladder = limits.ladders[line];
  const duty = routeOf(line, zeroFen, limits).at(-1);
  invariant(duty, "a ladder has somebody who decides small awards");
  return ladder.indexOf(tier) < ladder.indexOf(duty) ? duty : null;
};

const minutesAnHour = 60;

/**
 * When the base office must have decided an advance: after half of the hours. Hours of the wall clock, since a
 * disaster keeps no office hours, counted from the moment the form came.
 */
export const baseAdvanceEnds = (sentAt: Instant, { hoursMax }: FastTrackClock): Instant =>
  addMinutes(sentAt, (hoursMax * minutesAnHour) / 2);

/** When the duty approver must have decided: the other half, counted from the base office's limit. */
export const dutyAdvanceEnds = (
  baseEnds: Instant | null,
  now: Instant,
  { hoursMax }: FastTrackClock,
): Instant =>
  addMinutes(baseEnds !== null && baseEnds > now ? baseEnds : now, (hoursMax * minutesAnHour) / 2);

/** How long somebody has who is asked because a limit was missed: a quarter of the hours. */
export const lateAdvanceEnds = (now: Instant, { hoursMax }: FastTrackClock): Instant =>
  addMinutes(now, (hoursMax * minutesAnHour) / 4);

/** Whole minutes from the form to an instant: what is measured of the fast track. */
export const minutesFromForm = (
  { submittedAt }: Pick<Application, "submittedAt">,
  at: Instant,
): number => {
  invariant(submittedAt, "a case on the fast track was sent");
  return Math.max(0, Math.round((msOfInstant(at) - msOfInstant(submittedAt)) / 60_000));
};

/**
 * Whether an assessment puts a case on the fast track: the first one, or one after the applicant corrected the form
 * before the advance was decided. A case that an approver returned goes the ordinary way.
 */
export const goesAhead = (
  application: Pick<Application, "fastTrack" | "tier" | "round">,
  assessment: Pick<Assessment, "recommendation" | "advanceFen">,
): boolean =>
  (isAdvance(application) || (application.tier === null && application.round === 1)) &&
  !isFollowUp(application) &&
  assessment.recommendation === "approve" &&
  assessment.advanceFen > 0;

/** What leaves the fast track before an advance is paid: the ordinary way begins, with approvals of its own. */
export const offTrack = ({
  round,
}: Pick<Application, "round">): Pick<
  Application,
  "fastTrack" | "advanceFen" | "tier" | "round" | "decidedBy" | "coApprovedBy"
> => ({
  fastTrack: null,
  advanceFen: null,
  tier: null,
  round: round + 1,
  decidedBy: {},
  coApprovedBy: [],
});

/**
 * Funds for the rest of an award: the one that carried the advance, because one award is one fund's (policy 8.1
 * `fund.split`). Only when that one can't carry the whole award any more, those that can.
 */
export const fundsForRest = (
  { fastTrack, fundOrder }: Pick<Application, "fastTrack" | "fundOrder">,
  assessed: readonly FundCode[],
): readonly FundCode[] => {
  if (fastTrack !== "follow_up") return assessed;
  const same = fundOrder.filter((code) => assessed.includes(code));
  return same.length > 0 ? same : assessed;
};

/**
 * The papers of which something is asked for with the form of a programme with a fast track. None of them is
 * required then: whoever has lost everything sends a photo, or nothing.
 */
export const papersAtOnce = (
  requirements: readonly PaperRequirement[],
  { papersAtOnce: kinds }: Pick<FastTrackClock, "papersAtOnce">,
): readonly PaperRequirement[] =>
  requirements
    .filter(({ kind }) => kinds.includes(kind))
    .map((paper) => ({ ...paper, required: false }));

/** The papers that are asked for with the form: all of them but on a fast track. */
export const papersToSend = (
  programme: Pick<EveryProgramme, "papers" | "fastTrack">,
  facts: Parameters<EveryProgramme["papers"]>[0],
  day: PolicyDay,
): readonly PaperRequirement[] => {
  const requirements = programme.papers(facts, day);
  const clock = programme.fastTrack?.(day);
  return clock ? papersAtOnce(requirements, clock) : requirements;
};

/** Middle and longest of the measured times, in minutes; null without any. */
export const timesOf = (
  minutes: readonly number[],
): { readonly count: number; readonly median: number; readonly worst: number } | null => {
  if (minutes.length === 0) return null;
  const sorted = minutes.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return {
    count: sorted.length,
    median: Math.round((lower + upper) / 2),
    worst: sorted.at(-1) ?? 0,
  };
};
