/**
 * Who doesn't decide: silence past the limit, and standing aside (policy 4.4, 8.6). After a missed limit somebody
 * else of the tier is asked, then the tier above; nobody's silence stops a case. Pure.
 */
import { invariant } from "../kernel/assert.ts";
import {
  addMinutes,
  deadlineAfter,
  localDateOf,
  workingDaysBetween,
  type Instant,
} from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Application, CaseEvent } from "./application.ts";
import type { Approval } from "./approval.ts";
import { whomToAsk, type Choice } from "./approver.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { beforeTier, staffActor } from "./decision.ts";
import { advanceTierAbove, isAdvance, lateAdvanceEnds } from "./fast-track.ts";
import { takeStep, type Step, type StepRefused, type StepTaken } from "./lifecycle.ts";
import type { Organisation, Tier } from "./organisation.ts";
import type { FastTrackClock } from "./programme.ts";
import { whoReviews } from "./review.ts";

/** What is looked at when a case's limit is over. */
export interface Silence {
  readonly application: Application;
  /** The record of the case's present turn; null where nobody could be asked. */
  readonly approval: Approval | null;
  readonly events: readonly CaseEvent[];
  readonly organisation: Organisation;
  readonly policy: CommonPolicy;
  /** The fast track's limits, where the programme has one. */
  readonly advanceClock: FastTrackClock | null;
  readonly now: Instant;
}

/** How long somebody has who is asked because a limit was missed. */
export const standInEnds = (
  application: Pick<Application, "fastTrack">,
  now: Instant,
  { flowClock, calendar }: CommonPolicy,
  advanceClock: FastTrackClock | null,
): Instant =>
  advanceClock && isAdvance(application)
    ? lateAdvanceEnds(now, advanceClock)
    : deadlineAfter(now, flowClock.standIn, calendar);

/** What a missed limit leads to. */
export type Missed =
  /** The limit isn't over, or whoever was asked still has time. */
  | { readonly kind: "not_yet" }
  /** `last`: there is no tier above, so administrators hear of it too. */
  | { readonly kind: "stand_in"; readonly step: Step; readonly last: boolean }
  | { readonly kind: "escalated"; readonly step: Step }
  /** Nobody of this tier or above may decide: only an administrator can help. */
  | { readonly kind: "nobody" };

const actor = { kind: "system", task: "close-overdue" } as const;

/** The events of a case's present turn: since it came before its tier, or its present seat. */
const turnOf = (events: readonly CaseEvent[]): readonly CaseEvent[] => {
  const begun = events.findLastIndex(({ type }) => type !== "stand_in_asked" && type !== "recused");
  return events.slice(begun + 1);
};

/** The person whom the case's last event asks in another's stead, because that one was silent. */
export const standInNow = (
  events: readonly CaseEvent[],
): { readonly standInId: StaffId; readonly silentId: StaffId | null } | null => {
  const last = events.at(-1);
  if (last?.type !== "stand_in_asked") return null;
  const { standInId, silentId } = last.detail;
  invariant(typeof standInId === "string", "an event of standing in names who was asked");
  return {
    standInId: standInId as StaffId,
    silentId: typeof silentId === "string" ? (silentId as StaffId) : null,
  };
};

/** Who was asked about the case as it stands and gave no answer. */
const silentNow = (application: Application, approval: Approval | null): StaffId | null =>
  approval?.caseVersion === application.version && approval.decidedAt === null
    ? approval.approverId
    : null;

type Choose = (avoid: readonly StaffId[]) => Choice | null;

const chooserOf = ({ application, events, organisation, policy, now }: Silence): Choose => {
  const today = localDateOf(now);
  const { tier, status } = application;
  invariant(tier !== null, "a case that waits for a decision has a tier");
  return (avoid) =>
    status === "in_approval"
      ? whomToAsk(organisation, application, tier, { today, avoid })
      : whoReviews({ application, events, organisation, policy, today, avoid });
};

const standIn = (silence: Silence, choice: Choice, last: boolean): Missed => {
  const { application, approval, policy, now } = silence;
  const taken = takeStep(
    application,
    application.status,
    {
      type: "stand_in_asked",
      at: now,
      actor,
      detail: {
        tier: application.tier,
        silentId: silentNow(application, approval),
        standInId: choice.staff.id,
      },
    },
    { deadlineAt: standInEnds(application, now, policy, silence.advanceClock) },
  );
  invariant(taken.kind === "step", "whatever waits for a decision may wait for a stand-in's");
  return { kind: "stand_in", step: taken.step, last };
};

/**
 * The tiers above a case's own on its ladder, lowest first; the amount doesn't matter to who helps out. An advance
 * passes over the tiers that have no part in it.
 */
