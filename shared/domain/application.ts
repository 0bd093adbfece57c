/** An application for relief and its trail. No personal data in any of these: those lie sealed in the answers. */
import type { Instant, LocalDate } from "../kernel/calendar.ts";
import type {
  ApplicationId,
  BatchId,
  BlindIndex,
  FileId,
  FundId,
  StaffId,
  UnitId,
} from "../kernel/ids.ts";
import { subtractFen, type Fen } from "../kernel/money.ts";
import type { Locale } from "../kernel/text.ts";
import type { Assessment, Category } from "./assessment.ts";
import type { FundCode } from "./fund.ts";
import type { Line, Tier } from "./organisation.ts";

export type Status =
  | "draft"
  | "submitted"
  | "in_acceptance"
  | "in_verification"
  | "in_approval"
  | "needs_information"
  | "waiting_for_funds"
  | "public_notice"
  | "objection"
  | "reserved"
  | "batched"
  | "payment_failed"
  | "paid"
  | "post_review"
  | "recovery_due"
  | "closed"
  | "ineligible"
  | "rejected"
  | "withdrawn"
  | "lapsed"
  | "under_appeal";

/** The case as it stands. Written as a whole, on the condition that the stored version is the one it was read at. */
export interface Application {
  readonly id: ApplicationId;
  /** Rises by one with every event; a link and a decision are bound to it. */
  readonly version: number;
  readonly status: Status;
  readonly programmeId: string;
  readonly locale: Locale;
  readonly createdAt: Instant;
  readonly submittedAt: Instant | null;
  /** When the present status began. */
  readonly since: Instant;
  /** When somebody must have acted, or the case is escalated or lapses. */
  readonly deadlineAt: Instant | null;
  readonly unitId: UnitId | null;
  readonly line: Line | null;
  /** The office whose turn it is. */
  readonly atUnitId: UnitId | null;
  /** Which version of the answers the case stands on. */
  readonly answersVersion: number;
  /** The file of the hardship archive that the case is a claim against; null in lane 2 (policy fact 1). */
  readonly fileId: FileId | null;
  /** The household's account: keyed hash of the file's number, or of the applicant's ID number without a file. */
  readonly household: BlindIndex | null;
  /** Keyed hashes of everybody named in the case: none of them may decide it (policy 4.4). */
  readonly persons: readonly BlindIndex[];
  /** Who entered it for the worker (代办); that person may not decide it. */
  readonly enteredBy: StaffId | null;
  /** The applicant's own earlier case from which the answers were taken over, to be looked at again. */
  readonly renewedFrom: ApplicationId | null;
  /** Rises when an edit voids the approvals given so far. */
  readonly round: number;
  readonly tier: Tier | null;
  /** Who decided at which tier in this round; where several must, the last of them. */
  readonly decidedBy: Readonly<Partial<Record<Tier, StaffId>>>;
  /** Who approved at the present tier so far, where the policy wants several (N of M). */
  readonly coApprovedBy: readonly StaffId[];
  /** Who may not decide this case: they accepted it, visited, co-approved or recused themselves (policy 4.4). */
  readonly excluded: readonly StaffId[];
  readonly category: Category | null;
  readonly recommendation: "approve" | "refuse" | null;
  readonly refusalCode: string | null;
  readonly cause: string | null;
  readonly policyVersion: string | null;
  /** The award as it stands: assessed, or lowered by an approver. */
  readonly amountFen: Fen;
  /** Where a case of the fast track (先救助后补手续) stands: its advance is decided and paid, or that is done. */
  readonly fastTrack: "advance" | "follow_up" | null;
  /** The part of the award that the fast track pays at once; null off it. Paid once `fastTrack` is "follow_up". */
  readonly advanceFen: Fen | null;
  /** Funds that may carry the award, in order; from the reservation on, the one that does. */
  readonly fundOrder: readonly FundCode[];
  /** The fund that holds the reservation, from the last decision on. */
  readonly fundId: FundId | null;
  /** The ledger's count of reservations: rises when one is released, so that a new one has a new key. */
  readonly cycle: number;
  /** The bank's count of payments under this approval: rises when one has failed. */
  readonly attempt: number;
  readonly batchId: BatchId | null;
  readonly failureCode: string | null;
  readonly noticeEndsAt: Instant | null;
  readonly minutesNumber: string | null;
  readonly outcomeMailedAt: Instant | null;
  /** Keyed hash of the access code. */
  readonly accessCodeHash: string;
  /** Random, base64url; without it nothing sealed in this case can be opened again. */
  readonly salt: string;
  /** Hash of the case's last event: the head of its chain. */
  readonly chainHead: string;
}

