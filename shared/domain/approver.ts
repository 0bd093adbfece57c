/** Who may decide a case at a tier: nobody twice, nobody their own (policy 4.4, design 7.1). */
import { msOfInstant, type Instant, type LocalDate } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import type { Application } from "./application.ts";
import { pinTriesMax, type Approval } from "./approval.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { unitAtTier, type Organisation, type Staff, type Tier } from "./organisation.ts";

/** Why somebody may not decide, in the order the page tells it. Each has a page of its own. */
export type DecisionRefusal =
  | "not_yours"
  | "already_decided"
  | "own_case"
  | "decided_at_another_tier"
  | "took_part"
  | "case_changed"
  | "expired"
  | "pin_not_set"
  | "pin_locked";

/** A case of the person's own, of the household, of a declared relative, or that the person entered (policy 4.4). */
export const isOwnCase = (
  application: Pick<Application, "enteredBy" | "persons">,
  staff: Pick<Staff, "id" | "identity" | "kin">,
): boolean =>
  application.enteredBy === staff.id ||
  (staff.identity !== null && application.persons.includes(staff.identity)) ||
  staff.kin.some((relative) => application.persons.includes(relative));

/** Whether this person has decided this case at another tier in the present round. */
const decidedElsewhere = (application: Application, staffId: StaffId, tier: Tier): boolean =>
  Object.entries(application.decidedBy).some(
    ([decidedTier, decider]) => decidedTier !== tier && decider === staffId,
  );

/** Whether this person accepted the case, visited, agreed to it already, or stood aside. */
const tookPart = ({ excluded, coApprovedBy }: Application, staffId: StaffId): boolean =>
  excluded.includes(staffId) || coApprovedBy.includes(staffId);

/**
 * Whether a person may accept a case or visit its household: handler, reviewer and approver are different
 * people, and none is of the family (policy 4.4).
 */
export const mayHandle = (application: Application, staff: Staff): boolean =>
  staff.active &&
  !isOwnCase(application, staff) &&
  !application.coApprovedBy.includes(staff.id) &&
  !Object.values(application.decidedBy).includes(staff.id);

/** Whether a person may be asked to decide a case at a tier, wherever they work. */
export const mayDecide = (application: Application, staff: Staff, tier: Tier): boolean =>
  staff.active &&
  staff.roles.includes("approver") &&
  !isOwnCase(application, staff) &&
  !tookPart(application, staff.id) &&
  !decidedElsewhere(application, staff.id, tier);

/** What stands behind a link. */
export interface Asked {
  readonly application: Application;
  readonly approval: Approval;
  /** The person it was sent to, as the directory has them now. */
  readonly staff: Staff | null;
  /** In whose stead the person was asked (`approval.insteadOf`). */
  readonly insteadOf: Staff | null;
}

/** Where a person's decision is waited for. */
const decidable: readonly Application["status"][] = ["in_approval", "objection", "under_appeal"];

/** An objection or appeal is answered by a person, whichever the office; a tier decides as an office. */
export const isOfOffice = ({ application, staff, insteadOf }: Asked): boolean =>
  application.status !== "in_approval" ||
  staff?.unitId === application.atUnitId ||
  (insteadOf !== null && insteadOf.unitId === application.atUnitId);

/** Whether the person behind a link may decide now, or the first reason why not. */
export const decisionRefusal = (asked: Asked, now: Instant): DecisionRefusal | null => {
  const { application, approval, staff } = asked;
  if (!staff?.active || staff.id !== approval.approverId || !staff.roles.includes("approver")) {
    return "not_yours";
  }
  if (approval.decidedAt !== null) return "already_decided";
  if (isOwnCase(application, staff)) return "own_case";
  if (decidedElsewhere(application, staff.id, approval.tier)) return "decided_at_another_tier";
  if (tookPart(application, staff.id)) return "took_part";
  if (
    !decidable.includes(application.status) ||
    application.tier !== approval.tier ||
    application.round !== approval.round ||
    application.version !== approval.caseVersion
  ) {
    return "case_changed";
  }
  // Moved to another office: whoever decides there now is asked.
  if (!isOfOffice(asked)) return "not_yours";
  if (msOfInstant(approval.expiresAt) <= msOfInstant(now)) return "expired";
  if (staff.pinHash === null) return "pin_not_set";
  if (staff.pinTries >= pinTriesMax || approval.pinTries >= pinTriesMax) return "pin_locked";
  return null;
};

