/**
 * Why a case came out as it did, for the person it is about (issue 3 item 5, peers row 78): which conditions were
 * met and missed, what was looked at, what the people who decided said. Pure; nothing in it names anybody.
 */
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type { Application, EventType, RecordedEvent, Status } from "./application.ts";
import { refusalOf } from "./appeal.ts";
import type { Assessment, RuleStep } from "./assessment.ts";
import type { Tier } from "./organisation.ts";

/** What came of a case, as its applicant is told. */
export type OutcomeKind =
  | "approved"
  /** Approved with less than the rules computed. */
  | "lowered"
  | "refused_by_rules"
  | "rejected"
  | "objection_upheld"
  | "appeal_dismissed"
  | "lapsed"
  | "withdrawn"
  | "recovery_due";

/** What somebody who decided wrote. */
export interface Said {
  readonly type: EventType;
  readonly at: Instant;
  readonly tier: Tier | null;
  readonly words: string;
}

export interface OutcomeReasons {
  readonly kind: OutcomeKind;
  /** When and at which tier it was decided; what happened by itself (a lapse) has no tier. */
  readonly decidedAt: Instant;
  readonly tier: Tier | null;
  /** Conditions of help, those that were missed first. */
  readonly conditions: readonly RuleStep[];
  /** How the amount came about. */
  readonly computed: readonly RuleStep[];
  /** What a person was to look into. */
  readonly lookedInto: readonly RuleStep[];
  readonly assessment: Assessment | null;
  readonly said: readonly Said[];
  /** The home visit, without what the visitors noted. */
  readonly visit: { readonly on: LocalDate; readonly confirmed: boolean } | null;
}

/** States in which the last decision has been for the applicant, whatever is still to come. */
const granted: readonly Status[] = [
  "waiting_for_funds",
  "public_notice",
  "objection",
  "reserved",
  "batched",
  "payment_failed",
  "paid",
  "post_review",
  "closed",
];

/** Before the last tier has decided, a notice of the base office stands for an award nobody has granted yet. */
const beforeTheEnd: readonly Status[] = ["public_notice", "objection"];

export const isGranted = ({ status, fundId }: Pick<Application, "status" | "fundId">): boolean =>
  granted.includes(status) && !(beforeTheEnd.includes(status) && fundId === null);

/** The last time anything was granted, refused or claimed back. */
const decisive: readonly EventType[] = ["approved", "approved_without_funds", "advance_approved"];

const lastOf = (
  events: readonly RecordedEvent[],
  types: readonly EventType[],
): RecordedEvent | null => events.findLast(({ type }) => types.includes(type)) ?? null;

const lastAssessment = (events: readonly RecordedEvent[]): Assessment | null =>
  lastOf(events, ["assessed"])?.confidential?.assessment ?? null;

interface Decisive {
  readonly kind: OutcomeKind;
  readonly event: RecordedEvent;
}

const refused = (events: readonly RecordedEvent[]): Decisive | null => {
  const refusal = refusalOf(events);
  if (!refusal) return null;
  const dismissed = lastOf(events, ["appeal_dismissed"]);
  if (dismissed && dismissed.version > refusal.version) {
    return { kind: "appeal_dismissed", event: dismissed };
  }
  switch (refusal.type) {
    case "objection_upheld":
      return { kind: "objection_upheld", event: refusal };
    case "refusal_confirmed":
      return { kind: "refused_by_rules", event: refusal };
    default:
      return { kind: "rejected", event: refusal };
  }
};

const decisiveOf = (
  application: Application,
  events: readonly RecordedEvent[],
): Decisive | null => {
  const by = (kind: OutcomeKind, types: readonly EventType[]): Decisive | null => {
    const event = lastOf(events, types);
    return event && { kind, event };
  };
  switch (application.status) {
    case "ineligible":
    case "rejected":
    case "under_appeal":
      return refused(events);
    case "lapsed":
      return by("lapsed", ["lapsed", "reservation_released"]);
    case "withdrawn":
      return by("withdrawn", ["withdrawn"]);
    case "recovery_due":
      return by("recovery_due", ["recovery_claimed", "objection_upheld"]);
    default: {
      if (!isGranted(application)) return null;
      const claimedBack = by("recovery_due", ["recovery_claimed"]);
      if (application.status === "closed" && claimedBack) return claimedBack;
      const assessed = lastAssessment(events)?.amountFen ?? application.amountFen;
      return by(application.amountFen < assessed ? "lowered" : "approved", decisive);
    }
  }
};

/** Whose words belong to an outcome. Why somebody approved what the rules recommend is the office's own note. */
const speakers: Readonly<Record<OutcomeKind, readonly EventType[]>> = {
  approved: [],
  lowered: ["tier_approved", "approved", "approved_without_funds"],
  refused_by_rules: ["refusal_confirmed_at_tier", "refusal_confirmed"],
  rejected: ["rejected"],
  objection_upheld: ["objection_upheld"],
  appeal_dismissed: [
    "refusal_confirmed_at_tier",
    "refusal_confirmed",
    "rejected",
    "objection_upheld",
    "appeal_dismissed",
  ],
  lapsed: ["returned"],
  withdrawn: [],
  recovery_due: ["recovery_claimed", "objection_upheld"],
};

const tierOf = ({ detail }: RecordedEvent): Tier | null =>
  typeof detail["tier"] === "string" ? (detail["tier"] as Tier) : null;

/** What those people wrote since the case was last looked at anew, in the order they wrote it. */
const saidIn = (events: readonly RecordedEvent[], kind: OutcomeKind): readonly Said[] => {
  // What was written before the case was looked at anew belongs to an answer that doesn't stand any more.
  const since = lastOf(events, ["assessed", "appeal_upheld"])?.version ?? 0;
  return events.flatMap((event) => {
    const { type, at, version, confidential } = event;
    const words = confidential?.reason;
    return words && version > since && speakers[kind].includes(type)
      ? [{ type, at, tier: tierOf(event), words }]
      : [];
  });
};

const visitIn = (events: readonly RecordedEvent[]): OutcomeReasons["visit"] => {
  const visit = lastOf(events, ["visited"])?.confidential?.visit;
  return visit ? { on: visit.visitedOn, confirmed: visit.confirmed } : null;
};

/**
 * The reasons of what came of a case; null while nothing has been decided. Reasons are told with a decision and
 * not before: until then the rules have only recommended (PIPL 24).
 */
export const outcomeReasons = (
  application: Application,
  events: readonly RecordedEvent[],
): OutcomeReasons | null => {
  const found = decisiveOf(application, events);
  if (!found) return null;
  const assessment = lastAssessment(events);
  const steps = assessment?.steps ?? [];
  const of = (outcome: RuleStep["outcome"]): readonly RuleStep[] =>
    steps.filter((step) => step.outcome === outcome);
  const decidedAs = found.kind === "appeal_dismissed" ? refusalOf(events) : found.event;
  return {
    kind: found.kind,
    decidedAt: found.event.at,
    tier: tierOf(found.event) ?? (decidedAs && tierOf(decidedAs)),
    conditions: [...of("missed"), ...of("met")],
    computed: of("applied"),
    lookedInto: of("flagged"),
    assessment,
    said: saidIn(events, found.kind),
    visit: visitIn(events),
  };
};

/** Whether an outcome is one that a person may want to challenge or mend: it is told as a written notice. */
export const isAdverse = (kind: OutcomeKind): boolean =>
  kind !== "approved" && kind !== "withdrawn";
