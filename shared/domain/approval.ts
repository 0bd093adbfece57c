/** Approval by e-mail link (design 6): one link, one person, one tier, one version of the case, one decision. */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, StaffId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import type { Tier } from "./organisation.ts";

export type DecisionKind = "approve" | "return" | "reject" | "confirm_refusal";

/** A tier asked to decide. The link in the mail is bound to this record, the waiting execution's token is kept in it. */
export interface Approval {
  readonly applicationId: ApplicationId;
  readonly round: number;
  readonly tier: Tier;
  /** Rises when the same tier of the same round is asked again (after a return, or by a new link). */
  readonly ask: number;
  readonly approverId: StaffId;
  /** The version of the case the approver is shown; any other voids the link. */
  readonly caseVersion: number;
  /** SHA-256 of the link's secret, hex. The secret itself is only in the mail. */
  readonly linkHash: string;
  readonly expiresAt: Instant;
  readonly requestedAt: Instant;
  readonly mailedAt: Instant | null;
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
