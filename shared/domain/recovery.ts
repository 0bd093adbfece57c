/**
 * Getting money back (追回; policy 8.5 `er.advance`: not completed → recover or convert to refusal). What is due is
 * what was paid beyond the award that stands; it is paid back in parts, or a rest is written off by two people. Pure.
 */
import { invariant } from "../kernel/assert.ts";
import type { Instant } from "../kernel/calendar.ts";
import type { StaffId } from "../kernel/ids.ts";
import { addFen, fen, minFen, subtractFen, zeroFen, type Fen } from "../kernel/money.ts";
import type { Actor, Application, CaseEvent, EventConfidential, Status } from "./application.ts";
import { refundTransfer, type Transfer } from "./ledger.ts";
import { takeStep, type Step, type StepRefused, type StepTaken } from "./lifecycle.ts";

/** Why money is claimed back. */
export type RecoveryCause =
  /** The papers that were to follow never came. */
  | "papers_missing"
  /** An approver, or the rules with a person's confirmation, refused the award. */
  | "rejected"
  | "refused"
  /** The award was set lower than what had been paid. */
  | "lowered"
  | WrongPaymentCause;

/** Why a payment was found wrong after it was made (claim-back.ts). */
export type WrongPaymentCause =
  /** Paid outside of the system as well, or twice for one cause. */
  | "paid_twice"
  | "wrong_person"
  | "wrong_amount"
  /** An audit found that the award wasn't deserved. */
  | "not_deserved"
  /** A bank sent an advance back late (退票): the applicant never had it. */
  | "returned_by_bank";

/** What ends with a claim, whatever led to it: nobody's turn, and an answer still to be told. */
const claimed = { deadlineAt: null, atUnitId: null, noticeEndsAt: null, outcomeMailedAt: null };

/** Claims back what was paid beyond `standsFen`. @returns refused where nothing can be claimed back. */
export const claimRecovery = (
  application: Application,
  claim: {
    readonly cause: RecoveryCause;
    readonly paidFen: Fen;
    readonly standsFen: Fen;
    readonly at: Instant;
    readonly actor: Actor;
    readonly detail?: CaseEvent["detail"];
    readonly confidential?: EventConfidential | null;
  },
  changes: Partial<Application> = {},
): StepTaken | StepRefused => {
  const { cause, paidFen, standsFen, at, actor } = claim;
  const dueFen = subtractFen(paidFen, standsFen);
  invariant(dueFen > 0, "only what was paid beyond the award is claimed back");
  return takeStep(
    application,
    "recovery_due",
    {
      type: "recovery_claimed",
      at,
      actor,
      detail: { ...claim.detail, cause, paidFen, standsFen, dueFen },
      confidential: claim.confidential ?? null,
    },
    { ...changes, ...claimed },
  );
};

/** A case's recovery as its events and the ledger tell it, in fen. */
export interface RecoveryAccount {
  /** By the ledger's transfers, without what had come back before the claim. */
  readonly paidFen: Fen;
  readonly dueFen: Fen;
  readonly backFen: Fen;
  readonly leftFen: Fen;
  /** The rest was proposed to be written off, and nothing has happened since. */
  readonly proposal: { readonly by: StaffId; readonly reason: string } | null;
}

const numberIn = ({ detail }: Pick<CaseEvent, "detail">, name: string): Fen | null => {
  const value = detail[name];
  return typeof value === "number" ? fen(value) : null;
};

const sumOf = (transfers: readonly Transfer[], kind: Transfer["kind"]): Fen =>
  addFen(
    zeroFen,
    ...transfers.filter((one) => one.kind === kind).map(({ amountFen }) => amountFen),
  );

/** The event by which money was claimed back, whatever led to it. */
export const claimIn = <Event extends Pick<CaseEvent, "from" | "to">>(
  events: readonly Event[],
): Event | undefined => events.findLast(({ to, from }) => to === "recovery_due" && from !== to);

