/** Who may decide a case at a tier: nobody twice, nobody their own (policy 4.4, design 7.1). */
import { msOfInstant, type Instant } from "../kernel/calendar.ts";
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
  | "case_changed"
  | "expired"
  | "pin_not_set"
  | "pin_locked";

/** A case of the person's own, of the household, or that the person entered (policy 4.4). */
const isOwnCase = (application: Application, staff: Staff): boolean =>
  application.enteredBy === staff.id ||
  (staff.identity !== null && application.persons.includes(staff.identity));

/** Whether this person has decided this case at another tier in the present round. */
const decidedElsewhere = (application: Application, staffId: StaffId, tier: Tier): boolean =>
  Object.entries(application.decidedBy).some(
    ([decidedTier, decider]) => decidedTier !== tier && decider === staffId,
  );

/** Whether the person behind a link may decide now, or the first reason why not. */
export const decisionRefusal = (
  application: Application,
  approval: Approval,
  staff: Staff | null,
  now: Instant,
): DecisionRefusal | null => {
  if (!staff?.active || staff.id !== approval.approverId || !staff.roles.includes("approver")) {
    return "not_yours";
  }
  if (approval.decidedAt !== null) return "already_decided";
  if (isOwnCase(application, staff)) return "own_case";
  if (decidedElsewhere(application, staff.id, approval.tier)) return "decided_at_another_tier";
  if (
    application.status !== "in_approval" ||
    application.tier !== approval.tier ||
    application.round !== approval.round ||
    application.version !== approval.caseVersion
  ) {
    return "case_changed";
  }
  if (msOfInstant(approval.expiresAt) <= msOfInstant(now)) return "expired";
  if (staff.pinHash === null) return "pin_not_set";
  if (staff.pinTries >= pinTriesMax || approval.pinTries >= pinTriesMax) return "pin_locked";
  return null;
};

/** The people who may be asked at a tier, in a fixed order: nobody of the case, nobody who decided it before. */
export const eligibleApprovers = (
  organisation: Organisation,
  application: Application,
  tier: Tier,
): readonly Staff[] => {
  const unit = application.unitId && unitAtTier(organisation, application.unitId, tier);
  if (!unit) return [];
  return organisation.staff
    .filter(
      (staff) =>
        staff.active &&
        staff.unitId === unit.id &&
        staff.roles.includes("approver") &&
        !isOwnCase(application, staff) &&
        !decidedElsewhere(application, staff.id, tier),
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

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
