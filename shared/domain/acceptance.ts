/**
 * The acceptance check (受理): a handler looks whether everything is there, accepts the application or returns it
 * once with the list of all that is missing (policy 4.1, 8.6; handler ≠ approver: 4.4). Pure.
 */
import { deadlineAfter, type Instant } from "../kernel/calendar.ts";
import type { StaffId, UnitId } from "../kernel/ids.ts";
import type { Application, CaseEvent, Status } from "./application.ts";
import { isOwnCase, mayHandle } from "./approver.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type StepRefused, type StepTaken } from "./lifecycle.ts";
import { waitBegan } from "./supplement.ts";
import { unitOf, type Organisation, type Staff, type Unit } from "./organisation.ts";

/** Where a handler acts before the first approver is asked. */
export const handlingStatuses = ["in_acceptance", "in_verification"] as const;
export type HandlingStatus = (typeof handlingStatuses)[number];

export const isHandled = (status: Status): status is HandlingStatus =>
  handlingStatuses.some((handled) => handled === status);

/** The case's bar to deciding it, with these people added, each once. */
export const excluding = (
  { excluded }: Pick<Application, "excluded">,
  ids: readonly StaffId[],
): readonly StaffId[] => [...new Set([...excluded, ...ids])];

/** An office and all above it, lowest first. */
export const branchAbove = (organisation: Organisation, unitId: UnitId): readonly Unit[] => {
  const branch: Unit[] = [];
  let unit = unitOf(organisation, unitId);
  while (unit && !branch.includes(unit)) {
    branch.push(unit);
    unit = unit.parentId === null ? undefined : unitOf(organisation, unit.parentId);
  }
  return branch;
};

/** Active handlers of an office. */
export const handlersOf = ({ staff }: Organisation, unitId: UnitId): readonly Staff[] =>
  staff.filter(
    (person) => person.active && person.unitId === unitId && person.roles.includes("handler"),
  );

/** The office whose handlers see to a case of this base office: its own, or the nearest above that has any. */
export const handlingUnitOf = (organisation: Organisation, unitId: UnitId): Unit | undefined =>
  branchAbove(organisation, unitId).find(({ id }) => handlersOf(organisation, id).length > 0);

/** Why somebody may not handle a case. Of another branch's case not even its being there is told. */
export type HandlingRefusal = "not_your_branch" | "own_case" | "decided_it";

/** Whether a handler may see to a case: one of the own office or of those below it, and nobody's own (4.4). */
export const handlingRefusal = (
  organisation: Organisation,
  application: Application,
  staff: Staff,
): HandlingRefusal | null => {
  const branch = application.unitId === null ? [] : branchAbove(organisation, application.unitId);
  const isInBranch = branch.some(({ id }) => id === staff.unitId);
  if (!staff.active || !staff.roles.includes("handler") || !isInBranch) return "not_your_branch";
  if (isOwnCase(application, staff)) return "own_case";
  return mayHandle(application, staff) ? null : "decided_it";
};

type Told = Pick<CaseEvent, "type" | "detail">;

/**
 * Whether a home visit stands: one was made, and neither address nor household changed since. It then needn't be
 * made again, whatever else the applicant corrected.
 */
export const visitStands = (events: readonly Told[]): boolean => {
  const visited = events.findLastIndex(({ type }) => type === "visited");
  const voided = events.findLastIndex(({ detail }) => detail["visitAgain"] === true);
  return visited > voided;
};

/** Who handles a case, when, and by which policy. */
export interface Handling {
  readonly staffId: StaffId;
  readonly now: Instant;
  readonly policy: CommonPolicy;
}

/** Accepts. Next is the home visit, unless one stands or the rules refuse: then the base office decides. */
export const accept = (
  application: Application,
  { staffId, now, policy }: Handling,
  events: readonly Told[],
): StepTaken | StepRefused => {
  const needsVisit = application.recommendation === "approve" && !visitStands(events);
  return takeStep(
    application,
    needsVisit ? "in_verification" : "in_approval",
    {
      type: "accepted",
      at: now,
      actor: { kind: "staff", staffId },
      detail: { answersVersion: application.answersVersion, needsVisit },
    },
    {
      excluded: excluding(application, [staffId]),
      deadlineAt: deadlineAfter(now, policy.flowClock.visitAndInitialReview, policy.calendar),
    },
  );
};

/** What is missing, as the applicant is told it: once, and all of it (一次性告知). */
export interface MissingList {
  /** Kinds of papers of the programme's list. */
  readonly papers: readonly string[];
  /** The handler's own words. */
  readonly reason: string;
}

export type MissingListProblem = "reason_required" | "reason_too_long" | "paper_not_listed";

export const missingReasonMaxLength = 500;

/** What is wrong with a list as typed; `listed` are the kinds that the programme's paper list knows. */
export const missingListProblem = (
  { papers, reason }: MissingList,
  listed: readonly string[],
): MissingListProblem | null => {
  if (papers.some((kind) => !listed.includes(kind))) return "paper_not_listed";
  if (reason === "") return "reason_required";
  return reason.length > missingReasonMaxLength ? "reason_too_long" : null;
};

/** Returns a case with the list. The office's clock stops; `until` is the applicant's deadline. */
export const returnWithList = (
  application: Application,
  { staffId, now }: Pick<Handling, "staffId" | "now">,
  list: MissingList,
  until: Instant,
): StepTaken | StepRefused => {
  if (!isHandled(application.status)) return { kind: "refused", code: "not_in_this_state" };
  return takeStep(
    application,
    "needs_information",
    {
      type: "returned",
      at: now,
      actor: { kind: "staff", staffId },
      detail: { papers: list.papers.join(",") },
      confidential: { reason: list.reason },
    },
    { excluded: excluding(application, [staffId]), deadlineAt: until },
  );
};

/** Kinds of papers that an event of a return names. */
const papersIn = ({ detail }: Told): readonly string[] =>
  typeof detail["papers"] === "string" ? detail["papers"].split(",").filter(Boolean) : [];

/** The papers that the applicant is waited for; none when there are only words. */
export const askedPapers = (
  events: readonly Pick<CaseEvent, "from" | "to" | "detail" | "type">[],
): readonly string[] => {
  const began = waitBegan(events);
  return began ? papersIn(began) : [];
};
