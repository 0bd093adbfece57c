/** What must hold after every step, said again in the checks' own words: none of the domain's guards is asked. */
import type { Application, EventType, Status } from "#shared/domain/application.ts";
import { transitions, type Step } from "#shared/domain/lifecycle.ts";
import type { Organisation, Tier } from "#shared/domain/organisation.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { queueOf } from "#shared/adapters/dynamodb/keys.ts";
import { checkCaps, checkCaseMoney, checkClaims, checkFunds, must } from "./money-checks.ts";
import { policy, type City, type Kept } from "./world.ts";

const by = ({ event }: Step): StaffId | null =>
  event.actor.kind === "staff" ? event.actor.staffId : null;

/** Decisions on the case itself, by which a person takes part as a tier. */
const approvals: readonly EventType[] = [
  "co_approved",
  "tier_approved",
  "advance_approved",
  "approved",
  "approved_without_funds",
];
const refusals: readonly EventType[] = [
  "refusal_confirmed_at_tier",
  "refusal_confirmed",
  "rejected",
  "recovery_claimed",
];
const reviews: readonly EventType[] = [
  "objection_dismissed",
  "objection_upheld",
  "appeal_dismissed",
  "appeal_upheld",
];

const isDecision = ({ event, before }: Step): boolean =>
  event.actor.kind === "staff" &&
  before.status === "in_approval" &&
  [...approvals, ...refusals, "returned"].includes(event.type);

const isHandling = ({ event, before }: Step): boolean =>
  event.type === "accepted" ||
  event.type === "visited" ||
  (event.type === "returned" && before.status !== "in_approval");

/** Who handled or visited, by one step. */
const handlersIn = (step: Step): readonly StaffId[] => {
  const actor = by(step);
  if (!isHandling(step) || actor === null) return [];
  return [actor, ...(step.event.confidential?.visit?.staffIds ?? [])];
};

const isOfFamily = (
  { staff }: Organisation,
  { persons, enteredBy }: Application,
  id: StaffId,
): boolean => {
  const person = staff.find((one) => one.id === id);
  return (
    enteredBy === id ||
    [person?.identity, ...(person?.kin ?? [])].some((one) => one && persons.includes(one))
  );
};

/** The lifecycle: the table, the version, the trail, and no way out of an end but the known ones. */
const exits: Readonly<Partial<Record<Status, readonly EventType[]>>> = {
  closed: ["payment_returned", "recovery_proposed", "recovery_dropped", "recovery_claimed"],
  withdrawn: [],
  lapsed: [],
  paid: ["payment_returned", "recovery_proposed", "recovery_dropped", "recovery_claimed"],
  ineligible: ["appealed"],
  rejected: ["appealed"],
};

const checkLifecycle = (kept: Kept, { before, after, event }: Step): void => {
  const { from, to } = transitions[event.type];
  must(from.includes(before.status) && to.includes(after.status), "lifecycle: a move of the table");
  must(after.version === before.version + 1, "lifecycle: the version rises by one");
  must(
    kept.events.every(({ version }, index) => version === index + 1),
    "lifecycle: events are contiguous",
  );
  const last = kept.events.at(-1);
  must(last?.version === kept.application.version, "lifecycle: the last event is the case's");
  const known = exits[before.status];
  must(known === undefined || known.includes(event.type), "lifecycle: an end is left");
};

/** An agreement is void once the case was returned, or another person set the amount lower. */
const isVoid = (kept: Kept, { event }: Step): boolean =>
  event.type === "co_approved" &&
  kept.steps.some(
    ({ event: later }) =>
      later.version > event.version &&
      (later.type === "returned" ||
        Number(later.detail["amountFen"] ?? Infinity) < Number(event.detail["amountFen"])),
  );

/** Decisions that stand in the present round, before this step. */
const decidedBefore = (kept: Kept, step: Step): readonly Step[] =>
  kept.steps.filter(
    (one) =>
      one.event.version < step.event.version &&
      one.before.round === step.before.round &&
      isDecision(one) &&
      one.event.type !== "returned" &&
      !isVoid(kept, one),
  );

const checkDecider = (
  organisation: Organisation,
  kept: Kept,
  step: Step,
  decider: StaffId,
): void => {
  const { before } = step;
  const earlier = kept.steps.filter(({ event }) => event.version < step.event.version);
  must(!isOfFamily(organisation, before, decider), "duties: decided a case of their own");
  must(
    !earlier.some((one) => handlersIn(one).includes(decider)),
    "duties: decided a case they handled or visited",
  );
  must(
    !earlier.some((one) => one.event.type === "recused" && by(one) === decider),
    "duties: decided a case they stood aside from",
  );
  const otherTiers = decidedBefore(kept, step).filter((one) => one.before.tier !== before.tier);
  must(!otherTiers.some((one) => by(one) === decider), "duties: decided at two tiers of a round");
  must(!before.coApprovedBy.includes(decider), "duties: agreed twice");
};