const byId = (a: Staff, b: Staff): number => (a.id < b.id ? -1 : 1);

/** The people who may be asked at a tier, in a fixed order: nobody of the case, nobody who decided it before. */
export const eligibleApprovers = (
  organisation: Organisation,
  application: Application,
  tier: Tier,
): readonly Staff[] => {
  const unit = application.unitId && unitAtTier(organisation, application.unitId, tier);
  if (!unit) return [];
  return organisation.staff
    .filter((staff) => staff.unitId === unit.id && mayDecide(application, staff, tier))
    .toSorted(byId);
};

/** Whether a person is away on a day; both days of an absence count. */
export const isAbsent = ({ absence }: Pick<Staff, "absence">, on: LocalDate): boolean =>
  absence !== null && absence.from <= on && on <= absence.to;

/** Somebody to ask, and in whose stead. */
export interface Choice {
  readonly staff: Staff;
  readonly insteadOf: StaffId | null;
}

/** Among whom somebody is chosen. */
export interface Choosing {
  readonly organisation: Organisation;
  readonly application: Application;
  /** In the order in which they are asked. */
  readonly candidates: readonly Staff[];
  /** Whether somebody who is no candidate may stand in for one. */
  readonly mayStandIn: (staff: Staff) => boolean;
  readonly today: LocalDate;
  /** Whom not to ask this time: they were silent, or are being replaced. */
  readonly avoid: readonly StaffId[];
}

const standInOf = (
  { organisation, application, mayStandIn, today, avoid }: Choosing,
  { absence }: Staff,
): Staff | null => {
  if (absence === null || absence.standInId === null) return null;
  if (absence.standInMaxFen !== null && application.amountFen > absence.standInMaxFen) return null;
  const standIn = organisation.staff.find(({ id }) => id === absence.standInId);
  return standIn && mayStandIn(standIn) && !isAbsent(standIn, today) && !avoid.includes(standIn.id)
    ? standIn
    : null;
};

/**
 * The first candidate who is there today, or the stand-in of one who is away, within that stand-in's limit.
 * @returns null when nobody is.
 */
export const firstPresent = (choosing: Choosing): Choice | null => {
  for (const staff of choosing.candidates) {
    if (!isAbsent(staff, choosing.today)) {
      if (!choosing.avoid.includes(staff.id)) return { staff, insteadOf: null };
      continue;
    }
    const standIn = standInOf(choosing, staff);
    if (standIn) return { staff: standIn, insteadOf: staff.id };
  }
  return null;
};

/** Whom a tier asks today. @returns null when nobody is there who may decide. */
export const whomToAsk = (
  organisation: Organisation,
  application: Application,
  tier: Tier,
  given: Pick<Choosing, "today" | "avoid">,
): Choice | null =>
  firstPresent({
    ...given,
    organisation,
    application,
    candidates: eligibleApprovers(organisation, application, tier),
    mayStandIn: (staff) => mayDecide(application, staff, tier),
  });

/** Working days a tier has (policy 8.6): the base offices also check, visit and review. */
export const decisionWorkingDays = (tier: Tier, { flowClock }: CommonPolicy): number => {
  switch (tier) {
    case "station":
    case "grass_roots":
      return flowClock.acceptance + flowClock.visitAndInitialReview;
    case "bureau":
      return flowClock.review;
    case "district":
    case "industrial":
      return flowClock.districtDecision;
    case "city":
      return flowClock.cityDecision;
  }
};