/** Whether what is claimed back went back from bank to union: the applicant never had it and owes nothing. */
export const isReturnedByBank = (
  events: readonly Pick<CaseEvent, "from" | "to" | "detail">[],
): boolean => claimIn(events)?.detail["cause"] === "returned_by_bank";

/**
 * The account of a case whose money is claimed back. What is due stands in the claim; a claim that names no amount
 * (an objection upheld) is for all that was paid.
 */
export const recoveryAccount = (
  events: readonly CaseEvent[],
  transfers: readonly Transfer[],
): RecoveryAccount => {
  const claim = claimIn(events);
  // What a bank sent back (退票) was never the applicant's: neither paid to them nor paid back by them.
  const returnedFen = addFen(
    zeroFen,
    ...events
      .filter(({ type }) => type === "payment_returned")
      .map((event) => numberIn(event, "amountFen") ?? zeroFen),
  );
  // An earlier claim's repayments are no part of what is paid back of this one.
  const backBeforeFen = (claim && numberIn(claim, "backBeforeFen")) ?? zeroFen;
  const paidFen = subtractFen(sumOf(transfers, "post"), addFen(returnedFen, backBeforeFen));
  const dueFen = minFen((claim && numberIn(claim, "dueFen")) ?? paidFen, paidFen);
  const backFen = subtractFen(sumOf(transfers, "refund"), addFen(returnedFen, backBeforeFen));
  const last = events.at(-1);
  const proposal =
    last?.type === "write_off_proposed" && last.actor.kind === "staff"
      ? { by: last.actor.staffId, reason: last.confidential?.reason ?? "" }
      : null;
  return { paidFen, dueFen, backFen, leftFen: subtractFen(dueFen, backFen), proposal };
};

/** What is left to pay back as the case's own events tell it, for whoever can't read the ledger. */
export const leftToPayBackFen = (
  { amountFen }: Pick<Application, "amountFen">,
  events: readonly CaseEvent[],
): Fen => {
  const claim = claimIn(events);
  const since = claim ? events.slice(events.indexOf(claim) + 1) : [];
  const last = since.findLast(({ type }) => type === "recovered");
  return (last && numberIn(last, "leftFen")) ?? (claim && numberIn(claim, "dueFen")) ?? amountFen;
};

/** Why a repayment can't be booked as typed. */
export type RefundProblem = "amount_not_valid" | "amount_above_due" | "voucher_not_valid";

/** A bank slip's or receipt's number; it names the refund in the ledger, so it may not look like a key's parts. */
const voucherPattern = /^[\p{L}\p{N}][\p{L}\p{N}()〔〕[\]/_-]{0,39}$/u;

export const refundProblems = (
  { leftFen }: RecoveryAccount,
  typed: { readonly amountFen: Fen | null; readonly voucher: string },
): readonly RefundProblem[] => {
  const { amountFen, voucher } = typed;
  const isAmount = amountFen !== null && amountFen > 0;
  return [
    ...(isAmount ? [] : ["amount_not_valid" as const]),
    ...(isAmount && amountFen > leftFen ? ["amount_above_due" as const] : []),
    ...(voucherPattern.test(voucher) ? [] : ["voucher_not_valid" as const]),
  ];
};

/** A transfer of money that came back, with what its payment was: no more than that comes back of it (I29). */
export interface Refund {
  readonly transfer: Transfer;
  readonly paidFen: Fen;
}

const cycleOf = ({ subject }: Transfer): number => Number(subject.split(":")[1]);

/** What of a payment has not come back yet. */
const outstandingOf = (post: Transfer, transfers: readonly Transfer[]): Fen =>
  subtractFen(
    post.amountFen,
    sumOf(
      transfers.filter(({ subject }) => subject === post.subject),
      "refund",
    ),
  );

