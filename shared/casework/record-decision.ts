/** Recording a decision: the link burnt, the decision, its event and, at the last tier, the money, all in one. */
import type { Application, EventType } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { decide, type DecisionContext } from "#shared/domain/decision.ts";
import { decidedAmounts } from "#shared/domain/fast-track.ts";
import type { Fund } from "#shared/domain/fund.ts";
import { fundFit, passedOverCodes, reservedUnder } from "#shared/domain/fund-fit.ts";
import { outcomes, type Step } from "#shared/domain/lifecycle.ts";
import { approveFrom, approveWithoutFunds } from "#shared/domain/reservation.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { recuse } from "#shared/domain/silence.ts";
import { ApproverNotAvailable } from "#shared/kernel/errors.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { allocatedLater } from "./allocated-later.ts";
import { askApprover } from "./ask-approver.ts";
import { accountLimitsOf, awardLeftFen } from "./award-limits.ts";
import { fundClaimOf } from "./fund-claim.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { passUp, type MissedUses } from "./missed-limit.ts";
import { recordReview } from "./record-review.ts";
import { refusedAs, tell, type Recorded } from "./recorded.ts";
import { commitDecision } from "./second-look.ts";

type Uses = MissedUses & Pick<Dependencies, "archive" | "funds" | "notices">;

/** Reads a commit that was to award money: what the year leaves is told to whoever decides. */
const awarded = async (
  uses: Uses,
  approval: Approval,
  commit: Commit & Required<Pick<Commit, "accountLimits">>,
  outcome: CommitOutcome,
): Promise<Recorded> => {
  const { before, after } = commit.step;
  if (outcome === "committed") return tell(uses, after, approval);
  if (outcome !== "cap_exceeded") return refusedAs(outcome);
  const { accountLimits } = commit;
  const leftFen = await awardLeftFen(uses, before, accountLimits, after.fundOrder[0]);
  return { kind: "cap_exceeded", leftFen };
};

/** Events after which the same office, or the same review, waits for another person. */
const stillAsked: readonly EventType[] = ["co_approved", "recused"];

/** Who stood aside and leaves nobody behind passes the case to the tier above; too few for N of M is an alarm. */
const askedOn = async (uses: Uses, step: Step, approval: Approval): Promise<boolean> => {
  try {
    await askApprover(uses, step.after, approval.taskToken);
    return true;
  } catch (error) {
    if (!(error instanceof ApproverNotAvailable) || step.event.type !== "recused") throw error;
    return passUp(uses, step.after, approval);
  }
};

/**
 * Asks the next person at once, with the token that goes on waiting: the machine takes no step for it. Whatever
 * fails here, the decision stands, and resume-stalled has the next one asked.
 */
const askNext = async (uses: Uses, step: Step, approval: Approval): Promise<Recorded> => ({
  kind: "recorded",
  application: step.after,
  signalled: await askedOn(uses, step, approval).catch(() => false),
});

const save = async (
  uses: Uses,
  { policy }: DecisionContext,
  approval: Approval,
  commit: Commit,
): Promise<Recorded> => {
  const outcome = await commitDecision(uses, commit, policy);
  if (outcome !== "committed") return refusedAs(outcome);
  const { step } = commit;
  return stillAsked.includes(step.event.type)
    ? askNext(uses, step, approval)
    : tell(uses, step.after, approval);
};

/** The case with the award as it is decided now, which an approver may have lowered. */
const awardedBy = ({ application, decision }: DecisionContext): Application => ({
  ...application,
  ...decidedAmounts(application, decision.amountFen),
});

const hasYearLimit = ({ limits }: Fund): boolean => limits.perPersonYearMaxFen !== null;

/**
 * The last approval: offered to the case's funds in their order, each time as one transaction of decision and
 * reservation. Only when all are short of it, or when the programme shares its money out later, is the decision
 * recorded without money. Either way the award is booked to the household's year.
 */
const approveFinally = async (
  uses: Uses,
  context: DecisionContext,
  approval: Approval,
): Promise<Recorded> => {
  const { application } = context;
  const usedLink = { approval, decision: "approve", at: context.now } as const;
  const accountLimits = await accountLimitsOf(uses, application);
  const funds = allocatedLater(uses.policy, application) ? [] : await uses.funds.all();
  const claim = await fundClaimOf(uses, awardedBy(context), funds);
  const fit = fundFit(claim, funds);
  const passedOver = [...fit.passedOver];
  for (const fund of fit.funds) {
    const approving = approveFrom(context, { ...fund, passedOver: passedOverCodes(passedOver) });
    if (!approving) return { kind: "case_changed" };
    const commit = {
      ...approving,
      usedLink,
      reservedUnder: reservedUnder(fund, claim.mayUseReserve),
      accountLimits: hasYearLimit(fund)
        ? await accountLimitsOf(uses, application, fund)
        : accountLimits,
    };
    const outcome = await commitDecision(uses, commit, context.policy);
    if (outcome !== "no_money") return awarded(uses, approval, commit, outcome);
    passedOver.push({ fund, why: "short" });
  }
  const step = approveWithoutFunds(context);
  if (!step) return { kind: "case_changed" };
  const commit = { step, usedLink, accountLimits };
  return awarded(uses, approval, commit, await commitDecision(uses, commit, context.policy));
};

const standAside = async (
  uses: Uses,
  context: DecisionContext,
  approval: Approval,
): Promise<Recorded> => {
  const { application, decision, policy, staffId, now, advanceClock } = context;
  const { reason } = decision;
  const recused = recuse(application, {
    staffId,
    reason,
    now,
    policy,
    advanceClock: advanceClock ?? null,
  });
  if (recused.kind === "refused") return { kind: "case_changed" };
  const usedLink = { approval, decision: decision.kind, at: now };
  return save(uses, context, approval, { step: recused.step, usedLink });
};

/** Records a decision that was checked. Given twice, or by two at once, it is recorded once. */
export const recordDecision = async (
  uses: Uses,
  context: DecisionContext,
  approval: Approval,
): Promise<Recorded> => {
  const { application } = context;
  if (context.decision.kind === "recuse") return standAside(uses, context, approval);
  if (isReviewed(application.status)) {
    const events = await uses.cases.events(application);
    return recordReview(uses, { ...context, events }, approval);
  }
  const decided = decide(context);
  if (decided.kind === "refused") return { kind: "case_changed" };
  if (decided.kind === "final_approval") return approveFinally(uses, context, approval);
  const usedLink = { approval, decision: context.decision.kind, at: context.now };
  // A case that ends without an award frees its claims: the person may apply again.
  const releasedClaims = outcomes.includes(decided.step.after.status)
    ? await claimsHeldBy(uses, application)
    : [];
  return save(uses, context, approval, { step: decided.step, usedLink, releasedClaims });
};
