/** The home visit (入户核实): two people at least, one of the union's staff, and a signed form (policy 4.1, 8.1). */
import { deadlineAfter, localDateOf, type Instant, type LocalDate } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import { excluding, type Handling } from "./acceptance.ts";
import type { Application, CaseEvent, Visit } from "./application.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { takeStep, type StepRefused, type StepTaken } from "./lifecycle.ts";
import type { Text } from "../kernel/text.ts";

/** The papers of a visit, beside the applicant's own: kinds of their own. */
export const visitPapers = [
  {
    kind: "visit_form",
    title: { zh: "入户核实表（双方签字）", en: "Visit form, signed by both sides" },
    required: true,
  },
  {
    kind: "visit_photo",
    title: { zh: "入户照片", en: "Photos of the visit" },
    required: false,
  },
] as const satisfies readonly { kind: string; title: Text; required: boolean }[];

/** A visit as it was filled in; what can't be read is null. */
export interface TypedVisit {
  readonly visitedOn: LocalDate | null;
  readonly staffIds: readonly StaffId[];
  readonly others: readonly string[];
  readonly metWith: string;
  readonly findings: string;
  readonly confirmed: boolean | null;
  /** How many usable papers of the visit there are. */
  readonly papers: number;
}

export type VisitProblem =
  | "day_required"
  | "day_in_future"
  | "day_too_early"
  | "visitors_too_few"
  | "staff_visitor_required"
  | "visitor_not_offered"
  | "visitor_name_too_long"
  | "met_with_required"
  | "met_with_too_long"
  | "findings_required"
  | "findings_too_long"
  | "confirmed_required"
  | "paper_required"
  | "paper_converting"
  | "paper_unusable";

export const findingsMaxLength = 1_000;
export const visitorNameMaxLength = 30;
const metWithMaxLength = 60;

/** What a visit is measured by. */
export interface VisitLimits {
  readonly now: Instant;
  /** The day the case was accepted; on the fast track, the day it was sent. */
  readonly notBefore: LocalDate;
  readonly visitorsMin: number;
  /** Staff who may have visited: nobody of the case. */
  readonly offered: readonly StaffId[];
}

const dayProblem = (day: LocalDate | null, limits: VisitLimits): VisitProblem | null => {
  if (day === null) return "day_required";
  if (day > localDateOf(limits.now)) return "day_in_future";
  return day < limits.notBefore ? "day_too_early" : null;
};

const visitorsProblem = (
  { staffIds, others }: TypedVisit,
  { visitorsMin, offered }: VisitLimits,
): VisitProblem | null => {
  if (staffIds.some((id) => !offered.includes(id))) return "visitor_not_offered";
  if (others.some((name) => name.length > visitorNameMaxLength)) return "visitor_name_too_long";
  if (staffIds.length === 0) return "staff_visitor_required";
  const visitors = new Set(staffIds).size + new Set(others).size;
  return visitors < visitorsMin ? "visitors_too_few" : null;
};

const textProblem = <Problem extends VisitProblem>(
  text: string,
  maxLength: number,
  problems: { readonly missing: Problem; readonly long: Problem },
): Problem | null => {
  if (text === "") return problems.missing;
  return text.length > maxLength ? problems.long : null;
};

/** All that is wrong with a visit as filled in, in the order of the form. */
export const visitProblems = (typed: TypedVisit, limits: VisitLimits): readonly VisitProblem[] =>
  [
    typed.papers === 0 ? ("paper_required" as const) : null,
    dayProblem(typed.visitedOn, limits),
    visitorsProblem(typed, limits),
    textProblem(typed.metWith, metWithMaxLength, {
      missing: "met_with_required",
      long: "met_with_too_long",
    }),
    textProblem(typed.findings, findingsMaxLength, {
      missing: "findings_required",
      long: "findings_too_long",
    }),
    typed.confirmed === null ? ("confirmed_required" as const) : null,
  ].filter((problem) => problem !== null);

/** Whether a visit may be recorded now: after acceptance, or on the fast track while papers are awaited. */
export const mayVisit = ({ status, fastTrack }: Application): boolean =>
  status === "in_verification" || (status === "needs_information" && fastTrack === "follow_up");

/** The day before which no visit counts. */
export const visitNotBefore = (
  application: Application,
  events: readonly Pick<CaseEvent, "type" | "at">[],
): LocalDate => {
  const accepted = events.findLast(({ type }) => type === "accepted");
  return localDateOf(accepted?.at ?? application.submittedAt ?? application.createdAt);
};

/** The initial review has what is left of its common limit with the visit (8.6), and never less than a stand-in. */
const reviewEnds = ({ deadlineAt }: Application, now: Instant, policy: CommonPolicy): Instant => {
  const atLeast = deadlineAfter(now, policy.flowClock.standIn, policy.calendar);
  return deadlineAt !== null && deadlineAt > atLeast ? deadlineAt : atLeast;
};

/**
 * Records a visit. The case goes before the base office, also when the visit does not bear it out: its approver
 * sees that first. On the fast track it goes on waiting for its papers.
 */
export const recordVisit = (
  application: Application,
  visit: Visit,
  { staffId, now, policy }: Handling,
): StepTaken | StepRefused => {
  if (!mayVisit(application)) return { kind: "refused", code: "not_in_this_state" };
  const waits = application.status === "needs_information";
  return takeStep(
    application,
    waits ? "needs_information" : "in_approval",
    {
      type: "visited",
      at: now,
      actor: { kind: "staff", staffId },
      detail: {
        visitedOn: visit.visitedOn,
        confirmed: visit.confirmed,
        visitors: visit.staffIds.length + visit.others.length,
        papers: visit.paperNumbers.length,
      },
      confidential: { visit },
    },
    {
      excluded: excluding(application, [staffId, ...visit.staffIds]),
      ...(waits ? {} : { deadlineAt: reviewEnds(application, now, policy) }),
    },
  );
};