/** Shares a repayment over the case's payments, the last one first. */
const refundsOf = (
  application: Application,
  transfers: readonly Transfer[],
  given: { readonly amountFen: Fen; readonly voucher: string; readonly by: StaffId; at: Instant },
): readonly Refund[] => {
  const posts = transfers
    .filter(({ kind }) => kind === "post")
    .toSorted((a, b) => cycleOf(b) - cycleOf(a));
  let left = given.amountFen;
  const refunds: Refund[] = [];
  for (const post of posts) {
    const amountFen = minFen(left, outstandingOf(post, transfers));
    if (amountFen <= 0) continue;
    const { fundId } = post;
    const { at, by, voucher } = given;
    const transfer = refundTransfer(application.id, cycleOf(post), voucher, {
      fundId,
      amountFen,
      at,
      by,
    });
    refunds.push({ transfer, paidFen: post.amountFen });
    left = subtractFen(left, amountFen);
  }
  invariant(left === 0, "no more comes back than was paid");
  return refunds;
};

/**
 * Books money that was paid back; with the last of it the case closes. The caller has checked `refundProblems`.
 * @returns null where nothing is claimed back.
 */
export const bookRefund = (
  application: Application,
  account: RecoveryAccount,
  transfers: readonly Transfer[],
  given: { readonly amountFen: Fen; readonly voucher: string; readonly by: StaffId; at: Instant },
): { readonly step: Step; readonly refunds: readonly Refund[] } | null => {
  const { amountFen, voucher, by, at } = given;
  const leftFen = subtractFen(account.leftFen, amountFen);
  invariant(amountFen > 0 && leftFen >= 0, "at most what is due comes back");
  const to: Status = leftFen === 0 ? "closed" : "recovery_due";
  const taken = takeStep(application, to, {
    type: "recovered",
    at,
    actor: { kind: "staff", staffId: by },
    detail: { amountFen, voucher, leftFen },
  });
  if (taken.kind === "refused") return null;
  return { step: taken.step, refunds: refundsOf(application, transfers, given) };
};

export const writeOffReasonMaxLength = 500;

export type WriteOffProblem = "reason_required" | "reason_too_long";

export const writeOffProblem = (reason: string): WriteOffProblem | null => {
  if (reason === "") return "reason_required";
  return reason.length > writeOffReasonMaxLength ? "reason_too_long" : null;
};

/** Proposes not to claim the rest any more (核销). Nothing is given up until a second person confirms it. */
export const proposeWriteOff = (
  application: Application,
  { leftFen }: RecoveryAccount,
  given: { readonly reason: string; readonly by: StaffId; readonly at: Instant },
): StepTaken | StepRefused =>
  takeStep(application, "recovery_due", {
    type: "write_off_proposed",
    at: given.at,
    actor: { kind: "staff", staffId: given.by },
    detail: { leftFen },
    confidential: { reason: given.reason },
  });

/** Why somebody can't confirm a write-off. */
export type ConfirmRefusal = "nothing_proposed" | "own_proposal";

export const confirmRefusal = (
  { proposal }: RecoveryAccount,
  by: StaffId,
): ConfirmRefusal | null => {
  if (proposal === null) return "nothing_proposed";
  return proposal.by === by ? "own_proposal" : null;
};

/**
 * Confirms a write-off: the case closes, the money stays booked as paid. A repayment booked since the proposal
 * has voided it. The caller has checked `confirmRefusal`.
 */
export const confirmWriteOff = (
  application: Application,
  { leftFen, proposal }: RecoveryAccount,
  given: { readonly by: StaffId; readonly at: Instant },
): StepTaken | StepRefused => {
  invariant(proposal !== null && proposal.by !== given.by, "two people write off a rest");
  return takeStep(application, "closed", {
    type: "closed",
    at: given.at,
    actor: { kind: "staff", staffId: given.by },
    detail: { writtenOffFen: leftFen, proposedBy: proposal.by },
  });
};
