/** What handlers try at the desk, and approvers and reviewers by their links. */
import { accept, handlingRefusal, returnWithList } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import { type Approval, type Decision } from "#shared/domain/approval.ts";
import { decisionRefusal, mayHandle } from "#shared/domain/approver.ts";
import { decide, type DecisionContext } from "#shared/domain/decision.ts";
import { decisionProblem, offeredDecisions } from "#shared/domain/decision-problem.ts";
import { underDecisionFen } from "#shared/domain/fast-track.ts";
import { outcomes } from "#shared/domain/lifecycle.ts";
import { approveFrom, approveWithoutFunds } from "#shared/domain/reservation.ts";
import { decideReview, isReviewed } from "#shared/domain/review.ts";
import { recuse } from "#shared/domain/silence.ts";
import { supplementEnds } from "#shared/domain/supplement.ts";
import { mayVisit, recordVisit, visitNotBefore, visitProblems } from "#shared/domain/visit.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import {
  accountLimitsOf,
  applicantOf,
  caseAttempt,
  claimsHeldBy,
  firstWithMoney,
  fundsFor,
  oneOf,
  someone,
  type Attempt,
  type Command,
  type Drawn,
} from "./attempts.ts";
import { openedLink, staffWith } from "./links.ts";
import { identityOf, policy, type City, type Kept } from "./world.ts";

type Desk = ReturnType<typeof handlingOf>;

const handlingOf = (city: City, staffId: StaffId) => ({ staffId, now: city.now, policy });

/** Somebody at the desk who may handle the case; one time in four anybody, whom the desk sends away. */
const atDesk = (city: City, { application }: Kept, { who }: Drawn): Desk | null => {
  const may = (person: Staff): boolean =>
    handlingRefusal(city.organisation, application, person) === null;
  const { staff } = city.organisation;
  const person = oneOf(who % 4 === 0 ? staff : staff.filter(may), Math.trunc(who / 4));
  const isLet = person && (may(person) || city.without.has("handling"));
  return isLet ? handlingOf(city, person.id) : null;
};

export const acceptCase: Command = (city, kept, drawn) => {
  const handling = atDesk(city, kept, drawn);
  const taken = handling && accept(kept.application, handling, kept.events);
  return taken?.kind === "step" ? caseAttempt({ step: taken.step }) : null;
};

export const returnCase: Command = (city, kept, drawn) => {
  const handling = atDesk(city, kept, drawn);
  const list = { papers: ["id_cards"], reason: "missing" };
  const until = supplementEnds(city.now, policy, null);
  const taken = handling && returnWithList(kept.application, handling, list, until);
  return taken?.kind === "step" ? caseAttempt({ step: taken.step }) : null;
};

/** A visit by whoever is at the desk and somebody drawn, who may be nobody for it. */
export const visit: Command = (city, kept, drawn) => {
  const { application, events } = kept;
  const handling = atDesk(city, kept, drawn);
  if (!handling || !mayVisit(application)) return null;
  const offered = city.organisation.staff
    .filter((person) => mayHandle(application, person))
    .map(({ id }) => id);
  const companion =
    drawn.what % 4 === 0 ? someone(city, drawn.what).id : oneOf(offered, drawn.what);
  const typed = {
    visitedOn: localDateOf(city.now),
    staffIds: [handling.staffId, ...(companion ? [companion] : [])],
    others: [],
    metWith: "somebody",
    findings: "found",
    confirmed: drawn.what % 4 !== 0,
    papers: 1,
  };
  const problems = visitProblems(typed, {
    now: city.now,
    notBefore: visitNotBefore(application, events),
    visitorsMin: policy.visitorsMin,
    offered,
  });
  if (problems.length > 0 && !city.without.has("handling")) return null;
  const taken = recordVisit(application, { ...typed, paperNumbers: [1] }, handling);
  return taken.kind === "refused" ? null : caseAttempt({ step: taken.step });
};