export type EventType =
  | "submitted"
  | "assessed"
  | "accepted"
  | "visited"
  | "corrected"
  | "extended"
  | "co_approved"
  | "recused"
  | "stand_in_asked"
  | "escalated"
  | "advance_approved"
  | "advance_paid"
  | "tier_approved"
  | "approved"
  | "approved_without_funds"
  | "funds_reserved"
  | "refusal_confirmed_at_tier"
  | "refusal_confirmed"
  | "rejected"
  | "returned"
  | "information_given"
  | "lapsed"
  | "withdrawn"
  | "notice_ended"
  | "objection_raised"
  | "objection_dismissed"
  | "objection_upheld"
  | "batched"
  | "batch_voided"
  | "paid"
  | "payment_failed"
  | "payment_requeued"
  | "card_mended"
  | "card_checked"
  | "card_sent_back"
  | "payment_returned"
  | "reservation_released"
  | "recovery_proposed"
  | "recovery_dropped"
  | "recovery_claimed"
  | "recovered"
  | "write_off_proposed"
  | "appealed"
  | "appeal_upheld"
  | "appeal_dismissed"
  | "closed";

export type Actor =
  | { readonly kind: "applicant" }
  | { readonly kind: "staff"; readonly staffId: StaffId }
  | { readonly kind: "system"; readonly task: string };

/** One thing that happened: decision, history and audit row at once. Never changed, never deleted. */
export interface CaseEvent {
  readonly applicationId: ApplicationId;
  /** The version the case has by this event: contiguous from 1. */
  readonly version: number;
  readonly type: EventType;
  readonly from: Status;
  readonly to: Status;
  readonly at: Instant;
  readonly actor: Actor;
  /** Codes, amounts and ids. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** What may hold personal or financial facts (an assessment, a reason in a person's words): sealed at rest. */
  readonly confidential: EventConfidential | null;
}

export interface EventConfidential {
  readonly reason?: string;
  readonly assessment?: Assessment;
  /** A home visit (入户核实), as it was recorded. */
  readonly visit?: Visit;
}

/** Home visit record: two visitors or more, one of them at least of the union's staff (policy 4.1, 8.1). */
export interface Visit {
  readonly visitedOn: LocalDate;
  readonly staffIds: readonly StaffId[];
  /** Names of visitors who are no staff. */
  readonly others: readonly string[];
  /** Who of the household was met and signed. */
  readonly metWith: string;
  readonly findings: string;
  /** Whether what was found bears out what was applied for. */
  readonly confirmed: boolean;
  /** Numbers of the case's papers: the signed form, photos. */
  readonly paperNumbers: readonly number[];
}

/** An event as it is stored: with its place in the case's hash chain. */
export interface RecordedEvent extends CaseEvent {
  readonly previousHash: string;
  readonly hash: string;
}

/** A document of a case. The file lies in S3; this says that it was checked, and what it was then. */
export interface Paper {
  readonly applicationId: ApplicationId;
  readonly number: number;
  readonly kind: string;
  readonly objectKey: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly addedAt: Instant;
}

/** The claim sentinel: one live claim for a subject, programme and period (quality I7). */
export interface Claim {
  readonly household: BlindIndex;
  readonly subject: BlindIndex;
  readonly programmeId: string;
  readonly period: string;
  readonly applicationId: ApplicationId;
  /** Freed: it bars nobody any more, and only tells that there was a case. */
  readonly released?: true;
}

/**
 * What the case's present payment carries, in fen: on the fast track first the advance, then the rest of the
 * award; else the whole award (policy 8.5 `er.advance`: the advance is part of the award).
 */
export const payableFen = ({
  amountFen,
  advanceFen,
  fastTrack,
}: Pick<Application, "amountFen" | "advanceFen" | "fastTrack">): Fen => {
  if (fastTrack === null || advanceFen === null) return amountFen;
  return fastTrack === "advance" ? advanceFen : subtractFen(amountFen, advanceFen);
};
