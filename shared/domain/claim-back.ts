/**
 * Claiming back a payment that was found wrong later (追回): one person of finance says how much of it and why, a second
 * one confirms it, and only then it is claimed of the household. From there it is a recovery like any other. Pure.
 */
import { invariant } from "../kernel/assert.ts";
import type { Instant } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import { fen, subtractFen, type Fen } from "../kernel/money.ts";
import type { Application, CaseEvent, EventType } from "./application.ts";
import type { Transfer } from "./ledger.ts";
import { paidOut, takeStep, type StepRefused, type StepTaken } from "./lifecycle.ts";
import { claimRecovery, recoveryAccount, type WrongPaymentCause } from "./recovery.ts";

export const wrongPaymentCauses: readonly WrongPaymentCause[] = [
  "paid_twice",
  "wrong_person",
  "wrong_amount",
  "not_deserved",
  "returned_by_bank",
];

export const isWrongPaymentCause = (typed: unknown): typed is WrongPaymentCause =>
  wrongPaymentCauses.some((cause) => cause === typed);

/** What was said of a wrong payment, before a second person has looked at it. */
interface ClaimProposal {
  readonly by: StaffId;
  readonly at: Instant;
  readonly cause: WrongPaymentCause;
  readonly dueFen: Fen;
  readonly reason: string;
}

/** What can be claimed back of a case, and what is proposed to be. In fen, by the ledger's transfers. */
export interface ClaimBack {
  /** Paid and not come back yet. */
  readonly outstandingFen: Fen;
  /** What has come back of earlier claims. */
  readonly backBeforeFen: Fen;
  readonly proposal: ClaimProposal | null;
}

/** What an office says to itself of a claim that nobody has confirmed: not told to the applicant. */
const withinOffice: readonly EventType[] = ["recovery_proposed", "recovery_dropped"];

/** A case's events as its applicant is told of them. */
export const toldToApplicant = <Event extends Pick<CaseEvent, "type">>(
  events: readonly Event[],
): readonly Event[] => events.filter(({ type }) => !withinOffice.includes(type));

/** A notice that ends doesn't void a proposal; whatever else happens to the case does. */
export const claimProposalIn = (events: readonly CaseEvent[]): ClaimProposal | null => {
  const last = events.findLast(({ type }) => type !== "closed");
  if (last?.type !== "recovery_proposed" || last.actor.kind !== "staff") return null;
  const { cause, dueFen } = last.detail;
  if (!isWrongPaymentCause(cause) || typeof dueFen !== "number") return null;
  const reason = last.confidential?.reason ?? "";
  return { by: last.actor.staffId, at: last.at, cause, dueFen: fen(dueFen), reason };
};

export const claimBackOf = (
  events: readonly CaseEvent[],
  transfers: readonly Transfer[],
): ClaimBack => {
  // Without its claims the account of a case is of all that was ever paid and came back.
  const unclaimed = events.filter(({ type }) => type === "payment_returned");
  const { paidFen, backFen } = recoveryAccount(unclaimed, transfers);
  return {
    outstandingFen: subtractFen(paidFen, backFen),
    backBeforeFen: backFen,
    proposal: claimProposalIn(events),
  };
};

/** Whether money can be claimed back of a case: it was paid out, and not all of it has come back. */
export const mayClaimBack = (
  { status }: Pick<Application, "status">,
  { outstandingFen }: Pick<ClaimBack, "outstandingFen">,
): boolean => paidOut.includes(status) && outstandingFen > 0;

export const claimReasonMaxLength = 500;

/** Why a claim can't be proposed as typed. */
export type ClaimBackProblem =
  | "amount_not_valid"
  | "amount_above_paid"
  | "cause_required"
  | "reason_required"
  | "reason_too_long";

export const claimBackProblem = (
  { outstandingFen }: ClaimBack,
  typed: { readonly amountFen: Fen | null; readonly cause: string; readonly reason: string },
): ClaimBackProblem | null => {
  const { amountFen, cause, reason } = typed;
  if (amountFen === null || amountFen <= 0) return "amount_not_valid";
  if (amountFen > outstandingFen) return "amount_above_paid";
  if (!isWrongPaymentCause(cause)) return "cause_required";
  if (reason === "") return "reason_required";
  return reason.length > claimReasonMaxLength ? "reason_too_long" : null;
};

/** Proposes a claim. The caller has checked `mayClaimBack` and `claimBackProblem`. Nothing is owed by it yet. */
export const proposeClaimBack = (
  application: Application,
  { outstandingFen }: ClaimBack,
  given: Omit<ClaimProposal, "at"> & { readonly at: Instant },
): StepTaken | StepRefused => {
  const { cause, dueFen, reason, by, at } = given;
  invariant(dueFen > 0 && dueFen <= outstandingFen, "at most what was paid is claimed back");
  return takeStep(application, application.status, {
    type: "recovery_proposed",
    at,
    actor: { kind: "staff", staffId: by },
    detail: { cause, dueFen },
    confidential: { reason },
  });
};

/** Gives a proposal up: whoever made it takes it back, or the second person doesn't agree. */
export const dropClaimBack = (
  application: Application,
  given: { readonly by: StaffId; readonly at: Instant },
): StepTaken | StepRefused =>
  takeStep(application, application.status, {
    type: "recovery_dropped",
    at: given.at,
    actor: { kind: "staff", staffId: given.by },
  });

/** Why somebody can't confirm a claim. */
export type ClaimRefusal = "nothing_proposed" | "own_proposal";

export const claimRefusal = ({ proposal }: ClaimBack, by: StaffId): ClaimRefusal | null => {
  if (proposal === null) return "nothing_proposed";
  return proposal.by === by ? "own_proposal" : null;
};

/** Confirms a proposal as another person: the money is due. The caller has checked `claimRefusal`. */
export const confirmClaimBack = (
  application: Application,
  { proposal, outstandingFen, backBeforeFen }: ClaimBack,
  given: { readonly by: StaffId; readonly at: Instant },
): StepTaken | StepRefused => {
  invariant(proposal !== null && proposal.by !== given.by, "two people claim money back");
  const { cause, dueFen, reason, by } = proposal;
  return claimRecovery(application, {
    cause,
    paidFen: outstandingFen,
    standsFen: subtractFen(outstandingFen, dueFen),
    at: given.at,
    actor: { kind: "staff", staffId: given.by },
    detail: { backBeforeFen, proposedBy: by },
    confidential: { reason },
  });
};