/** Mostly what takes the case on, an answer to an objection or appeal this way or that. */
const drawnDecision = (application: Application, { what }: Drawn): Decision => {
  const offered = offeredDecisions(application);
  const choice = what % 16;
  const goesOn = choice < 12 && !isReviewed(application.status);
  const kind = goesOn ? offered[0]! : choice === 15 ? "recuse" : oneOf(offered, choice)!;
  const wholeFen = underDecisionFen(application);
  const lowered = kind === "approve" && what % 7 === 0;
  return {
    kind,
    amountFen: lowered ? fen(Math.trunc(wholeFen / 2)) : wholeFen,
    reason: "because",
    minutesNumber: what % 11 === 0 ? null : "M-1",
  };
};

const lastApproval = (
  city: City,
  kept: Kept,
  context: DecisionContext,
  approval: Approval,
): Attempt | null => {
  const usedLink = { approval, decision: "approve", at: city.now } as const;
  const accountLimits = accountLimitsOf(city, kept);
  const fromFunds = fundsFor(city, kept.application).flatMap((fund) => {
    const approving = approveFrom(context, fund);
    return approving ? [{ ...approving, usedLink, accountLimits }] : [];
  });
  const step = approveWithoutFunds(context);
  return step && firstWithMoney([...fromFunds, { step, usedLink, accountLimits }]);
};

const reviewAnswer = (
  city: City,
  kept: Kept,
  context: DecisionContext,
  approval: Approval,
): Attempt | null => {
  const { application, way, events } = kept;
  const reviewed = decideReview({ ...context, events });
  if (!reviewed) return null;
  const wanted = (): { readonly claims: readonly ReturnType<typeof claimsHeldBy>[number][] } => ({
    claims: identityOf(city, way, applicantOf(city, application)).claims.map((claim) => ({
      ...claim,
      applicationId: application.id,
    })),
  });
  return caseAttempt({
    step: reviewed.step,
    usedLink: { approval, decision: context.decision.kind, at: city.now },
    ...(reviewed.transfer ? { transfer: reviewed.transfer } : {}),
    ...(reviewed.claims === "retake" ? wanted() : {}),
    ...(reviewed.claims === "release" ? { releasedClaims: claimsHeldBy(city, application) } : {}),
  });
};

/** Records a decision that was checked, as `recordDecision` does. */
const recorded = (
  city: City,
  kept: Kept,
  context: DecisionContext,
  approval: Approval,
): Attempt | null => {
  const { application, decision, staffId, now, advanceClock } = context;
  const usedLink = { approval, decision: decision.kind, at: now };
  if (decision.kind === "recuse") {
    const taken = recuse(application, { staffId, reason: "kin", now, policy, advanceClock });
    return taken.kind === "refused" ? null : caseAttempt({ step: taken.step, usedLink });
  }
  if (isReviewed(application.status)) return reviewAnswer(city, kept, context, approval);
  const decided = decide(context);
  if (decided.kind === "refused") return null;
  if (decided.kind === "final_approval") return lastApproval(city, kept, context, approval);
  const releasedClaims = outcomes.includes(decided.step.after.status)
    ? claimsHeldBy(city, application)
    : [];
  return caseAttempt({ step: decided.step, usedLink, releasedClaims });
};

export const decideCase: Command = (city, kept, drawn) => {
  const approval = openedLink(city, kept, drawn);
  const { application, way } = kept;
  if (!approval || application.tier === null) return null;
  const staff = staffWith(city, approval.approverId);
  const insteadOf = staffWith(city, approval.insteadOf);
  const refusal = decisionRefusal({ application, approval, staff, insteadOf }, city.now);
  if (refusal !== null && !city.without.has("eligible")) return null;
  const applied = city.without.has("needed")
    ? { ...policy, route: { ...policy.route, approversNeeded: {} } }
    : policy;
  const decision = drawnDecision(application, drawn);
  if (decisionProblem(application, decision, approval.tier, applied)) return null;
  const context: DecisionContext = {
    application,
    staffId: approval.approverId,
    decision,
    now: city.now,
    policy: applied,
    organisation: city.organisation,
    grassRootsNotice: way.grassRootsNotice,
    finalNotice: way.finalNotice,
    delivery: null,
    season: null,
    advanceClock: way.fastTrack,
  };
  return recorded(city, kept, context, approval);
};
