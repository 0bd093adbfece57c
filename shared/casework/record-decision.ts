/** Recording a decision: the link burnt, the decision, its event and, at the last tier, the money, all in one. */
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import {
  approveFrom,
  approveWithoutFunds,
  decide,
  type DecisionContext,
} from "#shared/domain/decision.ts";
import { outcomes } from "#shared/domain/lifecycle.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { claimsHeldBy } from "./held-claims.ts";
import { fundsInOrder } from "./reserve-waiting.ts";
import { signal } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "funds" | "vault" | "workflow">;

export type Recorded =
  | { readonly kind: "recorded"; readonly application: Application; readonly signalled: boolean }
  /** The link was used meanwhile, or a PIN was guessed on it: what it says now is shown instead. */
  | { readonly kind: "link_spent" }
  | { readonly kind: "case_changed" };

const refusedAs = (outcome: CommitOutcome): Recorded =>
  outcome === "stale" ? { kind: "case_changed" } : { kind: "link_spent" };

/** Tells the execution; that it failed is no fault of the decision, which stands. resume-stalled tells it again. */
const tell = async (
  uses: Uses,
  application: Application,
  approval: Approval,
): Promise<Recorded> => {
  const signalled = await signal(uses, application, approval.taskToken).catch(() => false);
  return { kind: "recorded", application, signalled };
};

const save = async (uses: Uses, approval: Approval, commit: Commit): Promise<Recorded> => {
  const outcome = await uses.cases.commit(commit);
  return outcome === "committed" ? tell(uses, commit.step.after, approval) : refusedAs(outcome);
};

/**
 * The last approval: offered to the case's funds in their order, each time as one transaction of decision and
 * reservation. Only when all are short of it is the decision recorded without money.
 */
const approveFinally = async (
  uses: Uses,
  context: DecisionContext,
  approval: Approval,
): Promise<Recorded> => {
  const usedLink = { approval, decision: "approve", at: context.now } as const;
  for (const fund of fundsInOrder(context.application, await uses.funds.all())) {
    const approving = approveFrom(context, fund);
    if (!approving) return { kind: "case_changed" };
    const outcome = await uses.cases.commit({ ...approving, usedLink });
    if (outcome === "committed") return tell(uses, approving.step.after, approval);
    if (outcome !== "no_money") return refusedAs(outcome);
  }
  const step = approveWithoutFunds(context);
  return step ? save(uses, approval, { step, usedLink }) : { kind: "case_changed" };
};

/** Records a decision that was checked. Given twice, or by two at once, it is recorded once. */
export const recordDecision = async (
  uses: Uses,
  context: DecisionContext,
  approval: Approval,
): Promise<Recorded> => {
  const decided = decide(context);
  if (decided.kind === "refused") return { kind: "case_changed" };
  if (decided.kind === "final_approval") return approveFinally(uses, context, approval);
  const usedLink = { approval, decision: context.decision.kind, at: context.now };
  // A case that ends without an award frees its claims: the person may apply again.
  const releasedClaims = outcomes.includes(decided.step.after.status)
    ? await claimsHeldBy(uses, context.application)
    : [];
  return save(uses, approval, { step: decided.step, usedLink, releasedClaims });
};