const tiersAbove = (application: Application, { route }: CommonPolicy): readonly Tier[] => {
  const { line, tier } = application;
  invariant(line !== null && tier !== null, "a case is decided on a line and at a tier");
  const ladder = route.ladders[line];
  const duty = isAdvance(application) ? advanceTierAbove(application, route) : null;
  return ladder.slice(duty ? ladder.indexOf(duty) : ladder.indexOf(tier) + 1);
};

/**
 * Passes a case to the next tier above that has somebody to ask: this tier's turn is over without a decision.
 * @returns null at the head of the ladder, or when nobody above may decide it.
 */
export const escalate = (silence: Omit<Silence, "events">): Step | null => {
  const { application, approval, organisation, policy, advanceClock, now } = silence;
  if (application.status !== "in_approval") return null;
  const { coApprovedBy } = application;
  // Who agreed at the silent tier did decide something: they are kept out of the tiers above.
  const passedOn = {
    ...application,
    coApprovedBy: [],
    excluded: [...application.excluded, ...coApprovedBy],
  };
  const today = localDateOf(now);
  const above = tiersAbove(application, policy).find(
    (tier) => whomToAsk(organisation, passedOn, tier, { today, avoid: [] }) !== null,
  );
  if (!above) return null;
  const taken = takeStep(
    application,
    "in_approval",
    {
      type: "escalated",
      at: now,
      actor,
      detail: { tier: application.tier, to: above, silentId: silentNow(application, approval) },
    },
    {
      coApprovedBy: passedOn.coApprovedBy,
      excluded: passedOn.excluded,
      ...beforeTier(application, above, silence),
      ...(isAdvance(application)
        ? { deadlineAt: standInEnds(application, now, policy, advanceClock) }
        : {}),
    },
  );
  return taken.kind === "step" ? taken.step : null;
};

const isAnswerable = ({ application, approval, now }: Silence): boolean =>
  approval !== null &&
  approval.decidedAt === null &&
  approval.caseVersion === application.version &&
  approval.expiresAt > now;

/**
 * What follows from a missed limit: first somebody else of the same tier, once; then the tier above. At the head
 * of the ladder, and for an objection or appeal, others are asked in turn until somebody answers.
 */
export const missed = (silence: Silence): Missed => {
  const { application, approval, now } = silence;
  if (application.deadlineAt === null || application.deadlineAt > now) return { kind: "not_yet" };
  if (isAnswerable(silence)) return { kind: "not_yet" };
  const turn = turnOf(silence.events);
  const before = turn
    .filter(({ type }) => type === "stand_in_asked")
    .map(({ detail }) => detail["silentId"] as StaffId | null);
  const last = silentNow(application, approval);
  const silent = [...before, last].filter((id) => id !== null);
  const choose = chooserOf(silence);
  const another = choose(silent);
  if (another && before.length === 0) return standIn(silence, another, false);
  const step = escalate(silence);
  if (step) return { kind: "escalated", step };
  // In turn: whoever was not asked yet, else anybody but the last, else the last once more.
  const next = another ?? choose(last === null ? [] : [last]) ?? choose([]);
  return next ? standIn(silence, next, true) : { kind: "nobody" };
};

/**
 * Somebody who was asked stands aside (回避): they take no further part, and somebody else of the tier is asked,
 * who has at least a stand-in's time.
 */
export const recuse = (
  application: Application,
  given: {
    readonly staffId: StaffId;
    readonly reason: string;
    readonly now: Instant;
    readonly policy: CommonPolicy;
    readonly advanceClock: FastTrackClock | null;
  },
): StepTaken | StepRefused => {
  const { now, policy, staffId, reason } = given;
  const atLeast = standInEnds(application, now, policy, given.advanceClock);
  const { deadlineAt } = application;
  return takeStep(
    application,
    application.status,
    {
      type: "recused",
      at: now,
      actor: staffActor(staffId),
      detail: { tier: application.tier },
      confidential: { reason },
    },
    {
      excluded: [...application.excluded, staffId],
      deadlineAt: deadlineAt !== null && deadlineAt > atLeast ? deadlineAt : atLeast,
    },
  );
};

/**
 * Whether the reminder is due: the limit's last day is at most `reminderBefore` working days off, nobody was
 * reminded, and the mail with the link isn't of today.
 */
export const reminderDue = (
  approval: Pick<Approval, "expiresAt" | "remindedAt" | "requestedAt" | "decidedAt" | "mailedAt">,
  now: Instant,
  { flowClock, calendar }: CommonPolicy,
): boolean => {
  const { expiresAt, remindedAt, requestedAt, decidedAt, mailedAt } = approval;
  if (decidedAt !== null || remindedAt !== null || mailedAt === null || expiresAt <= now) {
    return false;
  }
  if (localDateOf(requestedAt) === localDateOf(now)) return false;
  // A limit ends with its last day, that is at the first instant of the next: a day that doesn't count.
  return workingDaysBetween(now, addMinutes(expiresAt, -1), calendar) <= flowClock.reminderBefore;
};
