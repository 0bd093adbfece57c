/**
 * The way of a case as its applicant sees it: what is behind, where it stands, what comes (件件有落实, policy 8.6).
 * Pure: read from the case and its events, so it says no more than what was recorded.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { Application, CaseEvent, EventType, Status } from "./application.ts";
import type { Tier } from "./organisation.ts";
import type { FinalNotice } from "./programme.ts";
import { routeOf, type RouteLimits } from "./route.ts";

export type MilestoneKind =
  | "submitted"
  /** On the fast track: the advance is decided, and paid, before the papers follow (policy 8.5 `er.advance`). */
  | "advance_decision"
  | "advance_payment"
  | "remaining_papers"
  | "acceptance"
  | "visit"
  | "decision"
  | "base_notice"
  | "final_notice"
  | "payment"
  | "later_notice";

export interface Milestone {
  readonly kind: MilestoneKind;
  /** Whose decision it is; null for everything else. */
  readonly tier: Tier | null;
  readonly state: "done" | "now" | "ahead";
  /** When it was done; for what is under way the limit; null where there is none to tell. */
  readonly at: Instant | null;
}

/** What of a programme shapes the way. */
export interface WayFrame {
  readonly grassRootsNotice: boolean;
  readonly finalNotice: FinalNotice;
  readonly route: RouteLimits;
}

type Stop = Pick<Milestone, "kind" | "tier">;

const stop = (kind: MilestoneKind, tier: Tier | null = null): Stop => ({ kind, tier });

const hadAdvance = ({ fastTrack }: Application, events: readonly CaseEvent[]): boolean =>
  fastTrack !== null || events.some(({ type }) => type === "advance_approved");

/** Every stop of the straight way, in order. */
const stopsOf = (
  application: Application,
  events: readonly CaseEvent[],
  { grassRootsNotice, finalNotice, route }: WayFrame,
): readonly Stop[] => {
  const { line, amountFen } = application;
  const tiers = line === null ? [] : routeOf(line, amountFen, route);
  const refused = application.recommendation === "refuse";
  const decisions = tiers.flatMap((tier, index) => [
    stop("decision", tier),
    ...(index === 0 && tiers.length > 1 && grassRootsNotice && !refused
      ? [stop("base_notice")]
      : []),
  ]);
  return [
    stop("submitted"),
    ...(hadAdvance(application, events)
      ? [stop("advance_decision"), stop("advance_payment"), stop("remaining_papers")]
      : []),
    stop("acceptance"),
    ...(refused ? [] : [stop("visit")]),
    ...decisions,
    ...(refused
      ? []
      : [
          ...(finalNotice === "before_payment" ? [stop("final_notice")] : []),
          stop("payment"),
          ...(finalNotice === "after_payment" ? [stop("later_notice")] : []),
        ]),
  ];
};

const decisionEvents: readonly EventType[] = [
  "tier_approved",
  "approved",
  "approved_without_funds",
  "refusal_confirmed_at_tier",
  "refusal_confirmed",
  "rejected",
];

const doneBy: Readonly<
  Record<Exclude<MilestoneKind, "decision" | "base_notice" | "final_notice">, readonly EventType[]>
> = {
  submitted: ["submitted"],
  advance_decision: ["advance_approved"],
  advance_payment: ["advance_paid"],
  remaining_papers: ["information_given"],
  acceptance: ["accepted"],
  visit: ["visited"],
  payment: ["paid"],
  later_notice: ["closed"],
};

/** When a stop was last passed; null when it wasn't yet. */
const passedAt = (
  { kind, tier }: Stop,
  events: readonly CaseEvent[],
  base: Tier | undefined,
): Instant | null => {
  const last = (isIt: (event: CaseEvent) => boolean): Instant | null =>
    events.findLast(isIt)?.at ?? null;
  if (kind === "decision") {
    return last(({ type, detail }) => decisionEvents.includes(type) && detail["tier"] === tier);
  }
  if (kind === "base_notice" || kind === "final_notice") {
    // A notice of the base office leads to the next decision, the final one to the money.
    const leadsTo: Status = kind === "base_notice" ? "in_approval" : "reserved";
    const decided = last(
      ({ type, detail }) => decisionEvents.includes(type) && detail["tier"] === base,
    );
    const ended = last(({ type, to }) => type === "notice_ended" && to === leadsTo);
    return kind === "base_notice" && ended !== null && decided !== null && ended < decided
      ? null
      : ended;
  }
  return last(({ type }) => doneBy[kind].includes(type));
};

/** Where a state stands on the way; null for an end, and for what waits outside of it. */
const standsAt = (application: Application, status: Status): Stop | null => {
  const { tier, fastTrack, fundId } = application;
  const isAdvance = fastTrack === "advance";
  switch (status) {
    case "submitted":
    case "in_acceptance":
      return stop("acceptance");
    case "in_verification":
      return stop("visit");
    case "in_approval":
      return isAdvance ? stop("advance_decision") : stop("decision", tier);
    case "public_notice":
    case "objection":
      return fundId === null ? stop("base_notice") : stop("final_notice");
    case "waiting_for_funds":
    case "reserved":
    case "batched":
    case "payment_failed":
      return isAdvance ? stop("advance_payment") : stop("payment");
    case "post_review":
      return stop("later_notice");
    default:
      return null;
  }
};

const isSame = (one: Stop, other: Stop | null): boolean =>
  other !== null && one.kind === other.kind && one.tier === other.tier;

/** What a case that waits for its applicant stands at: where it will go on. */
const nowOf = (application: Application, events: readonly CaseEvent[]): Stop | null => {
  if (application.status !== "needs_information") return standsAt(application, application.status);
  if (application.fastTrack === "follow_up") return stop("remaining_papers");
  const from = events.findLast(({ to }) => to === "needs_information")?.from;
  return from === undefined ? null : standsAt(application, from);
};

/**
 * The milestones of a case, first to last. A case that has ended otherwise than by payment shows what was done and
 * nothing ahead; its outcome says the rest.
 */
export const progressOf = (
  application: Application,
  events: readonly CaseEvent[],
  frame: WayFrame,
): readonly Milestone[] => {
  const stops = stopsOf(application, events, frame);
  const base = stops.find(({ kind }) => kind === "decision")?.tier ?? undefined;
  const now = nowOf(application, events);
  const place = stops.findIndex((one) => isSame(one, now));
  const limit = application.status === "needs_information" ? null : application.deadlineAt;
  return stops.flatMap((one, index): readonly Milestone[] => {
    if (index === place) return [{ ...one, state: "now", at: limit }];
    const at = passedAt(one, events, base);
    if (place >= 0) {
      return [index < place ? { ...one, state: "done", at } : { ...one, state: "ahead", at: null }];
    }
    return at === null ? [] : [{ ...one, state: "done", at }];
  });
};