const checkDuties = (organisation: Organisation, kept: Kept, step: Step): void => {
  const actor = by(step);
  const { after, before } = step;
  if (actor !== null && isDecision(step)) checkDecider(organisation, kept, step, actor);
  for (const handler of handlersIn(step)) {
    must(!isOfFamily(organisation, before, handler), "duties: handled a case of their own");
    const decided = decidedBefore(kept, step).some((one) => by(one) === handler);
    must(!decided, "duties: handled a case they decided");
  }
  if (actor !== null && reviews.includes(step.event.type)) {
    const touched = kept.steps.some(
      (one) =>
        one.event.version < step.event.version &&
        (by(one) === actor || handlersIn(one).includes(actor)),
    );
    must(!touched, "duties: reviewed a case they had touched");
    must(!isOfFamily(organisation, before, actor), "duties: reviewed a case of their own");
  }
  const agreed = after.coApprovedBy;
  must(new Set(agreed).size === agreed.length, "duties: somebody agreed twice");
  const deciders = Object.values(after.decidedBy);
  must(new Set(deciders).size === deciders.length, "duties: one person for two tiers");
};

/** People who agreed to this very amount in one unbroken turn of the tier, with this one. */
const agreeingTo = (kept: Kept, step: Step): number => {
  const amountFen = step.event.detail["amountFen"];
  const people = new Set([by(step)]);
  for (const one of kept.steps.slice(0, -1).toReversed()) {
    const { type } = one.event;
    if (type === "stand_in_asked" || type === "recused") continue;
    if (type !== "co_approved" || one.before.tier !== step.before.tier) break;
    if (one.event.detail["amountFen"] !== amountFen) break;
    people.add(by(one));
  }
  return people.size;
};

const passes: readonly EventType[] = ["tier_approved", "approved", "approved_without_funds"];

/** Enough people of the tier, the right tier for the amount, and none below it passed over in silence. */
const checkRoute = (kept: Kept, step: Step): void => {
  const { before, event, after } = step;
  const { tier, line } = before;
  if (!passes.includes(event.type) || tier === null || line === null) return;
  if (before.fastTrack === "advance") return;
  const { route } = policy;
  must(agreeingTo(kept, step) >= (route.approversNeeded[tier] ?? 1), "route: too few agreed");
  const isFinal = event.type !== "tier_approved";
  const { amountFen } = after;
  must(
    !isFinal || amountFen <= route.districtFinalMaxFen || tier === "city",
    "route: decided too low",
  );
  const needsMinutes = isFinal && tier === "city" && amountFen > route.collectiveAboveFen;
  must(!needsMinutes || after.minutesNumber !== null, "route: a meeting without minutes");
  const below = route.ladders[line].slice(0, route.ladders[line].indexOf(tier));
  const passedOver = (one: Tier): boolean =>
    kept.steps.some(
      ({ event: { type }, before: { tier: at } }) =>
        type === "escalated" && below.indexOf(at ?? tier) <= below.indexOf(one) && at !== null,
    );
  must(
    below.every((one) => before.decidedBy[one] !== undefined || passedOver(one)),
    "route: a tier was left out",
  );
};

const waits: readonly Status[] = [
  "in_acceptance",
  "in_verification",
  "in_approval",
  "needs_information",
  "public_notice",
  "objection",
  "under_appeal",
  "reserved",
  "batched",
  "payment_failed",
  "post_review",
];
const ended: readonly Status[] = [
  "paid",
  "closed",
  "ineligible",
  "rejected",
  "withdrawn",
  "lapsed",
];

/** A mended card waits for finance, which has a list of them and no deadline of the case's. */
const isWithFinance = ({ application, events }: Kept): boolean =>
  application.status === "payment_failed" && events.at(-1)?.type === "card_mended";

const checkWaits = (kept: Kept): void => {
  const { status, deadlineAt } = kept.application;
  const isTimed = waits.includes(status) && !isWithFinance(kept);
  must(!isTimed || deadlineAt !== null, `waits: no deadline in ${status}`);
  const known = deadlineAt !== null || queueOf(kept.application) !== null || ended.includes(status);
  must(known, `waits: ${status} stands nowhere`);
};

/** A step as it was written: of which case, who was who when it was prepared, and whether that was earlier. */
interface Written {
  readonly step: Step;
  readonly kept: Kept;
  readonly organisation: Organisation;
  readonly isLate: boolean;
}

/** @throws Broken with the rule that this step broke. */
export const checkAfter = (city: City, { step, kept, organisation, isLate }: Written): void => {
  checkLifecycle(kept, step);
  checkDuties(organisation, kept, step);
  checkRoute(kept, step);
  checkWaits(kept);
  checkCaseMoney(city, kept, step);
  checkFunds(city);
  checkCaps(city, step, isLate);
  checkClaims(city);
};
