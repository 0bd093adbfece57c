/** Approval by e-mail link (design 6): one link, one person, one tier, one version of the case, one decision. */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import type { Tier } from "./organisation.ts";

export type DecisionKind =
  | "approve"
  | "return"
  | "reject"
  | "confirm_refusal"
  /** To stand aside (回避): somebody else of the tier is asked. */
  | "recuse"
  /** Of an objection raised during a public notice, or of an appeal. */
  | "uphold"
  | "dismiss";

/** A tier asked to decide. The link in the mail is bound to this record, the waiting execution's token is kept in it. */
export interface Approval {
  readonly applicationId: ApplicationId;
  readonly round: number;
  readonly tier: Tier;
  /** 1, or the how-manieth approver of the tier where several must agree (N of M). */
  readonly seat: number;
  /** Rises when the same tier of the same round is asked again (after a return, or by a new link). */
  readonly ask: number;
  readonly approverId: StaffId;
  /** The version of the case the approver is shown; any other voids the link. */
  readonly caseVersion: number;
  /** SHA-256 of the link's secret, hex. The secret itself is only in the mail. */
  readonly linkHash: string;
  /** Hashes of the links that this one took the place of, the newest last: whoever opens one is told so. */
  readonly replaced: readonly string[];
  readonly expiresAt: Instant;
  readonly requestedAt: Instant;
  readonly mailedAt: Instant | null;
  /** When the reminder before the limit went out. */
  readonly remindedAt: Instant | null;
  /** Who was asked before and stayed silent (then this is the stand-in). */
  readonly insteadOf: StaffId | null;
  /** Sealed; looked up when a decision is signalled, so a token issued anew breaks no link. */
  readonly taskToken: string;
  /** Wrong PINs given on this link; each guess uses one up in the store before its answer is known. */
  readonly pinTries: number;
  readonly decidedAt: Instant | null;
  readonly decision: DecisionKind | null;
}

export interface Decision {
  readonly kind: DecisionKind;
  /** For approve: the amount decided on, at most what was assessed. */
  readonly amountFen: Fen;
  readonly reason: string;
  readonly minutesNumber: string | null;
}

export const pinTriesMax = 5;

/** The seat that decides next at the case's tier. */
export const seatOf = ({ coApprovedBy }: { readonly coApprovedBy: readonly StaffId[] }): number =>
  coApprovedBy.length + 1;
